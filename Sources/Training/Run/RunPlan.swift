import Foundation
import Kernels
import LanguageModels

/// What a recipe will take: its sizes, and the pace of a few real updates on its own batches. Nothing is
/// written.
public struct RunPlan: Sendable {
  public let method: MethodName
  public let parameterCount: Int
  /// Those that an optimizer moves, an adapter's where one is trained.
  public let trainedParameterCount: Int
  /// Of all teachers; nil without one that runs.
  public let teacherParameterCount: Int?
  /// Of the model that the trained one is compared with; nil without one.
  public let referenceParameterCount: Int?
  /// What the comparison of the teacher's tokens with the student's found; nil without a teacher.
  public let pair: String?
  /// What becomes of the model that the recipe makes a student of; nil where it makes none.
  public let student: StudentAccount?
  /// Examples, prompts or pairs, as the method learns from.
  public let exampleCount: Int
  /// What trying the prompts found, where a method's own answers must differ; nil where nothing is tried.
  public let reach: String?
  /// Nil when only the clock ends the run.
  public let totalSteps: Int?
  public let maxSeconds: Double?
  public let precision: Precision
  public let threads: Int
  /// Foreign spellings that the recipe uses, a sentence each.
  public let aliases: [String]
  public let memory: MemoryEstimate
  public let probe: Probe

  /// Bytes by what they are needed for. Activations are an estimate, the rest is counted.
  public struct MemoryEstimate: Sendable {
    public let parameters: Int
    public let gradients: Int
    /// What the optimizer remembers.
    public let moments: Int
    /// The teachers' weights.
    public let teacher: Int
    /// The reference's weights.
    public let reference: Int
    /// Kept for the backward pass of one micro-batch of `max_length` · `per_device_train_batch_size` tokens, of twice as many
    /// where it is of pairs.
    public let activations: Int

    public var total: Int { parameters + gradients + moments + teacher + reference + activations }
  }

  /// A few updates that were made to measure the pace; the first one, which warms up, is not timed.
  public struct Probe: Sendable {
    public let steps: Int
    public let tokensPerStep: Double
    public let secondsPerStep: Double
    /// Floating-point operations, the teacher's included.
    public let operationsPerStep: Double
    /// The largest resident memory of the process up to now.
    public let peakMemoryBytes: Int

    public var tokensPerSecond: Double { secondsPerStep > 0 ? tokensPerStep / secondsPerStep : 0 }
    public var operationsPerSecond: Double { secondsPerStep > 0 ? operationsPerStep / secondsPerStep : 0 }
  }

  /// Updates until the run ends by its steps or by its time.
  public var expectedSteps: Double {
    let byTime = maxSeconds.map { probe.secondsPerStep > 0 ? $0 / probe.secondsPerStep : 0 } ?? .infinity
    return min(byTime, totalSteps.map(Double.init) ?? .infinity)
  }
  public var tokens: Double { expectedSteps * probe.tokensPerStep }
  public var operations: Double { expectedSteps * probe.operationsPerStep }
  /// Seconds of the updates alone; evaluations and checkpoints come on top.
  public var seconds: Double { expectedSteps * probe.secondsPerStep }

  /// Loads what the recipe names, as a run of it does, and makes `probeSteps` updates.
  ///
  /// - Parameter observer: hears how far the answers are, and notes of updates that take more than two seconds.
  /// - Throws: what a run of the recipe would throw before its first update.
  public init(
    _ reading: Recipe.Reading, probeSteps: Int = 3, observer: (any TrainingObserver)? = nil
  ) throws {
    let recipe = reading.recipe
    let resolver = PathResolver(recipeFile: reading.file)
    self = try recipe.loweringLevels(note: { observer?.observe(.note($0)) }) { recipe in
      try RunFoundation(recipe) { resolver($0) }.withParts(
        Planning(aliases: reading.aliases, probeSteps: max(1, probeSteps), observer: observer))
    }
  }

  private struct Planning: PartsWork {
    let aliases: [String]
    let probeSteps: Int
    let observer: (any TrainingObserver)?

    func callAsFunction<Source, Objective>(_ parts: RunParts<Source, Objective>) throws -> RunPlan {
      try RunPlan(parts, self)
    }
  }

