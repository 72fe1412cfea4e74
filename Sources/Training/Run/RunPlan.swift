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
  public let teacherParameterCount: Int?
  /// What the comparison of the teacher's tokens with the student's found; nil without a teacher.
  public let pair: String?
  /// What becomes of the model that the recipe makes a student of; nil where it makes none.
  public let student: StudentAccount?
  public let exampleCount: Int
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
    /// The teacher's weights.
    public let teacher: Int
    /// Kept for the backward pass of one micro-batch of `max_length` · `per_device_train_batch_size` tokens.
    public let activations: Int

    public var total: Int { parameters + gradients + moments + teacher + activations }
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

  /// Checks the teacher and student pair, then loads what the recipe names and makes `probeSteps` updates.
  ///
  /// - Throws: what a run of the recipe would throw before its first update.
  public init(_ reading: Recipe.Reading, probeSteps: Int = 3) throws {
    let recipe = reading.recipe
    let resolver = PathResolver(recipeFile: reading.file)
    let checked = try RunPlan.checkedPair(recipe) { resolver($0) }
    guard !recipe.method.startsFromAnswers else {
      throw TrainingError.notAvailable(
        what: "a plan of method \(recipe.method.rawValue)", instead: "a run with --set training.max_steps=3")
    }
    let parts = try RunParts(languageModel: RunFoundation(recipe) { resolver($0) })
    pair = checked ?? parts.foundation.alignmentNote
    let model = parts.foundation.model
    let training = recipe.training
    let trainer = Trainer(
      model: model, source: parts.source, objective: parts.objective, settings: training,
      totalSteps: parts.totalSteps)
    trainer.frozenModels = parts.frozenModels
    let teachers = parts.objective.teachers
    method = recipe.method
    parameterCount = model.parameterCount
    trainedParameterCount = model.trainedParameters.reduce(0) { $0 + $1.count }
    teacherParameterCount = teachers?.parameterCount
    student = parts.foundation.student
    exampleCount = parts.source.examples.count
    totalSteps = parts.totalSteps
    maxSeconds = training.maxSeconds
    precision = training.precision.resolved
    threads = Threads.count
    aliases = reading.aliases
    probe = try Precision.$current.withValue(precision) {
      try RunPlan.measure(trainer, steps: max(1, probeSteps))
    }
    memory = MemoryEstimate(
      parameters: 4 * parameterCount, gradients: 4 * trainedParameterCount,
      moments: 4 * trainer.optimizer.state.buffers.values.reduce(0) { $0 + $1.count },
      teacher: teachers?.weightBytes ?? 0,
      activations: 4 * training.batchSize * training.maxLength * (model.adapter?.activationsPerToken ?? 0)
        + RunPlan.activationBytes(
          model.configuration, tokens: training.batchSize * training.maxLength,
          recomputesLayers: training.recomputesLayers))
  }

  private static func checkedPair(_ recipe: Recipe, resolve: @escaping (String) -> String) throws -> String? {
    let functions = try recipe.lossTerms().map(\.function)
    guard let members = recipe.teacher?.members, !members.isEmpty,
      !functions.contains(where: \.comparesTexts) || functions.contains(where: \.sharesTokens)
    else { return nil }
    let student = try ModelLoader(recipe: recipe, resolve: resolve).tokenizerSource()
    let findings = try members.map { member in
      let found = try TeacherPair(
        student: student, teacher: ModelLoader.open(resolve(member.directory))
      ).check()
      return members.count == 1 ? found : "\(member.directory): \(found)"
    }
    return findings.joined(separator: "; ")
  }

  private static func measure(
    _ trainer: Trainer<PackedBatchSource, LanguageModelObjective>, steps: Int
  ) throws -> Probe {
    try trainer.update()
    let before = trainer.state
    let clock = ContinuousClock()
    let start = clock.now
    for _ in 0..<steps { try trainer.update() }
    let seconds = (clock.now - start).seconds
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
