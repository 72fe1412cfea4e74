import Corpus
import Files

extension Trace {
  /// The trace as a line of JSON Lines that `swiftlet train` reads, its provenance in columns of their own.
  ///
  /// A verified answer with reasoning is a problem whose steps are the teacher's; everything else is a prompt with its
  /// completion.
  var record: JSONValue {
    var fields = JSONObject([("prompt", .string(question.prompt))])
    let final = Verifier.finalAnswer(of: completion)
    if let problem = question.problem, let reasoning = Verifier.reasoning(of: completion), let final,
      !reasoning.allSatisfy(\.isWhitespace)
    {
      fields["reasoning"] = .string(reasoning)
      fields["teacher_answer"] = .string(final)
      Trace.write(problem.answer, choices: question.choices, to: &fields)
    } else {
      fields["completion"] = .string(completion)
      if let problem = question.problem {
        Trace.write(problem.answer, choices: question.choices, to: &fields)
      }
    }
    if let problem = question.problem {
      fields["id"] = .string(problem.id)
      fields["domain"] = .string(problem.domain)
      fields["task"] = .string(problem.family)
      fields["level"] = problem.level.map { .int($0) }
    }
    fields["lang"] = .string(question.language)
    if question.group != question.prompt { fields[RecordForms.groupColumn] = .string(question.group) }
    fields["verdict"] = .string(question.problem == nil ? "unverified" : "correct")
    fields["source"] = .string(question.source)
    fields["licence"] = .string(question.licence.isEmpty ? "unknown" : question.licence)
    fields["teacher"] = .string(provenance.teacher)
    fields["teacher_licence"] = .string(provenance.licence ?? "unknown")
    fields["sampling"] = provenance.sampling
    fields["sample"] = .int(provenance.sample)
    fields["request_hash"] = .string(provenance.requestHash)
    fields["logprobs"] = logProbabilities
    return .object(fields)
  }

  /// The right answer as the reader of records takes it.
  private static func write(_ answer: Answer, choices: [String], to fields: inout JSONObject) {
    fields["answer_type"] = .string(answer.type)
    switch answer {
    case .number(let value, let unit, let tolerance):
      fields["answer"] = .string("\(value)")
      fields["tolerance"] = .double(tolerance)
      fields["unit"] = unit.map { .string($0) }
    case .choice(let letter, let count):
      fields["answer"] = .string(letter)
      // The options stand in the prompt; the reader counts them here.
      let options = choices.isEmpty ? OptionLetter.first(max(2, count)) : choices
      fields["choices"] = .array(options.map { .string($0) })
    case .boolean, .date, .text: fields["answer"] = .string(answer.text)
    }
  }
}
