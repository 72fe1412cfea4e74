import Corpus
import Evaluation
import Experiments
import Files
import Foundation
import Kernels
import LanguageModels
import Text
import Training

/// Lets a model here answer, in groups of questions whose answers are stored together, as a server's are.
struct LocalCollection {
  let settings: LocalTeacher
  let store: ExperimentStore
  let shouldStop: @Sendable () -> Bool
  private let model: String
  private let examination: Examination
  /// What the answers depend on beside the question.
  private let identity: JSONObject
  /// Questions that are answered at the same time; a question's place in its group decides its random numbers.
  private static let groupSize = 64

  /// - Throws: what opening the model finds wrong.
  init(
    _ settings: LocalTeacher, model path: String, store: ExperimentStore,
    shouldStop: @escaping @Sendable () -> Bool
  ) throws {
    self.settings = settings
    self.store = store
    self.shouldStop = shouldStop
    model = path
    let source = try ModelLoader.open(path)
    let tokenizer = try source.tokenizer()
    let template = try ModelTemplate(of: tokenizer)
    var examination = Examination(
      generator: try Generator(reading: source), tokenizer: tokenizer, template: template)
    let sampling = settings.sampling
    examination.sampling = SamplingParameters(
      temperature: Float(sampling.temperature), topK: sampling.topK ?? 0, topP: Float(sampling.topP),
      minP: Float(sampling.minP ?? 0), repetitionPenalty: Float(sampling.repetitionPenalty ?? 1))
    examination.maximumNewTokens = sampling.maximumTokens
    examination.seed = sampling.seed ?? 0
    self.examination = examination
    identity = JSONObject([
      ("weights", .string(try source.weightsFingerprint())),
      ("template", .string(template.name)),
      ("precision", .string(Precision.current.rawValue)), ("samples", .int(sampling.samples)),
    ])
  }

  /// A request for each answer, those of one question together.
  func requests(_ questions: [TeacherQuestion]) -> [TeacherRequest] {
    questions.enumerated().flatMap { index, question in
      (0..<settings.sampling.samples).map { sample in
        var body = identity
        body["prompt"] = .string(question.prompt)
        body["place"] = .int(index % LocalCollection.groupSize)
        for entry in settings.sampling.keys(sample: sample).entries { body[entry.key] = entry.value }
        return TeacherRequest(question: index, sample: sample, place: model, body: body)
      }
    }
  }

  /// Runs until all is answered or `state` is ended. - Throws: `LanguageModelError` for a prompt that does not fit.
  func run(
    _ questions: [TeacherQuestion], _ requests: [TeacherRequest], _ state: CollectionState,
    watch: () -> Void
  ) throws {
    let samples = settings.sampling.samples
    for start in stride(from: 0, to: questions.count, by: LocalCollection.groupSize) {
      let group = start..<min(start + LocalCollection.groupSize, questions.count)
      let indices = group.lowerBound * samples..<group.upperBound * samples
      let known = try indices.map { try store.teacherAnswer(hash: requests[$0].hash) }
      if !known.contains(where: { $0 == nil }) {
        for (index, stored) in zip(indices, known.compactMap { $0 }) {
          state.keep(try StoredAnswers.read(stored, in: store), at: index, isCached: true)
        }
      } else {
        let problems = group.map { questions[$0].asked(at: $0 - start) }
        let answers: [Examination.Answered]
        do {
          answers = try examination.answers(to: problems, samples: samples) { _ in
            if shouldStop() { throw Stopped() }
          }
        } catch is Stopped { return state.end(.interrupted) }
        for (index, answer) in zip(indices, answers) { try keep(answer, requests[index], index, state) }
      }
      watch()
    }
  }

  private struct Stopped: Error {}

  private func keep(
    _ answer: Examination.Answered, _ request: TeacherRequest, _ index: Int, _ state: CollectionState
  ) throws {
    let response: JSONValue = [
      "choices": [
        [
          "message": ["role": "assistant", "content": .string(answer.graded.completion)],
          "finish_reason": .string(answer.graded.stopped ? "stop" : "length"),
        ]
      ],
      "usage": [
        "prompt_tokens": .int(answer.prompt.count), "completion_tokens": .int(answer.graded.tokenCount),
      ],
    ]
    let stored = StoredTeacherAnswer(
      hash: request.hash, time: Date(), place: request.place, request: request.body, response: response.text()
    )
    try store.insert(stored)
    state.keep(try StoredAnswers.read(stored, in: store), at: index, isCached: false)
  }
}

extension TeacherQuestion {
  /// The question as an examination asks it; where no answer is known, nobody looks at the verdict.
  fileprivate func asked(at place: Int) -> Problem {
    problem
      ?? Problem(
        id: "\(place)", domain: "general", family: "records", level: nil, language: language, prompt: prompt,
        reasoning: "", answer: .text(""), group: group)
  }
}
