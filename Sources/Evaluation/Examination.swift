import Corpus
import Kernels
import LanguageModels
import Text

/// Asks a model problems and grades what it writes.
///
/// Answers come in the order of the problems and do not depend on how many are asked at once.
public struct Examination {
  public let generator: Generator
  public let tokenizer: Tokenizer
  public let template: ModelTemplate
  public var maximumNewTokens = 384
  public var sampling = SamplingParameters.greedy
  /// Sequence i of problem p draws from this seed, p and i alone.
  public var seed: UInt64 = 0
  /// Keep the model's k most probable tokens at every generated one.
  public var recording: SignalRecording?

  public init(generator: Generator, tokenizer: Tokenizer, template: ModelTemplate) {
    self.generator = generator
    self.tokenizer = tokenizer
    self.template = template
  }

  /// An answer with the tokens that were written, for training on it.
  public struct Answered: Sendable {
    public let graded: GradedAnswer
    public let prompt: [Int32]
    public let sequence: GeneratedSequence
    /// Which of the problem's samples this is, from 0.
    public let sample: Int
  }

  /// - Parameters:
  ///   - samples: answers to each problem; those of one problem stand together.
  ///   - choices: the options' texts of a problem, by its id.
  /// - Throws: `LanguageModelError` for a prompt that does not fit the context, and what `progress` throws.
  public func answers(
    to problems: [Problem], samples: Int = 1, choices: [String: [String]] = [:],
    progress: ((GenerationProgress) throws -> Void)? = nil
  ) throws -> [Answered] {
    let stops = try stopTokens()
    let requests = try problems.enumerated().flatMap { index, problem in
      let prompt = try prompt(of: problem)
      return (0..<samples).map { sample in
        var random = SeededRandom(seed: seed ^ StableHash.of(problem.id), index: index * samples + sample)
        return GenerationRequest(
          prompt: prompt, maximumNewTokens: maximumNewTokens, sampling: sampling, seed: random.next(),
          stopTokens: stops)
      }
    }
    let sequences = try generator.generate(requests, recording: recording, progress: progress)
    return zip(requests, sequences).enumerated().map { index, pair in
      let graded = grade(
        problems[index / samples], completion: tokenizer.decode(pair.1.content),
        tokenCount: pair.1.tokens.count, stopped: pair.1.finishReason == .stop, choices: choices)
      return Answered(graded: graded, prompt: pair.0.prompt, sequence: pair.1, sample: index % samples)
    }
  }

  func prompt(of problem: Problem) throws -> [Int32] {
    try template.promptTokens([ChatMessage(role: "user", content: problem.prompt)], tokenizer)
  }

  func grade(
    _ problem: Problem, completion: String, tokenCount: Int, stopped: Bool, choices: [String: [String]]
  ) -> GradedAnswer {
    let verification = Verifier.verify(
      completion, against: problem.answer, choices: choices[problem.id] ?? [])
    return GradedAnswer(
      problem: problem, completion: completion, verification: verification, tokenCount: tokenCount,
      stopped: stopped)
  }

  /// What ends an answer.
  package func stopTokens() throws -> [Int32] {
    var stops = generator.configuration.endTokens
    stops.append(try template.endID(tokenizer))
    if let end = tokenizer.endID { stops.append(end) }
    return Array(Set(stops)).sorted()
  }
}
