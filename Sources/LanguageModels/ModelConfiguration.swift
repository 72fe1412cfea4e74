import TensorCore

/// The shape of a language model: everything that config.json says and the weights do not.
public struct ModelConfiguration: Equatable, Sendable {
  public var architecture = ArchitectureName.llama
  public var vocabularySize: Int
  /// The width of a hidden state.
  public var hiddenSize: Int
  /// The width of the feed-forward layer.
  public var intermediateSize: Int
  public var layerCount: Int
  public var queryHeadCount: Int
  /// Divides `queryHeadCount`: this many heads share one key and value.
  public var keyValueHeadCount: Int
  /// Even; need not be hiddenSize / queryHeadCount.
  public var headDimension: Int
  /// Added to the mean square of a row, in GPT-2 to its variance.
  public var rmsNormEpsilon: Float
  /// Whether the output layer is the embedding table.
  public var tiesEmbeddings: Bool
  /// Biases on the four attention projections; Qwen2 has them on three whatever this says.
  public var attentionBias: Bool
  /// Biases on the feed-forward projections.
  public var mlpBias: Bool
  /// The longest context, in tokens.
  public var maximumPositions: Int
  /// The base of the rotary frequencies.
  public var ropeTheta: Double
  /// Layers in which queries and keys are not turned by their positions.
  public var layersWithoutPositions: Set<Int> = []
  /// The tokens that a token sees at most, itself among them; nil for all before it.
  public var slidingWindow: Int?
  /// How the rotary frequencies are stretched for a longer context.
  public var ropeScaling: RotaryScaling
  public var beginToken: Int32?
  /// Generation stops at any of these.
  public var endTokens: [Int32]
  public var padToken: Int32?
  /// The standard deviation of fresh weights.
  public var initializerRange: Float

  /// A Llama of the given size; the rest as recipes start from. Nothing is checked until `validate`.
  public init(
    vocabularySize: Int, hiddenSize: Int, intermediateSize: Int, layerCount: Int, queryHeadCount: Int,
    keyValueHeadCount: Int? = nil, headDimension: Int? = nil, rmsNormEpsilon: Float = 1e-5,
    tiesEmbeddings: Bool = true, attentionBias: Bool = false, mlpBias: Bool = false,
    maximumPositions: Int = 1024, ropeTheta: Double = 10_000, ropeScaling: RotaryScaling = .none,
    beginToken: Int32? = nil, endTokens: [Int32] = [], padToken: Int32? = nil, initializerRange: Float = 0.02
  ) {
    self.vocabularySize = vocabularySize
    self.hiddenSize = hiddenSize
    self.intermediateSize = intermediateSize
    self.layerCount = layerCount
    self.queryHeadCount = queryHeadCount
    self.keyValueHeadCount = keyValueHeadCount ?? queryHeadCount
    self.headDimension = headDimension ?? (queryHeadCount > 0 ? hiddenSize / queryHeadCount : 0)
    self.rmsNormEpsilon = rmsNormEpsilon
    self.tiesEmbeddings = tiesEmbeddings
    self.attentionBias = attentionBias
    self.mlpBias = mlpBias
    self.maximumPositions = maximumPositions
    self.ropeTheta = ropeTheta
    self.ropeScaling = ropeScaling
    self.beginToken = beginToken
    self.endTokens = endTokens
    self.padToken = padToken
    self.initializerRange = initializerRange
  }

  /// The rotary frequencies of one head.
  public var rotary: RotaryEmbedding {
    RotaryEmbedding(headDimension: headDimension, theta: ropeTheta, scaling: ropeScaling)
  }

  /// The width of all query heads together.
  public var querySize: Int { queryHeadCount * headDimension }
  /// The width of all key (or value) heads together.
  public var keyValueSize: Int { keyValueHeadCount * headDimension }

  /// Whether the queries and keys of a layer are turned by their positions.
  func turnsHeads(layer: Int) -> Bool {
    !architecture.traits.learnsPositions && !layersWithoutPositions.contains(layer)
  }

  /// Whether query, key and value have biases, and whether the attention's output has one.
  var hasInputBias: Bool { attentionBias || architecture.traits.alwaysBiasesAttention }
  var hasOutputBias: Bool { attentionBias && !architecture.traits.alwaysBiasesAttention }

  /// The trained numbers, a tied table counted once.
  public var parameterCount: Int { parametersByComponent.total }

  /// Floating-point operations of training on one token, forward and backward.
  ///
  /// 6 N + 12 · layers · querySize · sequenceLength    (Chowdhery et al. 2022, appendix B; causality not deducted)
  public func trainingFLOPsPerToken(sequenceLength: Int) -> Double {
    6 * Double(parameterCount) + 12 * Double(layerCount) * Double(querySize) * Double(sequenceLength)
  }

  /// Floating-point operations of one forward pass for one token: a third of training's.
  public func forwardFLOPsPerToken(sequenceLength: Int) -> Double {
    trainingFLOPsPerToken(sequenceLength: sequenceLength) / 3
  }

  /// Throws the first contradiction, in the keys of config.json, naming `file`.
  public func validate(file: String = "config.json") throws {
    func check(_ holds: Bool, _ expected: String, _ found: @autoclosure () -> String) throws {
      guard holds else {
        throw LanguageModelError.invalidValue(
          file: file, expected: expected, found: found(), nextStep: "correct the configuration")
      }
    }
    // Upper bounds keep every product of sizes far from overflow.
    for (key, value, limit) in [
      ("vocab_size", vocabularySize, 1 << 24), ("hidden_size", hiddenSize, 1 << 20),
      ("intermediate_size", intermediateSize, 1 << 22), ("num_hidden_layers", layerCount, 1 << 12),
      ("num_attention_heads", queryHeadCount, 1 << 14), ("num_key_value_heads", keyValueHeadCount, 1 << 14),
      ("head_dim", headDimension, 1 << 14), ("max_position_embeddings", maximumPositions, 1 << 30),
    ] {
      try check(value >= 1 && value <= limit, "\(key) from 1 to \(limit)", "\(value)")
    }
    try check(
      queryHeadCount % keyValueHeadCount == 0,
      "num_attention_heads \(queryHeadCount) to be a multiple of num_key_value_heads", "\(keyValueHeadCount)")
    try check((slidingWindow ?? 1) >= 1, "sliding_window of 1 or more, or null", "\(slidingWindow ?? 0)")
    try check(headDimension % 2 == 0, "an even head_dim (rotary positions turn pairs)", "\(headDimension)")
    try check(
      rmsNormEpsilon > 0 && rmsNormEpsilon < 1, "rms_norm_eps between 0 and 1", "\(rmsNormEpsilon)")
    try check(
      initializerRange >= 0 && initializerRange.isFinite, "initializer_range ≥ 0", "\(initializerRange)")
    let special =
      endTokens.map { ("eos_token_id", $0) } + [beginToken].compactMap { $0 }.map { ("bos_token_id", $0) }
      + [padToken].compactMap { $0 }.map { ("pad_token_id", $0) }
    for (key, token) in special {
      // transformers' configurations write −1 for "none".
      try check(
        token >= -1 && Int(token) < vocabularySize, "\(key) below vocab_size \(vocabularySize)", "\(token)")
    }
  }
}
