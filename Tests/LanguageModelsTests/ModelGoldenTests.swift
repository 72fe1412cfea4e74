import Files
import Foundation
import GoldenVectors
import Kernels
import LanguageModels
import TensorCore
import Testing
import Weights

/// Whole models with random weights, held against transformers.
@Suite("Golden models") struct ModelGoldenTests {
  /// The folders below `models` of the golden set.
  static let folders: [String] = {
    let found = try? FileManager.default.contentsOfDirectory(atPath: Golden.url("models").path)
    return (found ?? []).filter { Golden.has("models/\($0)/config.json") }.sorted()
  }()

  static let implemented: [String] = folders.filter { folder in
    let type = (try? Golden.json("models/\(folder)/config.json"))?["model_type"]?.string ?? ""
    return ArchitectureName(rawValue: type) != nil
  }

  @Test func reportsWhatIsLeftOut() {
    let others = ["deepseek_v3", "mixtral", "qwen3_moe"]
    for folder in Set(Self.folders).subtracting(Self.implemented).union(others).sorted() {
      GoldenRegistry.skip("models/\(folder)", cases: 1, reason: "this architecture is not implemented")
    }
    #expect(!Self.implemented.isEmpty)
  }

  @Test(arguments: implemented) func matchesTransformers(folder: String) throws {
    let golden = try GoldenModel(folder)
    let model = try ModelDirectory.load(golden.directory)
    let counted = try Golden.json("models/\(folder)/golden.json")["num_parameters"]?.int
    if let counted {
      #expect(model.parameterCount == counted)
      #expect(model.configuration.parameterCount == counted)
    }

    // Logits, hidden states of every layer, loss and gradients of a batch without padding.
    let (tokens, shape) = try golden.tokens("input_ids")
    let lengths = [Int](repeating: shape[1], count: shape[0])
    let positions = lengths.flatMap { (0..<Int32($0)).map { $0 } }
    var layers: [Tensor] = []
    let hidden = model.forward(
      tokens: tokens, positions: positions, spans: .causal(documentLengths: lengths)
    ) { index, states in
      #expect(index == layers.count)
      layers.append(states)
    }
    let logits = model.logits(of: hidden)
    try requireAbsolutelyClose(logits.values, try golden.floats("logits"), 1e-4, "\(folder) logits")
    for (index, states) in layers.enumerated() where golden.has("hidden.\(index)") {
      try requireClose(
        states.values, try golden.doubles("hidden.\(index)"), tolerance: 1e-5, "\(folder) hidden.\(index)")
    }
    if golden.has("labels") { try golden.checkLossAndGradients(model, logits: logits) }
    if golden.has("padded_input_ids") { try golden.checkPaddedBatch(model) }
    if golden.has("generate_prompt") { try golden.checkGreedyText(model) }
    GoldenRegistry.countRun(1)
  }

  @Test(arguments: implemented.filter { Golden.has("models/\($0)/config_v4.json") })
  func readsBothFormsOfTheConfiguration(folder: String) throws {
    let new = try ModelConfiguration(reading: Golden.url("models/\(folder)/config.json"))
    let old = try ModelConfiguration(reading: Golden.url("models/\(folder)/config_v4.json"))
    #expect(new == old)
  }

  /// transformers 4 keeps the rotary settings at the top, 5 in `rope_parameters`.
  @Test(arguments: implemented) func readsTheOldKeysOfPositions(folder: String) throws {
    let json = try Golden.json("models/\(folder)/config.json")
    guard var object = json.object, let parameters = object["rope_parameters"]?.object else { return }
    var scaling = parameters
    object["rope_parameters"] = nil
    object["rope_theta"] = parameters["rope_theta"]
    scaling["rope_theta"] = nil
    scaling["type"] = scaling["rope_type"]
    scaling["rope_type"] = nil
    object["rope_scaling"] = scaling["type"]?.string == "default" ? .null : .object(scaling)
    #expect(try ModelConfiguration(.object(object)) == ModelConfiguration(json))
  }

  @Test(arguments: implemented) func aWrittenConfigurationReadsAsTheSame(folder: String) throws {
    let read = try ModelConfiguration(reading: Golden.url("models/\(folder)/config.json"))
    #expect(try ModelConfiguration(read.json()) == read)
  }
}

