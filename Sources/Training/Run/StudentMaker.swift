import Kernels
import LanguageModels
import Text

/// Makes a student of the weights of a larger model, as `model: init: {from, prune, vocabulary}` says.
///
/// The vocabulary and the importance of parts come from the dataset's training examples, so that the recipe and its seed
/// determine the student.
struct StudentMaker {
  private let source: ModelSource
  private let training: TrainingSettings

  /// - Parameter recipe: with a model that is made.
  init(_ recipe: Recipe) {
    source = recipe.model
    training = recipe.training
  }

  /// The tokenizer of the student; nil when it keeps the whole one.
  ///
  /// - Parameters:
  ///   - tokenizer: of the larger model.
  ///   - examples: encoded by it.
  /// - Throws: `TokenizerError` for a size that does not hold what must be kept; what encoding an example throws.
  func vocabulary(
    of tokenizer: Tokenizer, _ model: ModelConfiguration, examples: any ExampleSource
  ) throws -> TrimmedVocabulary? {
    guard let settings = source.vocabulary else { return nil }
    guard examples.count > 0 else {
      throw TrainingError.noExamples(source: examples.name, dropped: 0, maxLength: training.maxLength)
    }
    // The model's own names for the ends of a text; −1 is "none".
    let named = (model.endTokens + [model.beginToken, model.padToken].compactMap { $0 })
      .filter { 0..<Int32(tokenizer.vocabularySize) ~= $0 }
    var used = Set(named)
    for index in 0..<examples.count { used.formUnion(try examples.example(at: index).tokens) }
    return try tokenizer.trimmed(keeping: used, size: settings.size)
  }

  /// Compares the tokens of the trimmed tokenizer with those of the whole one in every example.
  ///
  /// - Parameters: `whole` and `trimmed`: the same examples, encoded by the one and the other.
  /// - Throws: `TokenizerError.otherTokens` at the first that differs.
  func check(
    _ vocabulary: TrimmedVocabulary, whole: any ExampleSource, trimmed: any ExampleSource
  ) throws {
    for index in 0..<whole.count {
      try vocabulary.requireImage(
        of: whole.example(at: index).tokens, found: trimmed.example(at: index).tokens,
        place: "\(trimmed.name), example \(index)")
    }
  }

  /// The student with the parts of `model` that matter most for the examples, and the tokens of `vocabulary`.
  ///
  /// - Parameter examples: encoded by the larger model's tokenizer.
  /// - Throws: `LanguageModelError` for sizes that `model` does not have.
  func student(
    of model: Transformer, _ vocabulary: TrimmedVocabulary?, examples: any ExampleSource
  ) throws -> (student: Transformer, account: StudentAccount) {
    let configuration = model.configuration
    let steps = try source.prune?.shape.steps(from: configuration, place: "model.init.prune") ?? []
    var kept = KeptParts(all: configuration)
    if let prune = source.prune, let smaller = steps.last?.configuration {
      let documents = try calibrationDocuments(prune.calibration, of: examples, for: configuration)
      let importance = Precision.$current.withValue(training.precision.resolved) {
        ActivationImportance(of: model, on: documents)
      }
      kept = KeptParts(of: configuration, by: importance, for: smaller, layers: prune.shape.keptLayers)
    }
    if let vocabulary { kept.tokens = vocabulary.kept }
    return (
      try model.keeping(kept),
      StudentAccount(source.directory ?? "", configuration, vocabulary: vocabulary?.kept.count, steps, kept)
    )
  }

  /// Examples in an order of the seed, cut to what the run would train on.
  private func calibrationDocuments(
    _ count: Int, of examples: any ExampleSource, for model: ModelConfiguration
  ) throws -> [[Int32]] {
    guard examples.count > 0 else {
      throw TrainingError.noExamples(source: examples.name, dropped: 0, maxLength: training.maxLength)
    }
    let order = PackedBatchSource.order(
      count: examples.count, seed: source.seed ?? training.seed, epoch: 0)
    return try order.prefix(count).map { index in
      Array(try examples.example(at: index).inputs.prefix(min(training.maxLength, model.maximumPositions)))
    }
  }
}

/// What became of a larger model: the numbers that each step took away.
public struct StudentAccount: Sendable {
  public struct Step: Sendable {
    /// `layers 30 → 12`
    public let change: String
    public let before: ParameterBreakdown
    public let after: ParameterBreakdown
  }

  /// What the recipe calls the larger model.
  public let origin: String
  public let steps: [Step]
  /// The numbers of the layers that stay.
  public let layers: [Int]
  /// Of the larger model.
  public let before: ParameterBreakdown

  public var after: ParameterBreakdown { steps.last?.after ?? before }

  init(
    _ origin: String, _ model: ModelConfiguration, vocabulary: Int?, _ pruned: [PrunedShape.Step],
    _ kept: KeptParts
  ) {
    self.origin = origin
    layers = kept.layers
    before = model.parametersByComponent
    var changes: [(change: String, configuration: ModelConfiguration)] = []
    if let vocabulary {
      var trimmed = model
      trimmed.vocabularySize = vocabulary
      changes.append(("vocabulary \(model.vocabularySize) → \(vocabulary)", trimmed))
    }
    changes += pruned.map { step in
      var configuration = step.configuration
      configuration.vocabularySize = vocabulary ?? model.vocabularySize
      return (step.change, configuration)
    }
    var steps: [Step] = []
    for (change, configuration) in changes {
      let after = configuration.parametersByComponent
      steps.append(Step(change: change, before: steps.last?.after ?? before, after: after))
    }
    self.steps = steps
  }

  /// `student of runs/teacher: 134515008 → 39230000 parameters (vocabulary 49152 → 8192, …), layers 0, 1, 5`
  public var summary: String {
    "student of \(origin): \(before.total) → \(after.total) parameters "
      + "(\(steps.map(\.change).joined(separator: ", "))), its layers \(layers.map(String.init).joined(separator: ", "))"
  }
}

extension Example {
  /// The document's tokens, as far as the model meets them.
  fileprivate var tokens: [Int32] {
    // The last token is an answer alone, if it is learnt.
    guard let last = labels.last, last != Example.ignoredLabel else { return inputs }
    return inputs + [last]
  }
}
