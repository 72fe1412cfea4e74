import Corpus
import Evaluation
import Files
import Foundation
import Kernels
import LanguageModels
import Objectives
import Training

/// Whole steps of GRPO: sampled groups, the reference's log-probabilities, the update by AdamW.
///
/// Prompts are random tokens and no answer ends before its last token; rewards are a hash of the answer, since what they
/// measure costs nothing here. β is above 0, so that the reference model runs.
public struct PolicyBenchmark {
  public enum Size: String, CaseIterable, Sendable {
    /// Size T of `bench train`, 2 prompts of 8 answers: for tests.
    case tiny = "T"
    /// Student S of `bench train`, 8 prompts of 8 answers.
    case small = "S"
    /// SmolLM2-135M's shape, 2 prompts of 8 answers.
    case large = "L"

    var model: ModelConfiguration {
      switch self {
      case .tiny: TrainingBenchmark.Size.tiny.model
      case .small: TrainingBenchmark.Size.small.model
      case .large: TrainingBenchmark.Size.large.model
      }
    }
    var prompts: Int { self == .small ? 8 : 2 }
  }

  static let groupSize = 8
  static let promptLength = 32
  static let newTokens = 64
  static let klCoefficient = 0.04

  public let size: Size
  public let precision: Precision
  public var steps = 5
  /// Whether the update computes its layers a second time in the backward pass.
  public var recomputesLayers = false

  public init(_ size: Size, precision: Precision) {
    self.size = size
    self.precision = precision
  }

  /// - Throws: what training throws, such as a loss that is not finite.
  public func run() throws -> PolicyBenchmarkResult {
    var random = SeededRandom(seed: 1)
    let policy = try Transformer(size.model, using: &random)
    // As `ModelLoader.reference` makes it of a recipe's model.
    let reference: any TeacherModel
    if precision == .bf16 {
      reference = FrozenTransformer(policy, format: DecodingFormat(precision))
    } else {
      var twin = SeededRandom(seed: 1)
      let model = try Transformer(size.model, using: &twin)
      model.freeze()
      reference = model
    }
    var loss = PolicyLoss(.grpo)
    loss.klCoefficient = Self.klCoefficient
    loss.maximumCompletionLength = Self.newTokens
    var settings = TrainingSettings()
    settings.learningRate = 1e-5
    settings.schedule = .constant
    settings.precision = precision == .bf16 ? .bf16 : .fp32
    settings.loggingSteps = .max
    settings.recomputesLayers = recomputesLayers
    let source = TimedRollouts(policy, prompts: size.prompts)
    let trainer = Trainer(
      model: policy, source: source, objective: PolicyObjective(loss, reference: reference, temperature: 1),
      settings: settings, totalSteps: steps + 1)
    trainer.shouldStop = { false }
    _ = try trainer.run()
    source.stop()
    return PolicyBenchmarkResult(
      configuration: size.rawValue + (recomputesLayers ? "-recomputed" : ""), precision: precision,
      threads: Threads.count, completions: size.prompts * Self.groupSize, optimizer: settings.optimizer,
      rolloutSeconds: Array(source.rolloutSeconds.dropFirst()),
      packingSeconds: Array(source.packingSeconds.dropFirst()),
      stepSeconds: Array(source.stepSeconds.dropFirst()),
      generatedTokens: source.generatedTokens, updateTokens: source.updateTokens,
      peakMemoryBytes: ProcessMemory.peakBytes)
  }
}

/// Samples a group for each of a few prompts; a step lasts from one batch to the next.
private final class TimedRollouts: BatchSource {
  private let policy: Transformer
  private let prompts: Int
  private var random = SeededRandom(seed: 7)
  private let clock = ContinuousClock()
  private var last: ContinuousClock.Instant?
  private(set) var rolloutSeconds: [Double] = []
  /// Of the rollouts, what the policy's weights took to be packed for decoding.
  private(set) var packingSeconds: [Double] = []
  private(set) var stepSeconds: [Double] = []
  /// Of the last step: tokens sampled, and those of the answers with the prompt of each.
  private(set) var generatedTokens = 0
  private(set) var updateTokens = 0

  init(_ policy: Transformer, prompts: Int) {
    self.policy = policy
    self.prompts = prompts
  }

