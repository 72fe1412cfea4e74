import Files
import Foundation
import Kernels
import TensorCore
import Weights

/// A LoRA adapter as PEFT keeps it: `adapter_config.json` and `adapter_model.safetensors`.
public struct AdapterDirectory: Sendable {
  public static let configurationFile = "adapter_config.json"
  public static let weightsFile = "adapter_model.safetensors"
  /// The key of the weights' metadata that holds `Transformer.fingerprint`; adapters of other programs have none.
  private static let fingerprintKey = "base_fingerprint"

  public let directory: URL
  public let settings: LowRankSettings
  /// What the adapter was trained on: a path or a name; nil when the file does not say.
  public let baseModel: String?

  /// Whether `directory` holds an adapter and no model of its own.
  public static func exists(in directory: URL) -> Bool {
    func has(_ name: String) -> Bool {
      FileManager.default.fileExists(atPath: directory.appendingPathComponent(name).path)
    }
    return has(configurationFile) && !has("config.json")
  }

  /// Reads the configuration.
  ///
  /// - Throws: `LanguageModelError` for a kind of adapter that this program does not have, and settings out of range.
  public init(reading directory: URL) throws {
    let file = directory.appendingPathComponent(Self.configurationFile)
    let json = try JSONValue(contentsOf: file)
    guard let object = json.object else {
      throw LanguageModelError.invalidValue(
        file: file.path, expected: "an object", found: json.kind, nextStep: "save the adapter again")
    }
    let keys = TypedKeys(file: file.path, object: object)
    func refuse(_ key: String, _ expected: String, unless holds: Bool) throws {
      guard !holds else { return }
      throw LanguageModelError.invalidValue(
        file: file.path, expected: "\(key) \(expected)", found: object[key]?.text() ?? "none",
        nextStep: "this kind of adapter is not implemented")
    }
    try refuse("peft_type", "LORA", unless: try keys.string("peft_type") == "LORA")
    try refuse("bias", "none", unless: try keys.string("bias") ?? "none" == "none")
    for key in ["use_dora", "lora_bias", "use_qalora"] {
      try refuse(key, "false", unless: try keys.bool(key) != true)
    }
    for key in [
      "modules_to_save", "layers_to_transform", "layer_replication", "rank_pattern", "alpha_pattern",
      "target_parameters", "trainable_token_indices", "exclude_modules",
    ] {
      let value = keys.value(key)
      let isEmpty = value?.array?.isEmpty == true || value?.object?.keys.isEmpty == true
      try refuse(key, "null or empty", unless: value == nil || isEmpty)
    }
    // The others change the base's own weights, and are right beside those alone.
    if let start = keys.value("init_lora_weights"), let name = start.string,
      !["gaussian", "eva", "orthogonal"].contains(name)
    {
      throw LanguageModelError.invalidValue(
        file: file.path,
        expected: "an adapter of the base's own weights (init_lora_weights true, false, gaussian, eva or "
          + "orthogonal)", found: "\"\(name)\"",
        nextStep: "save it in PEFT with path_initial_model_for_weight_conversion")
    }
    let named = keys.value("target_modules")
    let targets =
      try named?.array.map { try $0.map(Self.name(file: file.path)) } ?? named?.string.map { [$0] }
    // PEFT reads a single string as a pattern.
    try refuse(
      "target_modules", "a list of names", unless: named?.array != nil || named?.string == "all-linear")
    self.directory = directory
    baseModel = try keys.string("base_model_name_or_path")
    settings = LowRankSettings(
      rank: try keys.required("r", keys.integer), alpha: try keys.required("lora_alpha", keys.number),
      targetModules: targets ?? [], dropout: try keys.number("lora_dropout") ?? 0,
      scalesByRootOfRank: try keys.bool("use_rslora") ?? false)
    try settings.validate(file: file.path)
  }

  private static func name(file: String) -> (JSONValue) throws -> String {
    { value in
      guard let text = value.string else {
        throw LanguageModelError.invalidValue(
          file: file, expected: "target_modules of names", found: value.kind,
          nextStep: "save the adapter again")
      }
      return text
    }
  }

