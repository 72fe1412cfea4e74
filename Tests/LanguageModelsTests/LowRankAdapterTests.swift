import Files
import Foundation
import GoldenVectors
import Kernels
import LanguageModels
import TensorCore
import Testing
import Weights

@Suite("LoRA") struct LowRankAdapterTests {
  private static let tokens: [Int32] = (0..<24).map { Int32($0 * 29 % 96) }
  private static let settings = LowRankSettings(
    rank: 3, alpha: 6, targetModules: ["q_proj", "v_proj", "down_proj"], dropout: 0.25)

  private static func logits(_ model: Transformer) -> Tensor {
    model.logits(of: model.forward(tokens: tokens, documentLengths: [10, 14]))
  }

  private static func loss(_ model: Transformer) -> Tensor {
    crossEntropy(logits(model), labels: Array(tokens.dropFirst()) + [-100])
  }

  /// The tiny model with an adapter whose B is not zero.
  private static func adapted(_ base: Transformer, _ settings: LowRankSettings = settings) throws
    -> Transformer
  {
    var random = SeededRandom(seed: 9)
    try base.attachAdapter(settings, using: &random)
    for parameter in base.trainedParameters where parameter.name.hasSuffix("lora_B.weight") {
      parameter.value = Tensor(parameter.shape, (0..<parameter.count).map { _ in 0.2 * random.normal() })
    }
    return base
  }

  private static func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lora-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  @Test func atFirstTheModelIsWhatItWas() throws {
    for (model, target) in [
      (try GeneratorTests.tinyModel(), "gate_proj"), (try GPT2Tests.tinyModel(), "c_attn"),
    ] {
      let before = withoutGradient { Self.logits(model).values }
      var random = SeededRandom(seed: 1)
      try model.attachAdapter(LowRankSettings(targetModules: [target], dropout: 0.5), using: &random)
      model.setDropoutSeed(4)
      #expect(withoutGradient { Self.logits(model).values } == before)
      #expect(model.trainedParameters.count == 4)
      #expect(model.parameters.allSatisfy { !$0.requiresGradient })
    }
  }