  func nextBatch() throws -> RolloutBatch {
    stop()
    let start = clock.now
    last = start
    let size = PolicyBenchmark.groupSize
    let requests = (0..<prompts).flatMap { _ in
      let prompt = (0..<PolicyBenchmark.promptLength).map { _ in
        Int32(random.int(in: 0...policy.configuration.vocabularySize - 1))
      }
      return (0..<size).map { _ in
        GenerationRequest(
          prompt: prompt, maximumNewTokens: PolicyBenchmark.newTokens, sampling: SamplingParameters(),
          seed: random.next())
      }
    }
    let packing = clock.now
    let generator = Generator(policy)
    packingSeconds.append((clock.now - packing) / .seconds(1))
    let sequences = try generator.generate(requests)
    let rewards = sequences.map { [Double($0.tokens.reduce(0) { $0 &+ Int($1) } % 7)] }
    let advantages = GroupAdvantages(rewards: rewards, groupSize: size, weights: [1], names: ["hash"])
    let answer = GradedAnswer.unread
    let rollouts = zip(requests, sequences).enumerated().map { index, pair in
      Rollout(
        answer: answer, tokens: pair.0.prompt + pair.1.tokens, promptCount: pair.0.prompt.count,
        samplingLogProbabilities: pair.1.logProbabilities, advantage: advantages.values[index])
    }
    rolloutSeconds.append((clock.now - start) / .seconds(1))
    generatedTokens = sequences.reduce(0) { $0 + $1.tokens.count }
    updateTokens = rollouts.reduce(0) { $0 + $1.tokens.count }
    return RolloutBatch(
      rollouts, isCounted: rollouts.map { _ in true },
      updateTokens: rollouts.count * PolicyBenchmark.newTokens)
  }

  func stop() {
    if let last { stepSeconds.append((clock.now - last) / .seconds(1)) }
    last = nil
  }

  var position: DataPosition { DataPosition() }
  func restore(_ position: DataPosition) {}
}

extension GradedAnswer {
  /// Random tokens mean nothing; they are never read.
  fileprivate static var unread: GradedAnswer {
    let problem = Problem(
      id: "", domain: "", family: "", level: nil, language: "en", prompt: "", reasoning: "",
      answer: .number(0),
      group: "")
    return GradedAnswer(
      problem: problem, completion: "", verification: Verifier.verify("", against: problem.answer),
      tokenCount: 0,
      stopped: true)
  }
}

/// What a benchmark of GRPO steps measured; the first step, which warms up, is left out.
public struct PolicyBenchmarkResult: Sendable {
  public let configuration: String
  public let precision: Precision
  public let threads: Int
  /// Answers of a step.
  public let completions: Int
  public let optimizer: OptimizerName
  public let rolloutSeconds: [Double]
  public let packingSeconds: [Double]
  public let stepSeconds: [Double]
  /// Tokens sampled in a step.
  public let generatedTokens: Int
  /// Tokens of a step's answers, each with its prompt: what TRL passes through the update. Here a prompt that its group
  /// shares passes once, which makes 4,352 tokens of S's 6,144.
  public let updateTokens: Int
  public let peakMemoryBytes: Int

  private var step: Double { ProductResult.median(stepSeconds) ?? .nan }
  private var rollout: Double { ProductResult.median(rolloutSeconds) ?? .nan }
  /// As a share of a step.
  private var packing: Double {
    ProductResult.median(zip(packingSeconds, stepSeconds).map { $0 / $1 }) ?? .nan
  }
  private var update: Double {
    ProductResult.median(zip(stepSeconds, rolloutSeconds).map { $0 - $1 }) ?? .nan
  }

  public func json(peak: MachinePeak) -> JSONValue {
    [
      "config": .string("grpo-\(configuration)"), "precision": .string(precision.rawValue),
      "threads": .int(threads),
      "prompt": .int(PolicyBenchmark.promptLength), "new": .int(generatedTokens / completions),
      "group": .int(PolicyBenchmark.groupSize), "completions": .int(completions),
      "end_of_text": "suppressed", "kl_coefficient": .double(PolicyBenchmark.klCoefficient),
      "optimizer": .string(optimizer.rawValue),
      "step_includes": ["packing", "rollouts", "reference", "update", "optimizer"],
      "step_seconds": .double(step),
      "rollout_seconds": .double(rollout), "update_seconds": .double(update),
      "packing_share": .double(packing),
      "generated_tokens_per_second": .double(Double(generatedTokens) / rollout),
      "update_tokens_per_second": .double(Double(updateTokens) / update),
      "samples": .array(stepSeconds.map { .double($0) }),
      "peak_rss_mb": .double(Double(peakMemoryBytes) / 1e6), "machine": MachineDescription.facts(peak),
    ]
  }

  public func text() -> String {
    """
    GRPO \(configuration), \(precision.rawValue), \(threads) threads, \(stepSeconds.count) steps
    step                         \(String(format: "%.3f s", step))
    rollouts                     \(String(format: "%.3f s, %.0f tokens/s", rollout, Double(generatedTokens) / rollout))
    update                       \(String(format: "%.3f s, %.0f tokens/s", update, Double(updateTokens) / update))
    packing the weights anew     \(String(format: "%.2f %% of a step", 100 * packing))
    peak memory                  \(String(format: "%.0f MB", Double(peakMemoryBytes) / 1e6))
    """
  }
}
