import Files
import Foundation
import Kernels
import Weights

extension ModelConfiguration {
  /// Reads a config.json of transformers, of version 4 (`rope_theta`, `rope_scaling`) or 5 (`rope_parameters`).
  ///
  /// Throws a one-line diagnostic for a missing key, a wrong type, a contradiction, and for settings that would
  /// change the computation and are not implemented.
  public init(reading file: URL) throws {
    try self.init(JSONValue(contentsOf: file), file: file.path)
  }

  /// As `init(reading:)`, from a parsed value; errors name `file`.
  public init(_ json: JSONValue, file: String = "config.json") throws {
    guard let object = json.object else {
      throw LanguageModelError.invalidValue(
        file: file, expected: "an object", found: json.kind, nextStep: "export the model again")
    }
    let config = TypedKeys(file: file, object: object)
    let modelType = try config.required("model_type", config.string)
    guard let architecture = ArchitectureName(rawValue: modelType) else {
      let known = ArchitectureName.allCases.map(\.rawValue).joined(separator: ", ")
      throw LanguageModelError.invalidValue(
        file: file, expected: "model_type \(known)", found: "\"\(modelType)\"",
        nextStep: "use a model of an implemented architecture")
    }
    func require(_ holds: Bool, _ expected: String, _ key: String) throws {
      guard holds else {
        throw LanguageModelError.invalidValue(
          file: file, expected: expected, found: config.value(key)?.kind ?? "none",
          nextStep: "this setting is not implemented; use another model")
      }
    }
    try require(try config.string("hidden_act") ?? "silu" == "silu", "hidden_act \"silu\"", "hidden_act")
    if architecture != .llama, !architecture.traits.slidesWindow {
      let layers = config.value("layer_types")?.array ?? []
      try require(
        layers.allSatisfy { $0.string == "full_attention" }, "layer_types of full_attention alone",
        "layer_types")
      try require(
        try config.bool("use_sliding_window") != true, "use_sliding_window false", "use_sliding_window")
    }
    try require(
      config.value("quantization_config") == nil, "no quantization_config (plain weights)",
      "quantization_config")

    let hiddenSize = try config.required("hidden_size", config.integer)
    let heads = try config.required("num_attention_heads", config.integer)
    let maximumPositions = try config.integer("max_position_embeddings") ?? 2048
    if try config.integer("head_dim") == nil, heads > 0, hiddenSize % heads != 0 {
      throw LanguageModelError.invalidValue(
        file: file, expected: "hidden_size to be a multiple of num_attention_heads \(heads), or a head_dim",
        found: "\(hiddenSize)", nextStep: "correct the file")
    }
    func token(_ value: Int) throws -> Int32 {
      guard let token = Int32(exactly: value) else {
        throw LanguageModelError.invalidValue(
          file: file, expected: "token ids of 32 bits", found: "\(value)", nextStep: "correct the file")
      }
      return token
    }
    let rope = try RotaryKeys(
      config, maximumPositions: max(maximumPositions, 1), defaultTheta: architecture.traits.defaultTheta)
    self.init(
      vocabularySize: try config.required("vocab_size", config.integer),
      hiddenSize: hiddenSize,
      intermediateSize: try config.required("intermediate_size", config.integer),
      layerCount: try config.required("num_hidden_layers", config.integer),
      queryHeadCount: heads,
      keyValueHeadCount: try config.integer("num_key_value_heads"),
      headDimension: try config.integer("head_dim"),
      rmsNormEpsilon: Float(try config.number("rms_norm_eps") ?? 1e-6),
      tiesEmbeddings: try config.bool("tie_word_embeddings") ?? architecture.traits.tiesByDefault,
      attentionBias: try config.bool("attention_bias") ?? false,
      mlpBias: try config.bool("mlp_bias") ?? false,
      maximumPositions: maximumPositions,
      ropeTheta: rope.theta,
      ropeScaling: rope.scaling,
      beginToken: try config.integer("bos_token_id").map(token),
      endTokens: try (config.integers("eos_token_id") ?? []).map(token),
      padToken: try config.integer("pad_token_id").map(token),
      initializerRange: Float(try config.number("initializer_range") ?? 0.02))
    self.architecture = architecture
    if architecture.traits.slidesWindow {
      // transformers takes 4096 where the key is missing, and all tokens where it is null.
      slidingWindow = object["sliding_window"] == nil ? 4096 : try config.integer("sliding_window")
    }
    try validate(file: file)
    if architecture.traits.skipsPositions {
      // 1 marks a layer with positions; without the list every fourth layer has none.
      let marks = try config.integers("no_rope_layers")
      if let marks, marks.count < layerCount {
        throw LanguageModelError.invalidValue(
          file: file, expected: "no_rope_layers of \(layerCount) numbers", found: "\(marks.count)",
          nextStep: "correct the file")
      }
      let interval = max(1, try config.integer("no_rope_layer_interval") ?? 4)
      layersWithoutPositions = Set(
        (0..<layerCount).filter { layer in
          marks.map { $0[layer] == 0 } ?? ((layer + 1) % interval == 0)
        })
    }
  }

