/// Which parts of a model stay, by their numbers in it, each list ascending.
public struct KeptParts: Equatable, Sendable {
  public var layers: [Int]
  /// Of the hidden states, the same in all layers.
  public var channels: [Int]
  /// Of the feed-forward layer, [kept layers].
  public var neurons: [[Int]]
  /// A key and value head with its queries, [kept layers].
  public var groups: [[Int]]
  /// The old id of each new one.
  public var tokens: [Int32]

  public init(layers: [Int], channels: [Int], neurons: [[Int]], groups: [[Int]], tokens: [Int32]) {
    self.layers = layers
    self.channels = channels
    self.neurons = neurons
    self.groups = groups
    self.tokens = tokens
  }

  /// All of them.
  public init(all model: ModelConfiguration) {
    layers = Array(0..<model.layerCount)
    channels = Array(0..<model.hiddenSize)
    neurons = layers.map { _ in Array(0..<model.intermediateSize) }
    groups = layers.map { _ in Array(0..<model.keyValueHeadCount) }
    tokens = (0..<Int32(model.vocabularySize)).map { $0 }
  }

  /// The most important parts for the sizes of `smaller`. Of equal ones the first stay. Layers are chosen first; a
  /// channel's importance is the sum over those that stay and the final norm.
  ///
  /// - Parameters:
  ///   - smaller: a configuration of `PrunedShape.steps` from `model`.
  ///   - layers: those that stay, whatever their importance; as many as `smaller` has.
  public init(
    of model: ModelConfiguration, by importance: ActivationImportance, for smaller: ModelConfiguration,
    layers chosen: [Int]? = nil
  ) {
    self.init(all: model)
    layers = chosen ?? Self.largest(importance.layers, smaller.layerCount)
    var channels = importance.channels[model.layerCount]
    for layer in layers {
      for (index, value) in importance.channels[layer].enumerated() { channels[index] += value }
    }
    self.channels = Self.largest(channels, smaller.hiddenSize)
    neurons = layers.map { Self.largest(importance.neurons[$0], smaller.intermediateSize) }
    groups = layers.map { Self.largest(importance.groups[$0], smaller.keyValueHeadCount) }
  }

  /// Where the `count` largest values stand, ascending.
  private static func largest(_ values: [Double], _ count: Int) -> [Int] {
    let order = values.indices.sorted { (values[$1], $0) < (values[$0], $1) }
    return order.prefix(count).sorted()
  }
}
