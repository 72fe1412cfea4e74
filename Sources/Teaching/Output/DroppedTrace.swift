import Corpus
import Files

/// A trace that was not kept, for a person who asks why.
struct DroppedTrace {
  let trace: Trace
  let step: CurationStep

  init(_ trace: Trace, _ step: CurationStep) {
    self.trace = trace
    self.step = step
  }

  /// The step, the question and what was answered; where a right answer is known, it and what was read of the given one.
  var json: JSONValue {
    let question = trace.question
    var fields = JSONObject([
      ("dropped", .string(step.rawValue)), ("why", .string(step.about)), ("source", .string(question.source)),
      ("teacher", .string(trace.provenance.teacher)), ("prompt", .string(question.prompt)),
      ("completion", .string(trace.completion)),
    ])
    if let answer = question.problem?.answer {
      let reading = Verifier.verify(trace.completion, against: answer, choices: question.choices)
      fields["answer"] = .string(answer.text)
      fields["read"] = reading.parsed.map { .string($0) } ?? .null
    }
    return .object(fields)
  }
}
