import Files
import Foundation
import Kernels
import LanguageModels
import TensorCore
import Testing
import Training

/// Whole runs that train an adapter of the tiny model.
@Suite("LoRA runs", .serialized) struct LoRARunTests {
  private final class Place {
    let url = CheckpointTests.temporaryDirectory()

    /// Writes a base with random weights.
    init() throws {
      let tiny = RunTests.root.appendingPathComponent("Models/tiny")
      var random = SeededRandom(seed: 3)
      var configuration = try ModelConfiguration(reading: tiny.appendingPathComponent("config.json"))
      configuration.layerCount = 2
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      try ModelDirectory.save(
        Transformer(configuration, using: &random), to: base, companions: StoredModel(opening: tiny))
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    var base: URL { url.appendingPathComponent("base") }

    func run(_ name: String, steps: Int, resumes: Bool = false, _ overrides: [String] = []) throws
      -> RunOutcome
    {
      let recipe = """
        method: sft
        model: \(base.path)
        lora: {r: 4, lora_alpha: 8, target_modules: [q_proj, v_proj, down_proj], lora_dropout: 0.1}
        dataset: {task: finance, train: 60, eval: 4}
        training: {max_steps: \(steps), per_device_train_batch_size: 2, max_length: 256, learning_rate: 2.0e-2,
                   lr_scheduler_type: constant, save_steps: 3, seed: 5, precision: fp32, logging_steps: 1}
        evaluation: {problems: 2, max_new_tokens: 8}
        """
      var options = RunOptions()
      options.output = url.appendingPathComponent(name).path
      options.resumes = resumes
      let reading = try Recipe.parse(
        recipe, file: url.appendingPathComponent("r.yaml").path, overrides: overrides)
      return try TrainingRun(reading, options: options).start()
    }

    func bytes(_ path: String) throws -> Data { try Data(contentsOf: url.appendingPathComponent(path)) }
  }

  @Test func aRunWritesAnAdapterThatOpensAsAModel() throws {
    let place = try Place()
    let before = try place.bytes("base/model.safetensors")
    let first = try place.run("short", steps: 1).metrics["loss"] ?? 0
    let outcome = try place.run("run", steps: 12)
    #expect((outcome.metrics["loss"] ?? 9) < first - 0.1)
    let output = place.url.appendingPathComponent("run")
    let names = Set(try FileManager.default.contentsOfDirectory(atPath: output.path))
    #expect(names.contains("adapter_config.json") && names.contains("adapter_model.safetensors"))
    #expect(!names.contains("model.safetensors") && !names.contains("config.json"))
    #expect(try place.bytes("base/model.safetensors") == before)
    // Opened, it is the base with the corrections in its weights.
    let model = try ModelLoader.open(output.path).transformer()
    let base = try ModelDirectory.load(place.base)
    for (a, b) in zip(model.parameters, base.parameters) {
      let isTarget = ["q_proj.weight", "v_proj.weight", "down_proj.weight"].contains { a.name.hasSuffix($0) }
      #expect((a.value.values != b.value.values) == isTarget, "\(a.name)")
    }
    #expect(try ModelLoader.open(output.path).tokenizer().vocabularySize > 256)
    let checkpoint = try ModelLoader.open(output.path + "/checkpoints/checkpoint-0000012").transformer()
    #expect(zip(model.parameters, checkpoint.parameters).allSatisfy { $0.value.values == $1.value.values })
  }

  @Test func aResumedRunGivesTheSameBits() throws {
    let place = try Place()
    _ = try place.run("whole", steps: 6)
    // The last update of 6 is made twice: from the checkpoint of step 3 on.
    _ = try place.run("parts", steps: 6)
    let checkpoints = place.url.appendingPathComponent("parts/checkpoints")
    try FileManager.default.removeItem(at: checkpoints.appendingPathComponent("checkpoint-0000006"))
    try FileManager.default.removeItem(
      at: place.url.appendingPathComponent("parts/adapter_model.safetensors"))
    #expect(try place.run("parts", steps: 6, resumes: true).steps == 6)
    let file = "adapter_model.safetensors"
    #expect(try place.bytes("parts/\(file)") == place.bytes("whole/\(file)"))
    let other = try place.run("other", steps: 6, ["training.seed=6"])
    #expect(other.steps == 6)
    #expect(try place.bytes("other/\(file)") != place.bytes("whole/\(file)"))
  }