  /// y = W x + alpha / r · B A x, by plain loops.
  @Test func theCorrectionIsScaledByAlphaOverRank() throws {
    #expect(LowRankSettings(rank: 4, alpha: 8).scale == 2)
    #expect(LowRankSettings(rank: 4, alpha: 8, scalesByRootOfRank: true).scale == 4)
    let model = try GeneratorTests.tinyModel()
    let name = "model.layers.1.mlp.down_proj"
    let weight = try #require(model.parameters.first { $0.name == name + ".weight" })
    let before = weight.value.values
    _ = try Self.adapted(model, LowRankSettings(rank: 2, alpha: 5, targetModules: [name]))
    let (a, b) = (model.trainedParameters[0].value, model.trainedParameters[1].value)
    #expect(a.shape == [2, 40] && b.shape == [24, 2] && model.trainedParameters.count == 2)
    model.mergeAdapter()
    for row in 0..<24 {
      for column in 0..<40 {
        let product = (0..<2).reduce(Float(0)) { $0 + b.values[row * 2 + $1] * a.values[$1 * 40 + column] }
        #expect(
          abs(weight.value.values[row * 40 + column] - before[row * 40 + column] - 2.5 * product) < 1e-6)
      }
    }
  }

  @Test(arguments: ["llama", "gpt2"]) func mergedEqualsUnmerged(family: String) throws {
    let base = family == "llama" ? try GeneratorTests.tinyModel() : try GPT2Tests.tinyModel()
    let before = withoutGradient { Self.logits(base).values }
    let model = try Self.adapted(
      base, LowRankSettings(rank: 3, alpha: 6, targetModules: ["all-linear"]))
    let unmerged = withoutGradient { Self.logits(model).values }
    let prompt = Array(Self.tokens.prefix(9))
    let request = [GenerationRequest(prompt: prompt, maximumNewTokens: 12)]
    let recording = SignalRecording(k: 96)
    let while_ = try Generator(model, weights: .fp32).generate(request, recording: recording)[0]
    #expect((zip(before, unmerged).map { abs($0 - $1) }.max() ?? 0) > 0.05)
    model.mergeAdapter()
    #expect(model.adapter == nil)
    let merged = withoutGradient { Self.logits(model).values }
    let scale = merged.map(abs).max() ?? 1
    #expect((zip(unmerged, merged).map { abs($0 - $1) }.max() ?? 1) <= 1e-5 * max(1, scale))
    // Decoding uses the merged weights either way.
    let after = try Generator(model, weights: .fp32).generate(request, recording: recording)[0]
    #expect(while_.tokens == after.tokens && while_.signals == after.signals)
  }

  /// Central differences of the loss in every element of a few tensors, with dropped inputs and with layers computed
  /// twice. Frozen weights get no gradient.
  @Test(arguments: [false, true]) func gradientsMatchCentralDifferences(recomputes: Bool) throws {
    let model = try Self.adapted(try GeneratorTests.tinyModel())
    model.recomputesLayers = recomputes
    model.setDropoutSeed(77)
    Self.loss(model).backward()
    #expect(model.parameters.allSatisfy { $0.gradient == nil })
    for parameter in model.trainedParameters {
      let gradient = try #require(parameter.gradient, "\(parameter.name)").array()
      var (difference, size) = (0.0, 0.0)
      for index in stride(from: 0, to: parameter.count, by: max(1, parameter.count / 12)) {
        let value = parameter.value.buffer[index]
        let h: Float = 1e-2
        func loss(_ x: Float) -> Double {
          parameter.value.buffer[index] = x
          return withoutGradient { Double(Self.loss(model).item) }
        }
        let numeric = (loss(value + h) - loss(value - h)) / Double(2 * h)
        parameter.value.buffer[index] = value
        difference += (numeric - Double(gradient[index])) * (numeric - Double(gradient[index]))
        size += numeric * numeric + Double(gradient[index]) * Double(gradient[index])
      }
      #expect(difference.squareRoot() <= 1e-2 * size.squareRoot(), "\(parameter.name)")
    }
  }

  @Test func droppedInputsFollowTheSeed() throws {
    let model = try Self.adapted(try GeneratorTests.tinyModel())
    func logits(_ seed: UInt64?) -> [Float] {
      model.setDropoutSeed(seed)
      return withoutGradient { Self.logits(model).values }
    }
    let all = logits(nil)
    #expect(logits(3) == logits(3) && logits(3) != logits(4) && logits(3) != all && logits(nil) == all)
  }

  // MARK: Files

  @Test func theFilesAreThoseOfPEFT() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let model = try Self.adapted(try GeneratorTests.tinyModel())
    try AdapterDirectory.write(model, baseModel: "tiny", to: folder)
    let file = try SafetensorsFile(reading: folder.appendingPathComponent("adapter_model.safetensors"))
    #expect(
      Set(file.names.filter { $0.contains("layers.1") })
        == Set(
          ["self_attn.q_proj", "self_attn.v_proj", "mlp.down_proj"].flatMap { module in
            ["A", "B"].map { "base_model.model.model.layers.1.\(module).lora_\($0).weight" }
          }))
    #expect(try file.shape("base_model.model.model.layers.0.self_attn.v_proj.lora_A.weight") == [3, 24])
    #expect(try file.shape("base_model.model.model.layers.0.self_attn.v_proj.lora_B.weight") == [12, 3])
    #expect(file.metadata["format"] == "pt")
    let json = try JSONValue(contentsOf: folder.appendingPathComponent("adapter_config.json"))
    #expect(json["peft_type"]?.string == "LORA" && json["task_type"]?.string == "CAUSAL_LM")
    #expect(json["r"]?.int == 3 && json["lora_alpha"]?.double == 6 && json["lora_dropout"]?.double == 0.25)
    #expect(json["target_modules"]?.array?.compactMap(\.string) == ["q_proj", "v_proj", "down_proj"])
    #expect(json["base_model_name_or_path"]?.string == "tiny" && json["fan_in_fan_out"]?.bool == false)
    #expect(AdapterDirectory.exists(in: folder))

    let expected = withoutGradient { Self.logits(model).values }
    let again = try GeneratorTests.tinyModel()
    let read = try AdapterDirectory(reading: folder)
    #expect(read.settings == Self.settings && read.baseModel == "tiny")
    try read.attach(to: again)
    #expect(withoutGradient { Self.logits(again).values } == expected)
  }

  /// Whatever scales the correction changes the digest, and nothing else in the configuration does.
  @Test func theDigestOfTheWeightsKnowsTheScale() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let base = try GeneratorTests.tinyModel()
    let weights = folder.appendingPathComponent("model.safetensors")
    try SafetensorsWriter.write(
      base.parameters.map { StoredTensor($0.name, shape: $0.shape, floats: $0.value.values) }, to: weights)
    let place = folder.appendingPathComponent("adapter")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    try AdapterDirectory.write(try Self.adapted(base), baseModel: "tiny", to: place)
    let model = try StoredModel(opening: folder)
    #expect(try model.weightsFingerprint() == Fingerprint.sha256(file: weights))
    let file = place.appendingPathComponent(AdapterDirectory.configurationFile)
    let written = try #require(try JSONValue(contentsOf: file).object)
    func digest(_ changes: [(String, JSONValue)]) throws -> String {
      var object = written
      for (key, value) in changes { object[key] = value }
      try Data(JSONValue.object(object).text().utf8).write(to: file)
      return try model.corrected(by: AdapterDirectory(reading: place)).weightsFingerprint()
    }
    let whole = try digest([])
    let changed = try [("lora_alpha", 7), ("use_rslora", true), ("r", 4)].map { try digest([$0]) }
    #expect(try Set(changed + [whole, model.weightsFingerprint()]).count == 5)
    #expect(
      try digest([
        ("lora_alpha", .number("6.00")), ("lora_dropout", 0), ("base_model_name_or_path", "elsewhere"),
        ("inference_mode", false),
      ]) == whole)
  }

  @Test func allLinearIsWrittenByName() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let model = try Self.adapted(try GPT2Tests.tinyModel(), LowRankSettings(rank: 2))
    try AdapterDirectory.write(model, baseModel: "gpt2", to: folder)
    let json = try JSONValue(contentsOf: folder.appendingPathComponent("adapter_config.json"))
    #expect(json["target_modules"]?.array?.compactMap(\.string) == ["c_attn", "c_fc", "c_proj"])
    #expect(json["fan_in_fan_out"]?.bool == true)
    let again = try GPT2Tests.tinyModel()
    try AdapterDirectory(reading: folder).attach(to: again)
    #expect(again.trainedParameters.map(\.name) == model.trainedParameters.map(\.name))
    #expect(again.trainedParameters.count == 16)
  }

  @Test func anAdapterOfAnotherModelIsRefused() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let model = try Self.adapted(try GeneratorTests.tinyModel())
    try AdapterDirectory.write(model, baseModel: "tiny", to: folder)
    func refused(_ model: Transformer) throws -> LanguageModelError? {
      let adapter = try AdapterDirectory(reading: folder)
      let error = #expect(throws: LanguageModelError.self) { try adapter.attach(to: model) }
      #expect(error?.exitCode == .badData && error?.description.contains("\n") == false)
      #expect(model.adapter == nil)
      return error
    }
    #expect(try refused(GeneratorTests.tinyModel(seed: 2))?.found == "other weights")
    #expect(try refused(GeneratorTests.tinyModel(seed: 2))?.nextStep == "use the adapter with tiny")
    // Without the mark of this program the tensors decide.
    let file = folder.appendingPathComponent("adapter_model.safetensors")
    let tensors = model.trainedParameters.map {
      StoredTensor($0.name, shape: $0.shape, floats: $0.value.values)
    }
    try SafetensorsWriter.write(tensors, to: file)
    try AdapterDirectory(reading: folder).attach(to: GeneratorTests.tinyModel(seed: 2))
    var random = SeededRandom(seed: 3)
    var wide = model.configuration
    wide.hiddenSize = 32
    #expect(try refused(Transformer(wide, using: &random))?.found == "[3, 24]")
    var shallow = model.configuration
    shallow.layerCount = 1
    #expect(try refused(Transformer(shallow, using: &random))?.found.contains("layers.1") == true)
    var deep = model.configuration
    deep.layerCount = 3
    #expect(try refused(Transformer(deep, using: &random))?.found == "none")
    #expect(try refused(GPT2Tests.tinyModel())?.description.contains("c_attn, c_fc, c_proj") == true)
    model.trainedParameters[0].value.buffer[0] = .nan
    try SafetensorsWriter.write(tensors, to: file)
    let same = try GeneratorTests.tinyModel()
    #expect(throws: LanguageModelError.self) { try AdapterDirectory(reading: folder).attach(to: same) }
  }

  @Test(
    arguments: [
      ("peft_type", "IA3", "peft_type LORA"), ("bias", "all", "bias none"),
      ("use_dora", true, "use_dora false"), ("init_lora_weights", "pissa", "base's own weights"),
      ("modules_to_save", ["lm_head"], "modules_to_save null or empty"),
      ("rank_pattern", ["q_proj": 4], "rank_pattern null or empty"),
      ("target_modules", ".*q_proj", "a list of names"),
      ("target_modules", [1], "target_modules of names"),
      ("target_modules", [], "target_modules with a name"),
      ("r", nil, "the key r"), ("r", 0, "r from 1"), ("r", 1_000_000_000, "r from 1"),
      ("lora_alpha", -1, "lora_alpha"),
      ("lora_dropout", 1.5, "lora_dropout"), ("lora_dropout", 0.99999999, "lora_dropout"),
      ("r", "8", "r to be a whole number"),
    ] as [(String, JSONValue?, String)])
  func otherKindsOfAdaptersAreNamed(key: String, value: JSONValue?, message: String) throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let text = """
      {"peft_type": "LORA", "r": 4, "lora_alpha": 8, "target_modules": ["q_proj"], "rank_pattern": {},
       "modules_to_save": null, "base_model_name_or_path": "x", "some_new_key": 3}
      """
    guard case .object(var object) = try JSONValue(parsing: text, source: "test") else { return }
    let file = folder.appendingPathComponent("adapter_config.json")
    try Data(JSONValue.object(object).text().utf8).write(to: file)
    #expect(try AdapterDirectory(reading: folder).settings.rank == 4)
    object[key] = value
    try Data(JSONValue.object(object).text().utf8).write(to: file)
    let error = #expect(throws: LanguageModelError.self) { try AdapterDirectory(reading: folder) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test func unknownTargetsAreNamed() throws {
    let model = try GeneratorTests.tinyModel()
    var random = SeededRandom(seed: 1)
    let error = #expect(throws: LanguageModelError.self) {
      try model.attachAdapter(LowRankSettings(targetModules: ["q_proj", "query"]), using: &random)
    }
    #expect(error?.found == "\"query\"" && error?.expected.contains("down_proj, gate_proj, k_proj") == true)
    #expect(model.adapter == nil && model.parameters.allSatisfy(\.requiresGradient))
  }
}
