/// A model directory, with weights or with `config.json` alone (then it starts from random weights), or `init:`.
public struct ModelSource: Sendable, Equatable {
  /// A directory with `config.json`.
  public var directory: String?
  /// Keys of `config.json`, written in the recipe: start from random weights.
  public var configuration: [String: String]?
  /// `init: {from: …}` without prune or vocabulary: take the configuration of this directory, never its weights.
  public var startsFresh = false
  /// `init: {from: …, prune: …}`: a student of that model's most important parts.
  public var prune: PruneSettings?
  /// `init: {from: …, vocabulary: …}`: a student of the tokens that the dataset needs.
  public var vocabulary: VocabularySettings?
  /// Seed of random weights, and of the choice of documents to prune by; the training seed when nil.
  public var seed: UInt64?
  public init() {}

  public init(directory: String) { self.directory = directory }

  var isGiven: Bool { directory != nil || configuration != nil }

  /// Whether a student is made of the weights of `directory` at the start of a run.
  var isMade: Bool { prune != nil || vocabulary != nil }
}

extension ModelSource: RecipeValue {
  package static var expectation: String { "a model directory or `init: {from: …}`" }

  private struct Body: RecipeSection {
    var initialization: Initialization?
    mutating func visit(_ fields: inout RecipeFields) { fields.field("init", &initialization) }
  }

  private struct Initialization: RecipeSection {
    var from: String?
    var config: FreeMapping?
    var prune: PruneSettings?
    var vocabulary: VocabularySettings?
    var seed: UInt64?
    mutating func visit(_ fields: inout RecipeFields) {
      fields.field("from", &from)
      fields.field("config", &config)
      fields.field("prune", &prune)
      fields.field("vocabulary", &vocabulary)
      fields.field("seed", &seed)
      fields.require((from == nil) != (config == nil), "from", expected: "or config, one of the two")
      for (key, isGiven) in [("prune", prune != nil), ("vocabulary", vocabulary != nil)] {
        fields.require(!isGiven || from != nil, key, expected: "only beside from, a model with weights")
      }
    }
  }

  package static func read(_ node: RecipeNode, path: String, problems: inout [RecipeError]) -> ModelSource? {
    if let directory = String.read(node, path: path, problems: &problems) {
      return ModelSource(directory: directory)
    }
    guard let body = Body.read(node, path: path, problems: &problems), let start = body.initialization else {
      return nil
    }
    var source = ModelSource()
    source.directory = start.from
    source.configuration = start.config?.values
    source.prune = start.prune
    source.vocabulary = start.vocabulary
    source.seed = start.seed
    source.startsFresh = !source.isMade
    return source
  }

  package var node: RecipeNode {
    if let directory, !startsFresh, !isMade { return directory.node }
    let start = Initialization(
      from: directory, config: configuration.map(FreeMapping.init), prune: prune, vocabulary: vocabulary,
      seed: seed)
    return Body(initialization: start).node
  }
}
