/// The sizes of a smaller model, in the keys of config.json; what is nil stays as it is.
///
/// Heads go in whole groups, a key and value with the queries that share them: one of the two counts determines the other.
public struct PrunedShape: Equatable, Sendable {
  public var layerCount: Int?
  /// The numbers of the layers that stay, ascending, in place of the most important ones.
  public var keptLayers: [Int]?
  public var hiddenSize: Int?
  public var intermediateSize: Int?
  public var queryHeadCount: Int?
  public var keyValueHeadCount: Int?

  public init(
    layerCount: Int? = nil, keptLayers: [Int]? = nil, hiddenSize: Int? = nil, intermediateSize: Int? = nil,
    queryHeadCount: Int? = nil,
    keyValueHeadCount: Int? = nil
  ) {
    self.layerCount = layerCount
    self.keptLayers = keptLayers
    self.hiddenSize = hiddenSize
    self.intermediateSize = intermediateSize
    self.queryHeadCount = queryHeadCount
    self.keyValueHeadCount = keyValueHeadCount
  }

  /// One size of a model and what it becomes.
  public struct Step: Sendable {
    /// `layers 30 → 12`
    public let change: String
    /// With this change and those before it.
    public let configuration: ModelConfiguration
  }

  /// The configurations on the way from `model` to the smaller one.
  ///
  /// - Parameter place: what errors call these sizes.
  /// - Throws: `LanguageModelError.invalidValue` for sizes that `model` does not have or that do not fit together.
  public func steps(from model: ModelConfiguration, place: String) throws -> [Step] {
    func require(_ holds: Bool, _ expected: String, _ found: String) throws {
      guard !holds else { return }
      throw LanguageModelError.invalidValue(
        file: place, expected: expected, found: found, nextStep: "correct the size")
    }
    try require(model.architecture != .gpt2, "a Llama or a relative of it", model.architecture.rawValue)
    for (key, asked, has) in [
      ("num_hidden_layers", layerCount, model.layerCount), ("hidden_size", hiddenSize, model.hiddenSize),
      ("intermediate_size", intermediateSize, model.intermediateSize),
      ("num_attention_heads", queryHeadCount, model.queryHeadCount),
      ("num_key_value_heads", keyValueHeadCount, model.keyValueHeadCount),
    ] {
      if let asked {
        try require((1...has).contains(asked), "\(key) from 1 to the model's \(has)", "\(asked)")
      }
    }
    if let keptLayers {
      try require(
        !keptLayers.isEmpty && keptLayers.allSatisfy { 0..<model.layerCount ~= $0 }
          && zip(keptLayers, keptLayers.dropFirst()).allSatisfy { $0 < $1 },
        "keep_layers of layers 0 to \(model.layerCount - 1), ascending", "\(keptLayers)")
      try require(
        layerCount ?? keptLayers.count == keptLayers.count, "as many keep_layers as num_hidden_layers",
        "\(keptLayers.count) and \(layerCount ?? 0)")
    }
    let group = model.queryHeadCount / model.keyValueHeadCount
    let groups = keyValueHeadCount ?? queryHeadCount.map { $0 / group } ?? model.keyValueHeadCount
    let heads = groups * group
    try require(
      queryHeadCount ?? heads == heads && heads > 0,
      "num_attention_heads of \(group) times num_key_value_heads, as the model has them",
      "\(queryHeadCount ?? heads) and \(groups)")
    let width = hiddenSize ?? model.hiddenSize
    // What head_dim says is not asked: transformers refuses the others all the same.
    try require(
      width.isMultiple(of: heads) || hiddenSize == nil && heads == model.queryHeadCount,
      "hidden_size to be a multiple of num_attention_heads \(heads)",
      "\(width)")
    var steps: [Step] = []
    var next = model
    func add(_ what: String, _ size: WritableKeyPath<ModelConfiguration, Int>, _ value: Int?) {
      guard let value, value != next[keyPath: size] else { return }
      let change = "\(what) \(next[keyPath: size]) → \(value)"
      next[keyPath: size] = value
      if size == \ModelConfiguration.queryHeadCount { next.keyValueHeadCount = groups }
      steps.append(Step(change: change, configuration: next))
    }
    add("layers", \.layerCount, keptLayers?.count ?? layerCount)
    add("hidden size", \.hiddenSize, hiddenSize)
    add("neurons of a layer", \.intermediateSize, intermediateSize)
    add("heads", \.queryHeadCount, heads)
    return steps
  }
}
