import Files

extension ModelConfiguration {
  /// Reads a config.json of GPT-2, by its own keys (`n_embd`) or by those of other models (`hidden_size`), as
  /// transformers does.
  init(gpt2 config: TypedKeys) throws {
    func integer(_ key: String, or other: String) throws -> Int {
      guard let value = try config.integer(key) ?? config.integer(other) else {
        throw LanguageModelError.missingKey(file: config.file, key: key)
      }
      return value
    }
    func require(_ key: String, _ expected: Bool) throws {
      guard let value = try config.bool(key), value != expected else { return }
      throw LanguageModelError.invalidValue(
        file: config.file, expected: "\(key) \(expected)", found: "\(value)",
        nextStep: "this setting is not implemented; use another model")
    }
    try require("scale_attn_weights", true)
    try require("scale_attn_by_inverse_layer_idx", false)
    try require("add_cross_attention", false)
    let activation = try config.string("activation_function") ?? config.string("hidden_act") ?? "gelu_new"
    // Two names of one function.
    guard ["gelu_new", "gelu_pytorch_tanh"].contains(activation) else {
      throw LanguageModelError.invalidValue(
        file: config.file, expected: "activation_function gelu_new", found: "\"\(activation)\"",
        nextStep: "this setting is not implemented; use another model")
    }
    let hidden = try integer("n_embd", or: "hidden_size")
    let heads = try integer("n_head", or: "num_attention_heads")
    guard heads > 0, hidden % heads == 0 else {
      throw LanguageModelError.invalidValue(
        file: config.file, expected: "n_embd to be a multiple of n_head \(heads)", found: "\(hidden)",
        nextStep: "correct the file")
    }
    let layers = try integer("n_layer", or: "num_hidden_layers")
    self.init(
      vocabularySize: try config.required("vocab_size", config.integer), hiddenSize: hidden,
      intermediateSize: try config.integer("n_inner") ?? (hidden < 1 << 24 ? 4 * hidden : hidden),
      layerCount: layers, queryHeadCount: heads,
      rmsNormEpsilon: Float(try config.number("layer_norm_epsilon") ?? 1e-5),
      tiesEmbeddings: try config.bool("tie_word_embeddings") ?? ArchitectureName.gpt2.traits.tiesByDefault,
      attentionBias: true, mlpBias: true,
      maximumPositions: try integer("n_positions", or: "max_position_embeddings"),
      initializerRange: Float(try config.number("initializer_range") ?? 0.02))
    architecture = .gpt2
  }

  /// The keys that GPT-2 has beside those of tokens and storage.
  var gpt2Keys: [(String, JSONValue)] {
    [
      ("activation_function", "gelu_new"), ("attn_pdrop", 0.0), ("embd_pdrop", 0.0),
      ("initializer_range", Self.decimal(initializerRange)),
      ("layer_norm_epsilon", Self.decimal(rmsNormEpsilon)), ("n_ctx", .int(maximumPositions)),
      ("n_embd", .int(hiddenSize)), ("n_head", .int(queryHeadCount)), ("n_inner", .int(intermediateSize)),
      ("n_layer", .int(layerCount)), ("n_positions", .int(maximumPositions)), ("resid_pdrop", 0.0),
      ("scale_attn_by_inverse_layer_idx", false), ("scale_attn_weights", true),
      ("tie_word_embeddings", .bool(tiesEmbeddings)),
    ]
  }
}
