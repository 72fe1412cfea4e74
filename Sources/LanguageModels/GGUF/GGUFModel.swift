import Foundation
import Kernels
import TensorCore
import Text
import Weights

/// The weights of a GGUF file.
struct GGUFWeights: WeightSource {
  let configuration: ModelConfiguration
  private let file: GGUFFile

  /// - Throws: as `GGUFModel.configuration`.
  init(_ file: GGUFFile) throws {
    configuration = try GGUFModel.configuration(file)
    self.file = file
  }

  /// The file's name of a parameter, whose shape is checked.
  private func name(of parameter: String, shape: [Int]) throws -> String {
    guard let name = GGUFNames.name(of: parameter) else {
      throw LanguageModelError.unexpectedTensor(file: file.name, name: parameter)
    }
    let found = try file.entry(name).shape
    guard found == shape else {
      throw LanguageModelError.shapeMismatch(file: file.name, name: name, expected: shape, found: found)
    }
    return name
  }

  func values(_ parameter: String, shape: [Int]) throws -> Buffer {
    let name = try name(of: parameter, shape: shape)
    let values = try file.buffer(name)
    guard Kernels.allFinite(values) else {
      throw LanguageModelError.nonFiniteWeight(file: file.name, name: name)
    }
    guard let heads = GGUFNames.turnedHeads(of: parameter, configuration) else { return values }
    return GGUFNames.reordered(
      values, heads: heads, columns: shape.count == 2 ? shape[1] : 1, toPairs: false)
  }

  func table(_ parameter: String, shape: [Int]) throws -> StoredTable {
    let name = try name(of: parameter, shape: shape)
    let table = try file.table(name)
    guard table.isFinite else { throw LanguageModelError.nonFiniteWeight(file: file.name, name: name) }
    return table
  }

  func requireNone(beside parameters: Set<String>) throws {
    let used = Set(parameters.compactMap(GGUFNames.name))
    if let left = file.names.first(where: { !used.contains($0) }) {
      throw LanguageModelError.unexpectedTensor(file: file.name, name: left)
    }
  }
}

/// Llama models in GGUF files, as llama.cpp reads and writes them.
public enum GGUFModel {
  /// Under which a file carries the ledger of its weights.
  public static let ledgerKey = "swiftlet.ledger"

  /// What the metadata says of the model's shape.
  static func configuration(_ file: GGUFFile) throws -> ModelConfiguration {
    func value(_ key: String) throws -> GGUFValue {
      guard let value = file.metadata[key] else {
        throw LanguageModelError.missingKey(file: file.name, key: key)
      }
      return value
    }
    func invalid(_ key: String, _ expected: String, _ found: GGUFValue) -> LanguageModelError {
      .invalidValue(
        file: file.name, expected: "\(key): \(expected)", found: found.string ?? "\(found)",
        nextStep: "use a model of this kind")
    }
    func integer(_ key: String) throws -> Int {
      let value = try value(key)
      guard let number = value.int else { throw invalid(key, "a whole number", value) }
      return number
    }
    func number(_ key: String) throws -> Double {
      let value = try value(key)
      guard let number = value.double else { throw invalid(key, "a number", value) }
      return number
    }
    func has(_ key: String) -> Bool { file.metadata[key] != nil }
    let architecture = try value("general.architecture")
    guard architecture.string == "llama" else { throw invalid("general.architecture", "llama", architecture) }
    var scaling = RotaryScaling.none
    if let type = file.metadata["llama.rope.scaling.type"], type.string != "none" {
      guard type.string == "linear" else { throw invalid("llama.rope.scaling.type", "none or linear", type) }
      scaling = .linear(factor: try number("llama.rope.scaling.factor"))
    }
    let heads = try integer("llama.attention.head_count")
    let hidden = try integer("llama.embedding_length")
    let token = { (key: String) in
      has("tokenizer.ggml.\(key)") ? Int32(exactly: try integer("tokenizer.ggml.\(key)")) : nil
    }
    guard let rows = try file.entry("token_embd.weight").shape.first else {
      throw LanguageModelError.missingKey(file: file.name, key: "token_embd.weight")
    }
    let (begin, end) = (try token("bos_token_id"), try token("eos_token_id"))
    let configuration = ModelConfiguration(
      vocabularySize: rows, hiddenSize: hidden, intermediateSize: try integer("llama.feed_forward_length"),
      layerCount: try integer("llama.block_count"), queryHeadCount: heads,
      keyValueHeadCount: has("llama.attention.head_count_kv")
        ? try integer("llama.attention.head_count_kv") : nil,
      headDimension: has("llama.attention.key_length") ? try integer("llama.attention.key_length") : nil,
      rmsNormEpsilon: Float(try number("llama.attention.layer_norm_rms_epsilon")),
      tiesEmbeddings: !file.names.contains("output.weight"),
      attentionBias: file.names.contains("blk.0.attn_q.bias"),
      mlpBias: file.names.contains("blk.0.ffn_gate.bias"),
      maximumPositions: try integer("llama.context_length"),
      ropeTheta: has("llama.rope.freq_base") ? try number("llama.rope.freq_base") : 10_000,
      ropeScaling: scaling,
      beginToken: begin == end && file.isOwn ? nil : begin,
      endTokens: [end].compactMap { $0 },
      padToken: try token("padding_token_id"))
    func require(_ holds: Bool, _ key: String, _ expected: String) throws {
      guard holds else { throw invalid(key, expected, file.metadata[key] ?? .string("none")) }
    }
    try require(
      configuration.ropeTheta > 1 && configuration.ropeTheta.isFinite, "llama.rope.freq_base", "above 1")
    if case .linear(let factor) = scaling {
      try require(factor >= 1 && factor.isFinite, "llama.rope.scaling.factor", "at least 1")
    }
    try require(
      try !has("llama.rope.dimension_count")
        || integer("llama.rope.dimension_count") == configuration.headDimension,
      "llama.rope.dimension_count", "the size of a head, \(configuration.headDimension)")
    try require(!has("llama.attention.sliding_window"), "llama.attention.sliding_window", "none")
    try configuration.validate(file: file.name)
    return configuration
  }