  @Test func anAdapterOfAnAdapterOrOfNothingIsRefused() throws {
    let place = try Place()
    _ = try place.run("run", steps: 1)
    let config = place.url.appendingPathComponent("run/adapter_config.json")
    func open(naming base: JSONValue) throws -> LanguageModelError? {
      guard case .object(var object) = try JSONValue(contentsOf: config) else { return nil }
      object["base_model_name_or_path"] = base
      try Data(JSONValue.object(object).text().utf8).write(to: config)
      return #expect(throws: LanguageModelError.self) {
        try ModelLoader.open(place.url.appendingPathComponent("run").path)
      }
    }
    // What such a run wrote could not be opened: it does not begin.
    let second = #expect(throws: LanguageModelError.self) {
      try place.run("second", steps: 1, ["model=\(place.url.path)/run"])
    }
    #expect(second?.exitCode == .badData && second?.description.contains("export") == true)
    #expect(!FileManager.default.fileExists(atPath: place.url.path + "/second"))
    // Of itself, of nothing, of a place that is not there.
    #expect(try open(naming: .string(place.url.path + "/run"))?.exitCode == .badData)
    #expect(try open(naming: .null)?.expected == "the key base_model_name_or_path")
    #expect(try open(naming: "/nowhere/model") == .noModel(path: "/nowhere/model"))
  }

  @Test(arguments: [
    ("lora={r: 0}", "lora.r from 1 to 1024"), ("lora={target_modules: []}", "lora.target_modules"),
    ("lora={lora_dropout: 1.0}", "lora.lora_dropout"),
    ("lora={lora_dropout: 0.99999999}", "lora.lora_dropout"),
    ("lora={lora_alpa: 4}", "did you mean lora_alpha?"),
    ("lora={lora_alpha: x}", "a finite number for lora.lora_alpha"),
    ("lora={target_modules: [query]}", "target_modules of down_proj"),
    ("model={init: {from: Models/tiny}}", "lora only beside a model with weights"),
    ("model=Models/tiny", "weights for the adapter to correct"),
  ]) func whatIsWrongIsNamed(override: String, message: String) throws {
    let place = try Place()
    let error = #expect(throws: (any Error).self) { try place.run("run", steps: 1, [override]) }
    let text = (error as? any Diagnostic)?.description ?? "no diagnostic"
    #expect(text.contains(message), "\(text)")
    #expect(!FileManager.default.fileExists(atPath: place.url.path + "/run"))
  }

  @Test func aPlanCountsWhatIsTrained() throws {
    let place = try Place()
    let recipe = """
      method: sft
      model: \(place.base.path)
      lora: {r: 4, target_modules: [down_proj], lora_dropout: 0.1}
      dataset: {task: finance, train: 20, eval: 2}
      training: {max_steps: 2, per_device_train_batch_size: 1}
      """
    let plan = try RunPlan(Recipe.parse(recipe, file: "r.yaml"), probeSteps: 1)
    let shape = try ModelConfiguration(reading: place.base.appendingPathComponent("config.json"))
    let trained = 2 * 4 * (shape.intermediateSize + shape.hiddenSize)
    #expect(plan.trainedParameterCount == trained && plan.parameterCount == shape.parameterCount)
    #expect(plan.memory.gradients == 4 * trained && plan.memory.moments == 8 * trained)
  }

  @Test func theFlatKeysOfTRLAreRead() throws {
    let text = """
      method: sft
      model: Models/tiny
      lora_r: 16
      lora_alpha: 32
      lora_dropout: 0.05
      lora_target_modules: [q_proj]
      dataset: {task: finance}
      max_steps: 1
      """
    let lora = try Recipe.parse(text, file: "r.yaml").recipe.lora?.settings
    #expect(lora == LowRankSettings(rank: 16, alpha: 32, targetModules: ["q_proj"], dropout: 0.05))
    #expect(try Recipe.parse(text.replacing("lora_", with: "#lora_"), file: "r.yaml").recipe.lora == nil)
  }
}