  /// Writes config.json into `directory`; it says that the weights beside it are stored as `type`.
  public func write(to directory: URL, weightsOf type: TensorType) throws {
    let dtype =
      switch type {
      case .bfloat16: "bfloat16"
      case .float16: "float16"
      default: "float32"
      }
    try AtomicFile.write(
      json(dtype: dtype).text(isPretty: true) + "\n", to: directory.appendingPathComponent("config.json"))
  }

  /// A config.json that transformers 4 and 5 load.
  ///
  /// - Parameter dtype: what the stored weights are: `float32`, `bfloat16` or `float16`.
  public func json(dtype: String = "float32") -> JSONValue {
    func token(_ token: Int32?) -> JSONValue { token.map { .int(Int($0)) } ?? nil }
    var rope = ropeScaling.json
    rope["rope_theta"] = .double(ropeTheta)
    var object = JSONObject(commonKeys(token, dtype: dtype, rope: rope))
    if architecture.traits.slidesWindow { object["sliding_window"] = slidingWindow.map { .int($0) } ?? .null }
    if architecture.traits.skipsPositions {
      object["no_rope_layers"] = .array(
        (0..<layerCount).map { .int(layersWithoutPositions.contains($0) ? 0 : 1) })
      object["layer_types"] = .array((0..<layerCount).map { _ in "full_attention" })
    }
    return .object(object)
  }

  private func commonKeys(
    _ token: (Int32?) -> JSONValue, dtype: String, rope: JSONObject
  ) -> [(String, JSONValue)] {
    [
      ("architectures", [.string(architecture.className)]),
      ("attention_bias", .bool(attentionBias)),
      ("attention_dropout", 0.0),
      ("bos_token_id", token(beginToken)),
      ("dtype", .string(dtype)),
      (
        "eos_token_id",
        endTokens.count > 1
          ? .array(endTokens.map { token($0) }) : token(endTokens.first)
      ),
      ("head_dim", .int(headDimension)),
      ("hidden_act", "silu"),
      ("hidden_size", .int(hiddenSize)),
      ("initializer_range", Self.decimal(initializerRange)),
      ("intermediate_size", .int(intermediateSize)),
      ("max_position_embeddings", .int(maximumPositions)),
      ("mlp_bias", .bool(mlpBias)),
      ("model_type", .string(architecture.rawValue)),
      ("num_attention_heads", .int(queryHeadCount)),
      ("num_hidden_layers", .int(layerCount)),
      ("num_key_value_heads", .int(keyValueHeadCount)),
      ("pad_token_id", token(padToken)),
      ("rms_norm_eps", Self.decimal(rmsNormEpsilon)),
      ("rope_parameters", .object(rope)),
      ("rope_scaling", ropeScaling == .none ? nil : .object(ropeScaling.json)),
      ("rope_theta", .double(ropeTheta)),
      ("tie_word_embeddings", .bool(tiesEmbeddings)),
      ("torch_dtype", .string(dtype)),
      ("use_cache", true),
      ("vocab_size", .int(vocabularySize)),
    ]
  }

  /// The shortest decimal of a Float: 1e-05, not 9.999999747378752e-06.
  private static func decimal(_ value: Float) -> JSONValue { .number("\(value)") }
}
