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

  /// Reads the config.json of a model directory, and of the generation_config.json beside it, where there is one, the tokens
  /// that end an answer: instruct models name more of them there.
  public init(of directory: URL) throws {
    try self.init(reading: directory.appendingPathComponent("config.json"))
    let file = directory.appendingPathComponent("generation_config.json")
    guard FileManager.default.fileExists(atPath: file.path) else { return }
    guard let object = try JSONValue(contentsOf: file).object else {
      throw LanguageModelError.invalidValue(
        file: file.path, expected: "an object", found: "something else", nextStep: "export the model again")
    }
    for token in try TypedKeys(file: file.path, object: object).integers("eos_token_id") ?? [] {
      // One that the model cannot write ends nothing.
      guard (0..<vocabularySize).contains(token), !endTokens.contains(Int32(token)) else { continue }
      endTokens.append(Int32(token))
    }
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
    guard config.value("quantization_config") == nil else {
      throw Self.notImplemented(config, "no quantization_config (plain weights)", "quantization_config")
    }
    switch architecture {
    case .gpt2: try self.init(gpt2: config)
    case .llama, .mistral, .qwen2, .qwen3, .smolLM3: try self.init(llama: config, architecture)
    }
    func token(_ value: Int) throws -> Int32 {
      guard let token = Int32(exactly: value) else {
        throw LanguageModelError.invalidValue(
          file: file, expected: "token ids of 32 bits", found: "\(value)", nextStep: "correct the file")
      }
      return token
    }
    beginToken = try config.integer("bos_token_id").map(token)
    endTokens = try (config.integers("eos_token_id") ?? []).map(token)
    padToken = try config.integer("pad_token_id").map(token)
    try validate(file: file)
    if architecture.traits.skipsPositions { try readSkippedPositions(config) }
  }

  private static func notImplemented(
    _ config: TypedKeys, _ expected: String, _ key: String
  ) -> LanguageModelError {
    .invalidValue(
      file: config.file, expected: expected, found: config.value(key)?.kind ?? "none",
      nextStep: "this setting is not implemented; use another model")
  }

  /// Reads what a Llama or a relative of it has; the tokens' roles are left out, and nothing is validated.
  private init(llama config: TypedKeys, _ architecture: ArchitectureName) throws {
    let file = config.file
    func require(_ holds: Bool, _ expected: String, _ key: String) throws {
      if !holds { throw Self.notImplemented(config, expected, key) }
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
    let hiddenSize = try config.required("hidden_size", config.integer)
    let heads = try config.required("num_attention_heads", config.integer)
    let maximumPositions = try config.integer("max_position_embeddings") ?? 2048
    if try config.integer("head_dim") == nil, heads > 0, hiddenSize % heads != 0 {
      throw LanguageModelError.invalidValue(
        file: file, expected: "hidden_size to be a multiple of num_attention_heads \(heads), or a head_dim",
        found: "\(hiddenSize)", nextStep: "correct the file")
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
      initializerRange: Float(try config.number("initializer_range") ?? 0.02))
    self.architecture = architecture
    if architecture.traits.slidesWindow {
      // transformers takes 4096 where the key is missing, and all tokens where it is null.
      slidingWindow = config.object["sliding_window"] == nil ? 4096 : try config.integer("sliding_window")
    }
  }

  private mutating func readSkippedPositions(_ config: TypedKeys) throws {
    // 1 marks a layer with positions; without the list every fourth layer has none.
    let marks = try config.integers("no_rope_layers")
    if let marks, marks.count < layerCount {
      throw LanguageModelError.invalidValue(
        file: config.file, expected: "no_rope_layers of \(layerCount) numbers", found: "\(marks.count)",
        nextStep: "correct the file")
    }
    let interval = max(1, try config.integer("no_rope_layer_interval") ?? 4)
    layersWithoutPositions = Set(
      (0..<layerCount).filter { layer in marks.map { $0[layer] == 0 } ?? ((layer + 1) % interval == 0) })
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
    var object = JSONObject(
      (commonKeys(dtype: dtype) + (architecture == .gpt2 ? gpt2Keys : llamaKeys)).sorted { $0.0 < $1.0 })
    if architecture.traits.slidesWindow { object["sliding_window"] = slidingWindow.map { .int($0) } ?? .null }
    if architecture.traits.skipsPositions {
      object["no_rope_layers"] = .array(
        (0..<layerCount).map { .int(layersWithoutPositions.contains($0) ? 0 : 1) })
      object["layer_types"] = .array((0..<layerCount).map { _ in "full_attention" })
    }
    return .object(object)
  }

  /// The keys of every family.
  private func commonKeys(dtype: String) -> [(String, JSONValue)] {
    func token(_ token: Int32?) -> JSONValue { token.map { .int(Int($0)) } ?? nil }
    return [
      ("architectures", [.string(architecture.className)]),
      ("bos_token_id", token(beginToken)),
      ("dtype", .string(dtype)),
      ("eos_token_id", endTokens.count > 1 ? .array(endTokens.map { token($0) }) : token(endTokens.first)),
      ("model_type", .string(architecture.rawValue)),
      ("pad_token_id", token(padToken)),
      ("torch_dtype", .string(dtype)),
      ("use_cache", true),
      ("vocab_size", .int(vocabularySize)),
    ]
  }

  private var llamaKeys: [(String, JSONValue)] {
    var rope = ropeScaling.json
    rope["rope_theta"] = .double(ropeTheta)
    return [
      ("attention_bias", .bool(attentionBias)),
      ("attention_dropout", 0.0),
      ("head_dim", .int(headDimension)),
      ("hidden_act", "silu"),
      ("hidden_size", .int(hiddenSize)),
      ("initializer_range", Self.decimal(initializerRange)),
      ("intermediate_size", .int(intermediateSize)),
      ("max_position_embeddings", .int(maximumPositions)),
      ("mlp_bias", .bool(mlpBias)),
      ("num_attention_heads", .int(queryHeadCount)),
      ("num_hidden_layers", .int(layerCount)),
      ("num_key_value_heads", .int(keyValueHeadCount)),
      ("rms_norm_eps", Self.decimal(rmsNormEpsilon)),
      ("rope_parameters", .object(rope)),
      ("rope_scaling", ropeScaling == .none ? nil : .object(ropeScaling.json)),
      ("rope_theta", .double(ropeTheta)),
      ("tie_word_embeddings", .bool(tiesEmbeddings)),
    ]
  }

  /// The shortest decimal of a Float: 1e-05, not 9.999999747378752e-06.
  static func decimal(_ value: Float) -> JSONValue { .number("\(value)") }
}
