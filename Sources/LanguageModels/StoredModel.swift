import Files
import Foundation
import Kernels
import Text
import Weights

/// A model as it lies on the disk, opened: a Hugging Face directory, or a GGUF file whose header has been read; with the
/// adapter that corrects it, where one was named.
public struct StoredModel: Sendable {
  private enum Form: Sendable {
    case directory
    case gguf(GGUFFile)
  }

  /// The directory or the file.
  public let place: URL
  private let form: Form
  private var adapter: AdapterDirectory?
  /// Whether the weights are a base's, corrected by an adapter.
  public var isCorrected: Bool { adapter != nil }

  /// - Throws: `LanguageModelError.noModel` when nothing is there; `WeightsError` for a malformed GGUF file.
  public init(opening place: URL) throws {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: place.path, isDirectory: &isDirectory) else {
      throw LanguageModelError.noModel(path: place.path)
    }
    self.place = place
    if isDirectory.boolValue {
      form = .directory
    } else if place.pathExtension == "gguf" {
      form = .gguf(try GGUFFile(reading: place))
    } else {
      throw LanguageModelError.noModel(path: place.path)
    }
  }

  /// The same model, corrected by `adapter`.
  ///
  /// - Throws: `LanguageModelError.invalidValue` for an adapter of an adapter: merge the first by export.
  public func corrected(by adapter: AdapterDirectory) throws -> StoredModel {
    guard self.adapter == nil else {
      throw LanguageModelError.invalidValue(
        file: adapter.directory.path, expected: "an adapter of a model", found: "one of an adapter",
        nextStep: "export the first adapter's model and name that")
    }
    var model = self
    model.adapter = adapter
    return model
  }

  /// Whether there are weights, and not a configuration alone.
  public var hasWeights: Bool {
    if case .gguf = form { return true }
    return ["model.safetensors", "model.safetensors.index.json"].contains {
      FileManager.default.fileExists(atPath: place.appendingPathComponent($0).path)
    }
  }

  /// A GGUF file, whatever its name.
  public init(readingGGUF file: URL) throws {
    place = file
    form = .gguf(try GGUFFile(reading: file))
  }

  public var hasTokenizer: Bool {
    if case .gguf = form { return true }
    return FileManager.default.fileExists(atPath: tokenizerPlace)
  }

  /// The file that holds the tokenizer, for messages.
  public var tokenizerPlace: String {
    if case .gguf = form { return place.path }
    return place.appendingPathComponent("tokenizer.json").path
  }

  public func configuration() throws -> ModelConfiguration {
    switch form {
    case .directory: try ModelConfiguration(of: place)
    case .gguf(let file): try GGUFModel.configuration(file)
    }
  }

  private func weights() throws -> any WeightSource {
    switch form {
    case .directory: try DirectoryWeights(place)
    case .gguf(let file): try GGUFWeights(file)
    }
  }

  /// SHA-256 of the weights: of the file, or of the list of digests where there are several; with an adapter, its
  /// tensors' and its scale are in the list.
  ///
  /// - Throws: `FileError` for a file that cannot be read.
  public func weightsFingerprint() throws -> String {
    func weights(in directory: URL) throws -> [String] {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
      return try names.filter { $0.hasSuffix(".safetensors") }.sorted().map {
        try Fingerprint.sha256(file: directory.appendingPathComponent($0))
      }
    }
    var digests: [String]
    switch form {
    case .directory: digests = try weights(in: place)
    case .gguf: digests = [try Fingerprint.sha256(file: place)]
    }
    // Alpha, rank and rsLoRA enter the merged weights as this one factor; what else the adapter's configuration says
    // has to agree with the tensors.
    if let adapter { digests += try weights(in: adapter.directory) + ["scale \(adapter.settings.scale)"] }
    return digests.count == 1 ? digests[0] : Fingerprint.sha256(Array(digests.joined().utf8))
  }

  /// What its answers depend on beside the questions and the template: digests of weights, an adapter's among them,
  /// configuration (where answers end, too) and tokenizer.
  ///
  /// - Throws: `FileError` for weights that cannot be read.
  public func identity(_ configuration: ModelConfiguration, _ tokenizer: Tokenizer) throws -> JSONObject {
    JSONObject([
      ("weights", .string(try weightsFingerprint())),
      ("configuration", .string(Fingerprint.sha256(Array(configuration.json().text().utf8)))),
      ("tokenizer", .string(tokenizer.fingerprint)),
    ])
  }

  /// What a GGUF file says under `key`, such as `general.license`; nil for a directory and for what is no text.
  public func statement(_ key: String) -> String? {
    guard case .gguf(let file) = form, case .string(let text)? = file.metadata[key] else { return nil }
    return text
  }

  /// The model with its weights in fp32, an adapter merged into them.
  ///
  /// - Throws: a one-line diagnostic for a missing or malformed file, a tensor that is missing, left over or of another
  ///   shape, a weight that is not finite; as `AdapterDirectory.attach`.
  public func transformer() throws -> Transformer {
    let model = try weights().transformer()
    guard let adapter else { return model }
    try adapter.attach(to: model)
    model.mergeAdapter()
    for parameter in model.parameters { parameter.requiresGradient = true }
    return model
  }

  /// The model for decoding, or to teach.
  func packed(
    _ format: DecodingFormat, cache: CachePrecision, contextLength: Int
  ) throws -> PackedTransformer {
    guard adapter != nil else {
      return try weights().packed(format, cache: cache, contextLength: contextLength)
    }
    // An adapter is merged in fp32.
    let model = try transformer()
    try format.requireFit(model.configuration)
    return PackedTransformer(model, format: format, cache: cache, contextLength: contextLength)
  }

  /// - Throws: `FileError` for a directory without one, `TokenizerError`, `LanguageModelError`.
  public func tokenizer() throws -> Tokenizer {
    switch form {
    case .directory: try Tokenizer.load(place)
    case .gguf(let file): try GGUFTokenizer.tokenizer(file)
    }
  }

  /// Writes the tokenizer's files into `folder`: those of the directory as they are, those of a GGUF file anew.
  public func writeTokenizer(to folder: URL) throws {
    switch form {
    case .directory:
      for name in ModelDirectory.companionFiles {
        let source = place.appendingPathComponent(name)
        guard FileManager.default.fileExists(atPath: source.path) else { continue }
        try AtomicFile.write(readFile(source), to: folder.appendingPathComponent(name))
      }
    case .gguf(let file): try GGUFTokenizer.tokenizer(file).save(to: folder)
    }
  }
}