func requireAbsolutelyClose(_ a: [Float], _ b: [Float], _ tolerance: Float, _ label: String) throws {
  try #require(a.count == b.count, "\(label): \(a.count) values, expected \(b.count)")
  let worst = a.indices.max { abs(a[$0] - b[$0]) < abs(a[$1] - b[$1]) } ?? 0
  #expect(
    abs(a[worst] - b[worst]) <= tolerance, "\(label), index \(worst): expected \(b[worst]), found \(a[worst])"
  )
}

/// One folder of the golden set.
struct GoldenModel {
  let folder: String
  let arrays: SafetensorsFile

  init(_ folder: String) throws {
    self.folder = folder
    arrays = try SafetensorsFile(reading: Golden.url("models/\(folder)/golden.safetensors"))
  }

  var directory: URL { Golden.url("models/\(folder)") }
  func has(_ name: String) -> Bool { arrays.contains(name) }
  func floats(_ name: String) throws -> [Float] { try arrays.floats(name) }
  func doubles(_ name: String) throws -> [Double] { try arrays.floats(name).map { Double($0) } }

  func tokens(_ name: String) throws -> (tokens: [Int32], shape: [Int]) {
    (try arrays.integers(name).map { Int32($0) }, try arrays.shape(name))
  }

  /// The loss is the mean over labels, each compared with the logits one position before it.
  func checkLossAndGradients(_ model: Transformer, logits: Tensor) throws {
    let json = try Golden.json("models/\(folder)/golden.json")
    let (labels, shape) = try tokens("labels")
    let shifted = labels.indices.map { ($0 + 1) % shape[1] == 0 ? -100 : labels[$0 + 1] }
    let loss = crossEntropy(logits, labels: shifted)
    let expected = try #require(json["loss_from_float64_log_softmax"]?.double ?? json["loss"]?.double)
    try requireClose(Double(loss.item), expected, tolerance: 1e-5, "\(folder) loss")
    loss.backward()
    for parameter in model.parameters {
      let gradient = try #require(parameter.gradient, "\(parameter.name) has no gradient")
      let norm = Kernels.sumOfSquares(gradient).squareRoot()
      if let expected = json["grad_l2_norms"]?[parameter.name]?.double {
        try requireClose(norm, expected, tolerance: 1e-4, "\(folder) norm of grad.\(parameter.name)")
      }
      if has("grad.\(parameter.name)") {
        try requireClose(
          gradient.array(), try doubles("grad.\(parameter.name)"), tolerance: 1e-4,
          "\(folder) grad.\(parameter.name)")
      }
    }
  }

  /// A left-padded batch: padding sees nothing and is seen by nothing.
  func checkPaddedBatch(_ model: Transformer) throws {
    let (tokens, shape) = try tokens("padded_input_ids")
    let mask = try self.tokens("padded_attention_mask").tokens
    let positions = try self.tokens("padded_position_ids").tokens
    let padding = (0..<shape[0]).map { row in
      (0..<shape[1]).count { mask[row * shape[1] + $0] == 0 }
    }
    let spans = AttentionSpans(
      firstKey: tokens.indices.map { Int32($0 / shape[1] * shape[1] + padding[$0 / shape[1]]) },
      endKey: tokens.indices.map { mask[$0] == 0 ? 0 : Int32($0 + 1) })
    let logits = withoutGradient {
      model.logits(of: model.forward(tokens: tokens, positions: positions, spans: spans)).values
    }
    let expected = try floats("padded_logits")
    let width = expected.count / tokens.count
    let kept = expected.indices.filter { mask[$0 / width] == 1 }
    try requireAbsolutelyClose(
      kept.map { logits[$0] }, kept.map { expected[$0] }, 1e-4, "\(folder) padded logits")
  }

  /// 24 greedy tokens by cached decoding, and the logits they were chosen from.
  func checkGreedyText(_ model: Transformer) throws {
    let prompt = try tokens("generate_prompt").tokens
    let expected = try tokens("generate_ids").tokens
    let vocabulary = model.configuration.vocabularySize
    let result = try Generator(model, weights: .fp32).generate(
      [GenerationRequest(prompt: prompt, maximumNewTokens: expected.count)],
      recording: SignalRecording(k: vocabulary))[0]
    try requireEqual(result.tokens, expected, "\(folder) greedy tokens")
    guard has("generate_logits"), let signals = result.signals else { return }
    // Log-probabilities are logits up to a constant of the row.
    let reference = Kernels.topLogProbabilities(
      Buffer(try floats("generate_logits")), columns: vocabulary, k: vocabulary, temperature: 1)
    try requireAbsolutelyClose(
      signals.logProbabilities, reference.values, 1e-4, "\(folder) log-probabilities while generating")
  }
}
