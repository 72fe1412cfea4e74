import Foundation
import Kernels
import LanguageModels
import Objectives
import TensorCore
import Training

/// Whole training steps on random tokens: forward, backward, clipping, AdamW, the loss read back.
///
/// The work is that of `Benchmarks/peers`: eight fixed batches in turn, every token but the first of each sequence
/// learnt, a tied output layer. Warming up is not timed.
public struct TrainingBenchmark {
  /// A model and its batch, by the name under which results are compared.
  public enum Size: String, CaseIterable, Sendable {
    case tiny = "T"
    case small = "S"
    case medium = "M"
    /// SmolLM2-135M's shape.
    case large = "L"

    public var model: ModelConfiguration {
      switch self {
      case .tiny: .benchmark(vocabulary: 512, hidden: 64, layers: 2, heads: 4, feedForward: 192)
      case .small: .benchmark(vocabulary: 4096, hidden: 288, layers: 6, heads: 6, feedForward: 768)
      case .medium: .benchmark(vocabulary: 4096, hidden: 512, layers: 8, heads: 8, feedForward: 1376)
      case .large:
        .benchmark(
          vocabulary: 49152, hidden: 576, layers: 30, heads: 9, keyValueHeads: 3, feedForward: 1536)
      }
    }

    /// Tokens of a sequence, and sequences of a batch.
    public var batch: (length: Int, count: Int) {
      switch self {
      case .tiny: (64, 32)
      case .small: (256, 16)
      case .medium: (512, 8)
      case .large: (512, 2)
      }
    }

    /// Steps that are timed, and steps before them.
    var steps: (timed: Int, warmup: Int) {
      switch self {
      case .tiny: (200, 10)
      case .small: (12, 2)
      case .medium: (6, 2)
      case .large: (5, 2)
      }
    }
  }

  /// What is trained: next tokens, or a distribution over them.
  public enum Work: Sendable {
    case training(Size)
    /// `Size.small` from a teacher of hidden size 576 and 12 layers, by forward KL at temperature 2 over the whole
    /// vocabulary. The teacher's weights are in the precision of the run, or in `teacher`.
    case distillation(teacher: DecodingFormat? = nil)
  }

  public let work: Work
  public let precision: Precision
  /// Steps to time; as many as the size needs when nil.
  public var steps: Int?
  /// Whether layers are computed a second time in the backward pass, to save memory.
  public var recomputesLayers = false

  public init(_ work: Work, precision: Precision) {
    self.work = work
    self.precision = precision
  }

  /// What results call the work: `S`, `distill`.
  private var name: String {
    switch work {
    case .training(let size): size.rawValue
    case .distillation(let teacher): "distill" + (teacher.map { "-" + $0.rawValue } ?? "")
    }
  }

  public var size: Size {
    switch work {
    case .training(let size): size
    case .distillation: .small
    }
  }

  /// Trains and measures.
  ///
  /// - Throws: what training throws, such as a loss that is not finite.
  public func run() throws -> TrainingBenchmarkResult {
    var random = SeededRandom(seed: 1)
    let (timed, warmup) = size.steps
    let total = warmup + (steps ?? timed)
    let student = try Transformer(size.model, using: &random)
    var operations = size.model.trainingFLOPsPerToken(sequenceLength: size.batch.length)
    let objective: LanguageModelObjective
    var teacherDivergence: Double?
    switch work {
    case .training: objective = LanguageModelObjective()
    case .distillation(let named):
      let format = named == DecodingFormat(precision) ? nil : named
      let shape = ModelConfiguration.benchmark(
        vocabulary: 4096, hidden: 576, layers: 12, heads: 12, feedForward: 1536)
      operations += shape.forwardFLOPsPerToken(sequenceLength: size.batch.length)
      let teacher = BenchmarkTeacher(try Transformer(shape, using: &random), format, precision)
      if format != nil { teacherDivergence = teacher.divergence(size, seed: 2) }
      objective = LanguageModelObjective(
        Objective([LossTerm(.forwardKL, temperature: 2)]), teacher: teacher.model)
      // What the teacher was made of does not come back.
      ProcessMemory.releaseIdle()
    }
    var settings = TrainingSettings()
    settings.learningRate = 3e-4
    settings.schedule = .constant
    settings.weightDecay = 0.1
    settings.beta2 = 0.999
    settings.maxGradientNorm = 1
    settings.precision = precision == .bf16 ? .bf16 : .fp32
    settings.loggingSteps = .max
    settings.recomputesLayers = recomputesLayers
    let batches = TimedBatches(size, using: &random)
    let reading = LossReader(objective)
    let trainer = Trainer(
      model: student, source: batches, objective: reading, settings: settings, totalSteps: total)
    trainer.shouldStop = { false }
    _ = try trainer.run()
    batches.stop()
    return TrainingBenchmarkResult(
      configuration: name + (recomputesLayers ? "-recomputed" : ""), precision: precision,
      threads: Threads.count,
      parameters: student.parameterCount, tokensPerStep: size.batch.length * size.batch.count,
      operationsPerToken: operations, seconds: Array(batches.seconds.dropFirst(warmup)),
      losses: reading.losses, peakMemoryBytes: ProcessMemory.peakBytes, teacherDivergence: teacherDivergence)
  }
}

