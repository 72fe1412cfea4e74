import Corpus
import Evaluation
import Experiments
import Files
import Foundation
import Kernels
import LanguageModels
import Text
import Training

/// Lets a model here answer, and stores each answer when it is whole, as those of a server.
struct LocalCollection {
  let settings: LocalTeacher
  let store: ExperimentStore
  let shouldStop: @Sendable () -> Bool
  private let model: String
  private let examination: Examination
  /// What the answers depend on beside the question.
  private let identity: JSONObject
  /// Questions that are answered at the same time.
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
    self.examination = examination
    var identity = try source.identity(examination.generator.configuration, tokenizer)
    identity["template"] = .string(template.name)
    identity["precision"] = .string(Precision.current.rawValue)
    self.identity = identity
  }

  /// Of the model that answers.
  var configuration: ModelConfiguration { examination.generator.configuration }

  /// A request for each answer, those of one question together.
  func requests(_ questions: [TeacherQuestion]) -> [TeacherRequest] {
    questions.enumerated().flatMap { index, question in
      (0..<settings.sampling.samples).map { sample in
        var sampling = settings.sampling.keys(sample: sample)
        sampling["seed"] = .number("\(seed(of: question.prompt, sample: sample))")
        var body = identity
        body["prompt"] = .string(question.prompt)
        for entry in sampling.entries { body[entry.key] = entry.value }
        return TeacherRequest(
          question: index, sample: sample, place: model, sampling: sampling, body: body)
      }
    }
  }

  /// Of the recipe's seed, the prompt and the number of the sample alone; of 53 bits, which every reader of JSON holds.
  private func seed(of prompt: String, sample: Int) -> UInt64 {
    StableHash.of("\(settings.sampling.seed ?? 0) \(sample) \(prompt)") >> 11
  }

  /// Runs until all is answered or `state` is ended. A prompt that the model cannot read is refused, and the rest asked.
  ///
  /// - Throws: `LanguageModelError` for settings outside their range and logits that are not finite.
  func run(
    _ questions: [TeacherQuestion], _ requests: [TeacherRequest], _ state: CollectionState,
    watch: @escaping () -> Void
  ) throws {
    let size = LocalCollection.groupSize * settings.sampling.samples
    let stops = try examination.stopTokens()
    for start in stride(from: 0, to: requests.count, by: size) {
      var asked: [(index: Int, request: GenerationRequest)] = []
      for index in start..<min(start + size, requests.count) {
        if let stored = try store.teacherAnswer(hash: requests[index].hash) {
          state.keep(try StoredAnswers.read(stored, in: store), at: index, isCached: true)
          continue
        }
        let question = questions[requests[index].question]
        do {
          asked.append((index, try generation(question, sample: requests[index].sample, stops)))
        } catch let error as any Diagnostic {
          state.refuse("\(question.source): expected \(error.expected), found \(error.found)")
        }
      }
      do {
        _ = try examination.generator.generate(
          asked.map(\.request),
          onFinish: { number, result in
            let (index, request) = asked[number]
            try keep(result, request, requests[index], index, state)
            watch()
          },
          progress: { _ in if shouldStop() { throw Stopped() } })
      } catch is Stopped { return state.end(.interrupted) }
      watch()
    }
  }

  private struct Stopped: Error {}

  /// - Throws: what keeps the model from reading the question: its length, a byte without a token, the template.
  private func generation(
    _ question: TeacherQuestion, sample: Int, _ stops: [Int32]
  ) throws -> GenerationRequest {
    let prompt = try examination.template.promptTokens(
      [ChatMessage(role: "user", content: question.prompt)], examination.tokenizer)
    let limit = examination.generator.contextLength
    guard prompt.count < limit else {
      throw LanguageModelError.promptTooLong(request: 0, length: prompt.count, limit: limit)
    }
    return GenerationRequest(
      prompt: prompt, maximumNewTokens: settings.sampling.maximumTokens, sampling: examination.sampling,
      seed: seed(of: question.prompt, sample: sample), stopTokens: stops)
  }

  private func keep(
    _ answer: GeneratedSequence, _ asked: GenerationRequest, _ request: TeacherRequest, _ index: Int,
    _ state: CollectionState
  ) throws {
    let response: JSONValue = [
      "choices": [
        [
          "message": [
            "role": "assistant", "content": .string(examination.tokenizer.decode(answer.content)),
          ],
          "finish_reason": .string(answer.finishReason == .stop ? "stop" : "length"),
        ]
      ],
      "usage": [
        "prompt_tokens": .int(asked.prompt.count), "completion_tokens": .int(answer.tokens.count),
      ],
    ]
    let kept = try store.keep(
      StoredTeacherAnswer(
        hash: request.hash, time: Date(), place: request.place, request: request.body,
        response: response.text()))
    state.keep(try StoredAnswers.read(kept, in: store), at: index, isCached: false)
  }
}