  /// Writes `model` and its tokenizer so that llama.cpp loads and runs them. See `GGUFFormat` for the types.
  ///
  /// - Parameters:
  ///   - place: what errors call the file.
  ///   - statements: further texts of the header, such as `general.license`.
  /// - Throws: `LanguageModelError` for what the format cannot say, `WeightsError`, `FileError`.
  public static func save(
    _ model: Transformer, tokenizer: Tokenizer, name: String, format: GGUFFormat, to url: URL, place: String,
    statements: [(key: String, value: String)] = []
  ) throws {
    requireShape(model.adapter == nil, "GGUFModel: the adapter has to be merged before the model is written")
    for parameter in model.parameters where !Kernels.allFinite(parameter.value.buffer) {
      throw LanguageModelError.nonFiniteWeight(file: place, name: parameter.name)
    }
    let configuration = model.configuration
    guard configuration.architecture == .llama else {
      throw LanguageModelError.invalidValue(
        file: place, expected: "a model_type that this program writes as GGUF: llama",
        found: configuration.architecture.rawValue, nextStep: "export to a directory instead")
    }
    func count(_ value: Int) -> GGUFValue { .uint32(UInt32(value)) }
    var metadata: [(key: String, value: GGUFValue)] = [
      ("general.architecture", .string("llama")), ("general.name", .string(name)),
      ("general.file_type", .uint32(format.fileType)),
    ]
    metadata += statements.map { ($0.key, .string($0.value)) }
    metadata += [
      ("llama.vocab_size", count(configuration.vocabularySize)),
      ("llama.context_length", count(configuration.maximumPositions)),
      ("llama.embedding_length", count(configuration.hiddenSize)),
      ("llama.block_count", count(configuration.layerCount)),
      ("llama.feed_forward_length", count(configuration.intermediateSize)),
      ("llama.rope.dimension_count", count(configuration.headDimension)),
      ("llama.rope.freq_base", .float32(Float(configuration.ropeTheta))),
      ("llama.attention.head_count", count(configuration.queryHeadCount)),
      ("llama.attention.head_count_kv", count(configuration.keyValueHeadCount)),
      ("llama.attention.key_length", count(configuration.headDimension)),
      ("llama.attention.value_length", count(configuration.headDimension)),
      ("llama.attention.layer_norm_rms_epsilon", .float32(configuration.rmsNormEpsilon)),
    ]
    switch configuration.ropeScaling {
    case .none: break
    case .linear(let factor):
      metadata += [
        ("llama.rope.scaling.type", .string("linear")),
        ("llama.rope.scaling.factor", .float32(Float(factor))),
      ]
    case .llama3, .yarn:
      throw LanguageModelError.invalidValue(
        file: place, expected: "rotary positions without scaling, or linear ones",
        found: "another kind", nextStep: "export to a directory instead")
    }
    metadata += try GGUFTokenizer.metadata(
      tokenizer, vocabularySize: configuration.vocabularySize, end: configuration.endTokens.first { $0 >= 0 })
    let tensors = try model.parameters.map { parameter in
      guard let stored = GGUFNames.name(of: parameter.name) else {
        throw LanguageModelError.unexpectedTensor(file: place, name: parameter.name)
      }
      let columns = parameter.shape.count == 2 ? parameter.shape[1] : 1
      let type = format.type(of: stored, shape: parameter.shape, layerCount: configuration.layerCount)
      return GGUFWriter.Tensor(stored, shape: parameter.shape, type: type) {
        let values = parameter.value.buffer
        guard let heads = GGUFNames.turnedHeads(of: parameter.name, configuration) else { return values }
        return GGUFNames.reordered(values, heads: heads, columns: columns, toPairs: true)
      }
    }
    try GGUFWriter.write(metadata: metadata, tensors: tensors, to: url)
  }
}

extension GGUFFile {
  /// Whether this program wrote it, with the ledger of its weights.
  var isOwn: Bool { metadata[GGUFModel.ledgerKey] != nil }
}
