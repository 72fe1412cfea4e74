import Files
import Foundation
import Kernels
import TensorCore
import Weights

/// A model in the layout of Hugging Face: config.json, weights, and what belongs to its tokenizer.
public enum ModelDirectory {
  /// The files that belong to a model and that this layer copies as they are.
  public static let companionFiles = [
    "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "chat_template.jinja",
  ]

  /// Reads config.json and the safetensors file or shards of `directory`.
  ///
  /// Weights of F32, BF16 and F16 become fp32. Throws a one-line diagnostic for a missing or malformed file, a
  /// tensor that is missing, left over or of another shape, and a weight that is not finite.
  public static func load(_ directory: URL) throws -> Transformer {
    try DirectoryWeights(directory).transformer()
  }

  /// Writes `model` so that transformers loads it: under a temporary name first, which is then renamed, so that
  /// `directory` is whole or absent even when the program is killed.
  ///
  /// - Parameters:
  ///   - type: F32, BF16 or F16; the two short ones round to the nearest.
  ///   - companions: the model whose tokenizer is written along.
  ///   - extraFiles: further files, by name.
  ///   - overwrite: replaces an existing directory.
  /// - Throws: `LanguageModelError.exists`, `FileError`, or what the weights' writer throws.
  public static func save(
    _ model: Transformer, to directory: URL, type: TensorType = .float32, companions: StoredModel? = nil,
    extraFiles: [String: Data] = [:], overwrite: Bool = false
  ) throws {
    try write(to: directory, overwrite: overwrite) { temporary in
      try fill(
        temporary, with: model, type: type, companions: companions, place: directory.path)
      for (name, content) in extraFiles.sorted(by: { $0.key < $1.key }) {
        try AtomicFile.write(content, to: temporary.appendingPathComponent(name))
      }
    }
  }

  /// Writes the files of `model` into `directory`, which exists; see `save`. Errors call it `place`.
  public static func fill(
    _ directory: URL, with model: Transformer, type: TensorType, companions: StoredModel? = nil,
    place: String? = nil
  ) throws {
    requireShape(
      model.adapter == nil, "ModelDirectory: the adapter has to be merged before the model is written")
    for parameter in model.parameters where !Kernels.allFinite(parameter.value.buffer) {
      throw LanguageModelError.nonFiniteWeight(file: place ?? directory.path, name: parameter.name)
    }
    try model.configuration.write(to: directory, weightsOf: type)
    try model.configuration.writeGenerationTokens(to: directory)
    let tensors = model.parameters.map { parameter in
      StoredTensor(
        parameter.name, shape: parameter.shape, type: type, floats: parameter.value.buffer.array())
    }
    try SafetensorsWriter.write(
      tensors, metadata: ["format": "pt"], to: directory.appendingPathComponent("model.safetensors"))
    try companions?.writeTokenizer(to: directory)
  }

  /// Refuses a directory that holds more than a model: overwriting it would lose what this program did not write.
  ///
  /// - Parameter others: what the program writes beside a model.
  public static func requireModelFilesOnly(_ directory: URL, others: [String] = []) throws {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    let known =
      companionFiles + others + ["config.json", "generation_config.json", "model.safetensors.index.json"]
    if let other = names.first(where: { !known.contains($0) && !$0.hasSuffix(".safetensors") }) {
      throw LanguageModelError.holdsMore(path: directory.path, name: other)
    }
  }

  /// Fills a hidden file beside `file` and renames it when `fill` has returned: `file` is whole or as it was.
  public static func writeFile(
    to file: URL, overwrite: Bool, _ fill: (_ temporary: URL) throws -> Void
  ) throws {
    var isDirectory: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: file.path, isDirectory: &isDirectory)
    if exists, !overwrite || isDirectory.boolValue { throw LanguageModelError.exists(path: file.path) }
    let tag = "\(ProcessInfo.processInfo.processIdentifier)-\(UInt32.random(in: 0...UInt32.max))"
    let temporary = file.standardizedFileURL.deletingLastPathComponent()
      .appendingPathComponent(".\(file.lastPathComponent).\(tag).partial")
    do {
      try fill(temporary)
      guard rename(temporary.path, file.path) == 0 else {
        throw FileError.cannotWrite(path: file.path, reason: String(cString: strerror(errno)))
      }
    } catch {
      try? FileManager.default.removeItem(at: temporary)
      throw error
    }
  }

  /// Fills a hidden directory beside `directory` and renames it when `fill` has returned.
  ///
  /// An old directory is moved aside before and removed after; when anything fails it stays, and the hidden one goes.
  public static func write(
    to directory: URL, overwrite: Bool, _ fill: (_ temporary: URL) throws -> Void
  ) throws {
    let files = FileManager.default
    let exists = files.fileExists(atPath: directory.path)
    if exists && !overwrite { throw LanguageModelError.exists(path: directory.path) }
    let parent = directory.standardizedFileURL.deletingLastPathComponent()
    let tag = "\(ProcessInfo.processInfo.processIdentifier)-\(UInt32.random(in: 0...UInt32.max))"
    let temporary = parent.appendingPathComponent(".\(directory.lastPathComponent).\(tag).partial")
    do {
      try files.createDirectory(at: temporary, withIntermediateDirectories: true)
    } catch {
      throw FileError.cannotWrite(path: directory.path, reason: error.localizedDescription)
    }
    do {
      try fill(temporary)
      try replaceDirectory(directory, with: temporary)
    } catch {
      try? files.removeItem(at: temporary)
      throw error
    }
  }
}

extension ModelConfiguration {
  /// Writes generation_config.json into `directory`: the tokens that start, end and fill.
  public func writeGenerationTokens(to directory: URL) throws {
    let full = json()
    let tokens: JSONValue = [
      "bos_token_id": full["bos_token_id"] ?? nil,
      "eos_token_id": full["eos_token_id"] ?? nil,
      "pad_token_id": full["pad_token_id"] ?? nil,
    ]
    try AtomicFile.write(
      tokens.text(isPretty: true) + "\n", to: directory.appendingPathComponent("generation_config.json"))
  }
}
