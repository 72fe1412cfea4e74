import Kernels
import TensorCore

/// A decoder-only language model: token embedding, layers, final norm, output layer.
///
/// A batch is flat: `tokens`, `positions` and `spans` of all documents one after another, without padding.
public final class Transformer {
  public let configuration: ModelConfiguration
  /// Named as in the Hugging Face checkpoint, in its order.
  public let parameters: [Parameter]

  /// Whether training keeps a layer's input alone and computes the rest a second time; see `recomputed`.
  public var recomputesLayers = false

  /// Corrections that are trained in the weights' place; see `attachAdapter`.
  public internal(set) var adapter: LowRankAdapter?

  static let headName = "lm_head.weight"
  static let positionTableName = "transformer.wpe.weight"

  let embedding: Parameter
  /// A vector for each position, [positions, hidden]; nil where heads are turned by positions instead.
  let positionTable: Parameter?
  let layers: [any DecoderLayer]
  let finalNorm: Norm
  /// nil when the embedding table is the output layer too.
  let head: Parameter?
  private var rotaryTable: GrowingRotaryTable

  /// A fresh model: weights normal with `initializerRange`, those before a residual addition divided by
  /// sqrt(2 · layers), biases 0, norms 1. Throws when the configuration contradicts itself.
  ///
  /// `random` is forked per parameter and moved on by one draw.
  public convenience init(_ configuration: ModelConfiguration, using random: inout SeededRandom) throws {
    try configuration.validate()
    let source = random
    _ = random.next()
    try self.init(configuration) { name, shape, fresh in
      let values = fresh.values(name, count: shape.reduce(1, *), using: source)
      return Parameter(name: name, value: Tensor(shape, values))
    }
  }

  /// A model with given weights: `weight` returns the values of a parameter, by name and shape.
  public convenience init(
    _ configuration: ModelConfiguration, weight: (_ name: String, _ shape: [Int]) throws -> Buffer
  ) throws {
    try configuration.validate()
    try self.init(configuration) { name, shape, _ in
      Parameter(name: name, value: Tensor(shape, try weight(name, shape)))
    }
  }

  init(_ configuration: ModelConfiguration, make: ParameterMaker) throws {
    var parameters: [Parameter] = []
    func record(_ name: String, _ shape: [Int], _ fresh: Initialization) throws -> Parameter {
      let parameter = try make(name, shape, fresh)
      // Norms and biases are not pulled towards zero.
      parameter.decays = shape.count == 2
      parameters.append(parameter)
      return parameter
    }
    let table = [configuration.vocabularySize, configuration.hiddenSize]
    self.configuration = configuration
    embedding = try record(
      configuration.architecture.embeddingName, table, .normal(configuration.initializerRange))
    positionTable =
      configuration.architecture.traits.learnsPositions
      ? try record(
        Self.positionTableName, [configuration.maximumPositions, configuration.hiddenSize],
        .normal(configuration.initializerRange)) : nil
    layers = try (0..<configuration.layerCount).map {
      try configuration.architecture.layer($0, configuration, make: record)
    }
    finalNorm = try Norm(configuration.architecture.finalNormName, configuration, make: record)
    head =
      configuration.tiesEmbeddings
      ? nil : try record(Self.headName, table, .normal(configuration.initializerRange))
    // Nor are the tables of tokens and positions.
    embedding.decays = false
    positionTable?.decays = false
    self.parameters = parameters
    rotaryTable = GrowingRotaryTable(configuration)
  }

  /// The trained numbers, a tied table counted once.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }

  /// Makes it a constant: a teacher, a reference.
  public func freeze() {
    for parameter in parameters { parameter.requiresGradient = false }
  }

  /// Hidden states after the final norm.
  ///
  /// - Parameters:
  ///   - tokens: ids below the vocabulary size, [tokens]
  ///   - positions: each token's place in its document, below `maximumPositions`, [tokens]
  ///   - spans: the tokens that each token sees
  ///   - observing: receives the embedding as layer 0, then the output of each layer; the last one is the result.
  /// - Returns: [tokens, hidden]
  public func forward(
    tokens: [Int32], positions: [Int32], spans: AttentionSpans,
    observing: ((_ layer: Int, _ hiddenStates: Tensor) -> Void)? = nil
  ) -> Tensor {
    forward(tokens: tokens, positions: positions, spans: spans, observing: observing, measuring: nil)
  }

  /// As above; `measuring` receives what each layer computes on its way, and the final norm's output as that of a layer
  /// behind the last.
  func forward(
    tokens: [Int32], positions: [Int32], spans: AttentionSpans,
    observing: ((_ layer: Int, _ hiddenStates: Tensor) -> Void)?,
    measuring: ((_ layer: Int, LayerActivation, Tensor) -> Void)?
  ) -> Tensor {
    requireShape(
      tokens.count == positions.count, "forward: \(tokens.count) tokens, \(positions.count) positions")
    let table = rotary(covering: positions)
    let spans = configuration.slidingWindow.map { spans.keepingLast($0) } ?? spans
    var x = TensorCore.embedding(tokens, table: embedding())  // [tokens, hidden]
    if let positionTable { x = add(x, TensorCore.embedding(positions, table: positionTable())) }
    observing?(0, x)
    for (index, layer) in layers.enumerated() {
      let pass = { (x: Tensor) in
        layer(
          x, self.configuration,
          table: self.configuration.turnsHeads(layer: index) ? table : nil,
          positions: positions, spans: spans,
          observing: measuring.map { measure in { measure(index, $0, $1) } })
      }
      x = recomputesLayers ? recomputed(x, pass) : pass(x)
      if index + 1 < layers.count { observing?(index + 1, x) }
    }
    x = finalNorm(x)
    measuring?(layers.count, .norm, x)
    observing?(layers.count, x)
    return x
  }

  /// Queries, keys and values of layer `layer` (from 0) as its projections give them, before positions turn them.
  ///
  /// - Parameter hiddenStates: the layer's input, which `forward` shows an observer as layer `layer`, [tokens, hidden]
  public func attentionInputs(layer: Int, of hiddenStates: Tensor) -> AttentionInputs {
    requireShape(layers.indices.contains(layer), "attentionInputs: layer \(layer) of \(layers.count)")
    return layers[layer].attentionInputs(hiddenStates, configuration)
  }

  /// Hidden states of whole causal documents that do not see each other, positions counted from 0 in each.
  ///
  /// - Returns: [tokens, hidden]
  public func forward(tokens: [Int32], documentLengths: [Int]) -> Tensor {
    requireShape(
      tokens.count == documentLengths.reduce(0, +),
      "forward: \(tokens.count) tokens, documents of \(documentLengths)")
    let positions = documentLengths.flatMap { (0..<Int32($0)).map { $0 } }
    return forward(
      tokens: tokens, positions: positions, spans: .causal(documentLengths: documentLengths))
  }

  /// The output layer as a tape leaf: the embedding table when tied. Chunked losses multiply by it themselves.
  public var outputWeight: Parameter { head ?? embedding }

  /// Scores of every next token.
  ///
  /// - Parameter hiddenStates: [tokens, hidden], from `forward`, or some of its rows
  /// - Returns: [tokens, vocabulary]
  public func logits(of hiddenStates: Tensor) -> Tensor {
    linear(hiddenStates, outputWeight())
  }

  /// The cosines and sines of at least the given positions.
  func rotary(covering positions: [Int32]) -> RotaryTable {
    rotary(positions: Int(positions.max() ?? 0) + 1)
  }

  func rotary(positions needed: Int) -> RotaryTable { rotaryTable.covering(needed) }
}