extension ModelConfiguration {
  fileprivate static func benchmark(
    vocabulary: Int, hidden: Int, layers: Int, heads: Int, keyValueHeads: Int? = nil, feedForward: Int
  ) -> ModelConfiguration {
    ModelConfiguration(
      vocabularySize: vocabulary, hiddenSize: hidden, intermediateSize: feedForward, layerCount: layers,
      queryHeadCount: heads, keyValueHeadCount: keyValueHeads)
  }
}

/// A teacher of random weights, packed.
private struct BenchmarkTeacher {
  let model: FrozenTransformer
  private let exact: FrozenTransformer

  init(_ teacher: Transformer, _ format: DecodingFormat?, _ precision: Precision) {
    exact = FrozenTransformer(teacher, format: DecodingFormat(precision))
    model = format.map { FrozenTransformer(teacher, format: $0) } ?? exact
  }

  /// The mean over random tokens of KL(the teacher in the run's precision ‖ this one), in nats.
  func divergence(_ size: TrainingBenchmark.Size, seed: UInt64) -> Double {
    var random = SeededRandom(seed: seed)
    let length = size.batch.length
    let tokens = (0..<length).map { _ in Int32(random.int(in: 0...size.model.vocabularySize - 1)) }
    let rows = (0..<Int32(length)).map { $0 }
    return withoutGradient {
      let logits = [exact, model].map {
        $0.logits(of: $0.forward(tokens: tokens, documentLengths: [length], rows: rows))
      }
      let sum = TensorCore.divergence(
        .forwardKL, student: logits[1], teacher: logits[0], reduction: .dividedBy(Float(length)))
      return Double(sum.item)
    }
  }
}

/// Eight batches in turn. A step lasts from one batch to the next, so the source is the clock.
private final class TimedBatches: BatchSource {
  private let batches: [TokenBatch]
  private var taken = 0
  private let clock = ContinuousClock()
  private var last: ContinuousClock.Instant?
  /// Of each step.
  private(set) var seconds: [Double] = []

  init(_ size: TrainingBenchmark.Size, using random: inout SeededRandom) {
    let (length, count) = size.batch
    let vocabulary = size.model.vocabularySize
    func sequence() -> Example {
      Example(tokens: (0...length).map { _ in Int32(random.int(in: 0...vocabulary - 1)) })
    }
    batches = (0..<8).map { _ in TokenBatch((0..<count).map { _ in sequence() }) }
  }

  func nextBatch() -> TokenBatch {
    stop()
    last = clock.now
    defer { taken += 1 }
    return batches[taken % batches.count]
  }

  /// Ends the step that is running.
  func stop() {
    if let last { seconds.append((clock.now - last).seconds) }
    last = nil
  }

  var position: DataPosition { DataPosition() }
  func restore(_ position: DataPosition) {}
}

/// Reads the loss of every step back, and computes nothing that is only logged.
private final class LossReader: TrainingObjective {
  private let objective: LanguageModelObjective
  private(set) var losses: [Double] = []

  init(_ objective: LanguageModelObjective) { self.objective = objective }

  func evaluate(
    _ batch: TokenBatch, model: Transformer, normalizer: Double, differentiates: Bool, isDetailed: Bool
  ) throws -> LossReport {
    let report = try objective.evaluate(
      batch, model: model, normalizer: normalizer, differentiates: differentiates, isDetailed: false)
    losses.append(report.loss / normalizer)
    return report
  }
}