  private init<Source, Objective>(_ parts: RunParts<Source, Objective>, _ planning: Planning) throws {
    let recipe = parts.foundation.recipe, model = parts.foundation.model
    let training = recipe.training
    reach = try parts.check?(AnsweringWatch(observer: planning.observer, shouldStop: { false }))
    let trainer = Trainer(
      model: model, source: parts.source, objective: parts.objective, settings: training,
      totalSteps: parts.totalSteps)
    trainer.frozenModels = parts.frozen.map(\.configuration)
    pair = parts.foundation.pair ?? parts.foundation.alignmentNote
    method = recipe.method
    parameterCount = model.parameterCount
    trainedParameterCount = model.trainedParameters.reduce(0) { $0 + $1.count }
    let frozen = parts.frozen.isEmpty ? nil : trainer.frozenModels.reduce(0) { $0 + $1.parameterCount }
    let frozenBytes = parts.frozen.reduce(0) { $0 + $1.weightBytes }
    let isTaught = recipe.teacher != nil
    teacherParameterCount = isTaught ? frozen : nil
    referenceParameterCount = isTaught ? nil : frozen
    student = parts.foundation.student
    exampleCount = parts.source.position.count
    totalSteps = parts.totalSteps
    maxSeconds = training.maxSeconds
    precision = training.precision.resolved
    threads = Threads.count
    aliases = planning.aliases
    probe = try Precision.$current.withValue(precision) {
      try RunPlan.measure(trainer, steps: planning.probeSteps, planning.observer)
    }
    let tokens = training.batchSize * training.maxLength * (recipe.method == .preference ? 2 : 1)
    memory = MemoryEstimate(
      parameters: 4 * parameterCount, gradients: 4 * trainedParameterCount,
      moments: 4 * trainer.optimizer.state.buffers.values.reduce(0) { $0 + $1.count },
      teacher: isTaught ? frozenBytes : 0, reference: isTaught ? 0 : frozenBytes,
      activations: 4 * tokens * (model.adapter?.activationsPerToken ?? 0)
        + RunPlan.activationBytes(
          model.configuration, tokens: tokens, recomputesLayers: training.recomputesLayers))
  }

  private static func measure<Source, Objective>(
    _ trainer: Trainer<Source, Objective>, steps: Int, _ observer: (any TrainingObserver)?
  ) throws -> Probe {
    let clock = ContinuousClock()
    func update(_ number: Int) throws -> Double {
      let seconds = try clock.measure { try trainer.update() }.seconds
      if seconds > 2, number <= steps {
        observer?.observe(
          .note(
            String(
              format: "update %d of %d: %.1f s, %.0f s left", number, steps + 1, seconds,
              seconds * Double(steps + 1 - number))))
      }
      return seconds
    }
    _ = try update(1)
    let before = trainer.state
    let seconds = try (2...steps + 1).reduce(0) { try $0 + update($1) }
    let tokens = Double(trainer.state.tokens - before.tokens)
    let operations =
      trainer.state.operations - before.operations
      + (trainer.state.frozenOperations ?? 0) - (before.frozenOperations ?? 0)
    return Probe(
      steps: steps, tokensPerStep: tokens / Double(steps), secondsPerStep: seconds / Double(steps),
      operationsPerStep: operations / Double(steps), peakMemoryBytes: ProcessMemory.peakBytes)
  }

  /// What the tape keeps of each token in each layer: two norms' inputs and outputs and two sums (6 hidden),
  /// queries, keys, values and the attention's output, and the feed-forward layer's gate, up and product;
  /// besides 512 rows of logits, their gradient and a teacher's.
  private static func activationBytes(
    _ model: ModelConfiguration, tokens: Int, recomputesLayers: Bool
  ) -> Int {
    let attention = 3 * model.querySize + 3 * model.keyValueSize
    let layer = 6 * model.hiddenSize + attention + 3 * model.intermediateSize
    // With recomputation a layer keeps its input, and one layer at a time has the rest.
    let layers = recomputesLayers ? model.layerCount * model.hiddenSize + layer : model.layerCount * layer
    return 4 * (tokens * (layers + 2 * model.hiddenSize) + 3 * 512 * model.vocabularySize)
  }
}