  /// Gives `model` this adapter with its weights.
  ///
  /// - Throws: `LanguageModelError.foreignAdapter` when it belongs to another model: a target or a tensor that is
  ///   missing or left over, another shape, other weights than those it was trained on.
  public func attach(to model: Transformer) throws {
    let file = try SafetensorsFile(reading: directory.appendingPathComponent(Self.weightsFile))
    func foreign(_ expected: String, _ found: String) -> LanguageModelError {
      .foreignAdapter(
        path: directory.path, expected: expected, found: found,
        base: baseModel ?? "the model it was trained on")
    }
    let fingerprint = model.fingerprint
    if let trainedOn = file.metadata[Self.fingerprintKey], trainedOn != fingerprint {
      throw foreign("a model with the weights it was trained on", "other weights")
    }
    try settings.requireTargets(in: model, file: configurationPath)
    // All shapes are compared before the adapter takes any memory.
    var left = Set(file.names)
    for (name, shape) in settings.shapes(in: model) {
      guard left.remove(name) != nil else { throw foreign("tensor \(name) \(shape)", "none") }
      let found = try file.shape(name)
      guard found == shape else { throw foreign("tensor \(name) \(shape)", "\(found)") }
    }
    if let name = left.min() { throw foreign("corrections of the model's own layers", name) }
    var unused = SeededRandom(seed: 0)
    try model.attachAdapter(settings, using: &unused, file: configurationPath)
    for parameter in model.trainedParameters {
      let values = try file.buffer(parameter.name)
      guard Kernels.allFinite(values) else {
        throw LanguageModelError.nonFiniteWeight(file: directory.path, name: parameter.name)
      }
      parameter.value = Tensor(parameter.shape, values)
    }
  }

  private var configurationPath: String { directory.appendingPathComponent(Self.configurationFile).path }

  /// Writes the adapter of `model` into `directory`, which exists, so that PEFT loads it.
  ///
  /// - Parameter baseModel: the path or the name of what it corrects.
  public static func write(_ model: Transformer, baseModel: String, to directory: URL) throws {
    try writeConfiguration(of: model, baseModel: baseModel, to: directory)
    let tensors = model.trainedParameters.map { parameter in
      StoredTensor(parameter.name, shape: parameter.shape, floats: parameter.value.values)
    }
    try SafetensorsWriter.write(
      tensors, metadata: metadata(of: model), to: directory.appendingPathComponent(weightsFile))
  }

  /// What stands beside the tensors.
  public static func metadata(of model: Transformer) -> [String: String] {
    ["format": "pt", fingerprintKey: model.fingerprint]
  }

  /// Writes `adapter_config.json` alone.
  public static func writeConfiguration(
    of model: Transformer, baseModel: String, to directory: URL
  ) throws {
    guard let settings = model.adapter?.settings else { return }
    let json: JSONValue = [
      "alpha_pattern": [:], "base_model_name_or_path": .string(baseModel), "bias": "none",
      "fan_in_fan_out": .bool(model.storesTransposedWeights), "inference_mode": true,
      "init_lora_weights": true,
      "layers_pattern": nil, "layers_to_transform": nil, "lora_alpha": .number("\(settings.alpha)"),
      "lora_dropout": .double(settings.dropout), "modules_to_save": nil, "peft_type": "LORA",
      "r": .int(settings.rank), "rank_pattern": [:], "revision": nil,
      "target_modules": .array(settings.names(in: model).map { .string($0) }), "task_type": "CAUSAL_LM",
      "use_dora": false, "use_rslora": .bool(settings.scalesByRootOfRank),
    ]
    try AtomicFile.write(
      json.text(isPretty: true) + "\n", to: directory.appendingPathComponent(configurationFile))
  }
}

extension Transformer {
  fileprivate var storesTransposedWeights: Bool { linearMaps.contains(where: \.isTransposed) }
}
