import Files
import Foundation
import Kernels
import LanguageModels
import TensorCore
import Testing
import Text
import Training

/// Runs whose model is cut out of a larger one at their start.
@Suite("Students made by recipes", .serialized) struct StudentRunTests {
  private final class Place {
    let url = CheckpointTests.temporaryDirectory()

    /// Writes a base with random weights: 3 layers, hidden 64, 160 neurons, 4 heads, 2048 tokens.
    init() throws {
      let tiny = RunTests.root.appendingPathComponent("Models/tiny")
      var random = SeededRandom(seed: 3)
      var configuration = try ModelConfiguration(reading: tiny.appendingPathComponent("config.json"))
      let tokens = try StoredModel(opening: RunTests.root.appendingPathComponent("Models/student-750k"))
      configuration.layerCount = 3
      configuration.vocabularySize = try tokens.tokenizer().vocabularySize
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      try ModelDirectory.save(
        Transformer(configuration, using: &random), to: base, companions: tokens)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    var base: URL { url.appendingPathComponent("base") }

    func reading(
      _ method: String, _ student: String, steps: Int = 2, _ more: String = "", overrides: [String] = []
    ) throws -> Recipe.Reading {
      let recipe = """
        method: \(method)
        model: {init: {from: \(base.path), \(student)}}
        dataset: {task: finance, languages: [en], train: 24, eval: 4}
        training: {max_steps: \(steps), per_device_train_batch_size: 2, max_length: 512, learning_rate: 1.0e-3,
                   lr_scheduler_type: constant, save_steps: 3, seed: 5, precision: fp32, logging_steps: 1}
        evaluation: {problems: 2, max_new_tokens: 8}
        \(more)
        """
      return try Recipe.parse(
        recipe, file: url.appendingPathComponent("r.yaml").path, overrides: overrides)
    }

    func run(_ name: String, _ reading: Recipe.Reading, resumes: Bool = false) throws -> RunOutcome {
      var options = RunOptions()
      options.output = url.appendingPathComponent(name).path
      options.resumes = resumes
      return try TrainingRun(reading, options: options).start()
    }

    func bytes(_ path: String) throws -> Data { try Data(contentsOf: url.appendingPathComponent(path)) }
  }

  private static let small = """
    prune: {num_hidden_layers: 2, hidden_size: 32, intermediate_size: 96, num_attention_heads: 2, calibration: 4},
    vocabulary: {size: 900}
    """

  @Test func aRunTrainsAndSavesTheStudent() throws {
    let place = try Place()
    let reading = try place.reading("sft", Self.small, steps: 12)
    let first = try place.run("first", place.reading("sft", Self.small, steps: 1)).metrics["loss"] ?? 0
    let outcome = try place.run("run", reading)
    #expect((outcome.metrics["loss"] ?? 99) < first)
    let output = try StoredModel(opening: place.url.appendingPathComponent("run"))
    let (configuration, tokenizer) = (try output.configuration(), try output.tokenizer())
    #expect(configuration.layerCount == 2 && configuration.hiddenSize == 32)
    #expect(configuration.queryHeadCount == 2 && configuration.keyValueHeadCount == 1)
    #expect(configuration.vocabularySize == 900 && tokenizer.vocabularySize == 900)
    #expect(try output.transformer().parameterCount == configuration.parameterCount)
    // The ends of a turn have other numbers, the same in all files.
    let end = try ModelTemplate(of: tokenizer).endID(tokenizer)
    #expect(configuration.endTokens == [end] && tokenizer.token(end) == "<|im_end|>")
    #expect(
      try String(decoding: place.bytes("run/generation_config.json"), as: UTF8.self).contains("\(end)"))
    // Another run goes on from there.
    let next = try Recipe.parse(
      "method: sft\nmodel: \(output.place.path)\ndataset: {task: finance, train: 9, eval: 1}\n"
        + "training: {max_steps: 1, per_device_train_batch_size: 1, max_length: 512}\nevaluation: {problems: 0}",
      file: "next.yaml")
    #expect(try place.run("next", next).steps == 1)
  }

  @Test func aResumedRunGivesTheSameBits() throws {
    let place = try Place()
    let reading = try place.reading("sft", Self.small, steps: 5)
    _ = try place.run("whole", reading)
    _ = try place.run("parts", reading)
    let parts = place.url.appendingPathComponent("parts")
    for name in ["checkpoints/checkpoint-0000005", "model.safetensors"] {
      try FileManager.default.removeItem(at: parts.appendingPathComponent(name))
    }
    #expect(try place.run("parts", reading, resumes: true).steps == 5)
    for name in ["model.safetensors", "config.json", "tokenizer.json"] {
      #expect(try place.bytes("parts/\(name)") == place.bytes("whole/\(name)"), "\(name)")
    }
    let error = #expect(throws: TrainingError.self) {
      let other = try place.reading(
        "sft", Self.small, steps: 5, overrides: ["model.init.prune.calibration=5"])
      _ = try place.run("parts", other, resumes: true)
    }
    #expect(error?.exitCode == .badData)
  }

  /// With all its parts and some of its tokens, the student says of them what the teacher says, renormalized.
  @Test func aTeacherOfTheWholeVocabularyIsReadOverTheKeptTokens() throws {
    let place = try Place()
    let teacher = "teacher: \(place.base.path)\nobjective: {loss_functions: [{function: forward_kl}]}"
    let reading = try place.reading("logit_distillation", "vocabulary: {size: 900}", steps: 1, teacher)
    #expect(abs(try place.run("same", reading).metrics["kd_loss"] ?? 1) < 1e-5)
    let pruned = try place.run("pruned", place.reading("logit_distillation", Self.small, steps: 2, teacher))
    #expect((pruned.metrics["kd_loss"] ?? 0) > 1e-5)
    // A student on the disk has the teacher's tokens too, which a plan says.
    let text = """
      method: logit_distillation
      model: \(place.url.path)/pruned
      \(teacher)
      dataset: {task: finance, train: 20, eval: 1}
      training: {max_steps: 1, per_device_train_batch_size: 1, max_length: 512, precision: fp32}
      evaluation: {problems: 0}
      """
    let next = try Recipe.parse(text, file: "next.yaml")
    let plan = try RunPlan(next, probeSteps: 1)
    #expect(plan.pair?.contains("900 tokens are a part of the teacher's 2048") == true)
    // Packed, the table of tokens beside it.
    let count = try #require(plan.teacherParameterCount)
    #expect(plan.memory.teacher > 4 * count && plan.memory.teacher < 9 * count)
    #expect(try place.run("next", next).metrics["kd_loss"]?.isFinite == true)
    // The other way round, the teacher lacks tokens.
    let other = try Recipe.parse(
      text, file: "other.yaml", overrides: ["model=\(place.base.path)", "teacher=\(place.url.path)/pruned"])
    let error = #expect(throws: RecipeError.self) { try place.run("other", other) }
    #expect(error?.exitCode == .badData && error?.description.contains("universal_logit") == true)
  }

  @Test func aStudentLearnsFromItsOwnAnswers() throws {
    let place = try Place()
    let more = "teacher: \(place.base.path)\nrollouts: {max_completion_length: 8}"
    let reading = try place.reading("on_policy_distillation", Self.small, steps: 2, more)
    let outcome = try place.run("own", reading)
    #expect(outcome.steps == 2 && outcome.metrics["loss"]?.isFinite == true)
  }

  /// The student is the same each time; what a run starts from is what `models prune` writes.
  @Test func aStudentIsMadeWithoutARun() throws {
    let place = try Place()
    let reading = try place.reading("sft", Self.small, steps: 1, overrides: ["training.learning_rate=1e-30"])
    let student = try PrunedStudent(reading)
    try student.write(to: place.url.appendingPathComponent("made"), type: .float32)
    _ = try place.run("run", reading)
    for name in ["model.safetensors", "config.json", "tokenizer.json", "generation_config.json"] {
      #expect(try place.bytes("made/\(name)") == place.bytes("run/\(name)"), "\(name)")
    }
    #expect(throws: LanguageModelError.self) {
      try student.write(to: place.url.appendingPathComponent("made"), type: .float32)
    }
    // Layers alone: the files of the tokenizer are the base's.
    let layers = try PrunedStudent(place.reading("sft", "prune: {num_hidden_layers: 2, calibration: 2}"))
    #expect(layers.model.configuration.vocabularySize == 2048 && layers.account.layers.count == 2)
    let named = try PrunedStudent(place.reading("sft", "prune: {keep_layers: [0, 1], calibration: 2}"))
    #expect(named.account.layers == [0, 1] && named.model.configuration.layerCount == 2)
    let plain = try Recipe.parse(
      "method: sft\nmodel: m\ndataset: {task: law}\ntraining: {max_steps: 1}", file: "plain.yaml")
    #expect(throws: RecipeError.self) { try PrunedStudent(plain) }
  }

  @Test func aPlanTellsWhatEachStepTakesAway() throws {
    let place = try Place()
    let plan = try RunPlan(place.reading("sft", Self.small), probeSteps: 1)
    let student = try #require(plan.student)
    #expect(
      student.steps.map(\.change) == [
        "vocabulary 2048 → 900", "layers 3 → 2", "hidden size 64 → 32", "neurons of a layer 160 → 96",
        "heads 4 → 2",
      ])
    #expect(student.before.embedding == 2048 * 64 && student.steps[0].after.embedding == 900 * 64)
    #expect(student.after.total == plan.parameterCount)
    #expect(zip(student.steps, student.steps.dropFirst()).allSatisfy { $0.after == $1.before })
    #expect(student.steps.allSatisfy { $0.after.total < $0.before.total })
    #expect(student.summary.contains("\(student.before.total) → \(plan.parameterCount) parameters"))
    #expect(try RunPlan(place.reading("sft", "seed: 1"), probeSteps: 1).student == nil)
  }

  @Test(arguments: [
    ("prune: {num_hidden_layers: 9}", "num_hidden_layers from 1 to the model's 3"),
    ("prune: {hidden_size: 30}", "hidden_size to be a multiple of num_attention_heads 4"),
    ("vocabulary: {size: 100}", "at least"),
  ])
  func sizesThatDoNotFitAreOneLine(student: String, expected: String) throws {
    let place = try Place()
    let error = #expect(throws: (any Error).self) { try place.run("run", place.reading("sft", student)) }
    let diagnostic = try #require(error as? any Diagnostic)
    #expect(diagnostic.expected.contains(expected) && !diagnostic.description.contains("\n"), "\(diagnostic)")
    #expect(diagnostic.exitCode == .badData)
    #expect(!FileManager.default.fileExists(atPath: place.url.path + "/run"))
  }

  @Test func aTextWithAByteThatNoTokenSpellsIsRefused() throws {
    let json = try JSONValue(
      parsing: """
        {"added_tokens": [{"id": 2, "content": "<|endoftext|>", "special": true}], "normalizer": null,
         "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false}, "decoder": {"type": "ByteLevel"},
         "model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "<|endoftext|>": 2, "Ċ": 3}, "merges": []}}
        """, source: "json")
    let tokenizer = try Tokenizer(
      json: json, file: "json", configuration: TokenizerConfiguration(endToken: "<|endoftext|>"))
    let encoder = ExampleEncoder(tokenizer: tokenizer, template: .plain)
    #expect(try encoder.document("ab") == [0, 1, 2])
    let error = TokenizerError.unknownByte(text: "abc", byte: 99)
    #expect(throws: error) { try encoder.document("abc") }
    #expect(throws: error) { try encoder.example(prompt: "ab", completion: "abc") }
    // The template ends the line.
    let asked = TokenizerError.unknownByte(text: "abc\n", byte: 99)
    #expect(throws: asked) { try encoder.prompt("abc") }
    #expect(throws: asked) { try encoder.example([.init(role: "user", content: "abc")]) }
  }

  @Test func aBaseWithoutWeightsIsRefused() throws {
    let reading = try Recipe.parse(
      "method: sft\nmodel: {init: {from: Models/tiny, prune: {num_hidden_layers: 1}}}\n"
        + "dataset: {task: law, train: 4, eval: 1}\ntraining: {max_steps: 1}",
      file: RunTests.root.appendingPathComponent("r.yaml").path)
    let error = #expect(throws: TrainingError.self) { try RunPlan(reading, probeSteps: 1) }
    #expect(error?.expected == "weights to make a student of")
  }

  @Test(arguments: [
    ("{init: {config: {model_type: llama}, vocabulary: {size: 9}}}", "sft", "only beside from"),
    ("{init: {from: m, prune: {calibration: 4}}}", "sft", "another size of the student"),
    ("{init: {from: m, prune: {layers: 4}}}", "sft", "a key of model.init.prune"),
    ("{init: {from: m, vocabulary: {size: 0}}}", "sft", "from 1 to"),
    ("{init: {from: m, vocabulary: {}}}", "grpo", "make the student first"),
    ("{init: {from: m, vocabulary: {}}}\nlora: {r: 2}", "sft", "made by prune or vocabulary"),
  ])
  func aRecipeThatMakesNoSenseIsRefused(model: String, method: String, expected: String) {
    let text = """
      method: \(method)
      model: \(model)
      dataset: {task: law}
      training: {max_steps: 1, per_device_train_batch_size: 8}
      """
    let error = RecipeTests.error(text)
    #expect(error?.expected.contains(expected) == true, "\(String(describing: error))")
  }

  @Test func theResolvedRecipeReadsBackToItself() throws {
    let place = try Place()
    for student in [Self.small, "vocabulary: {}", "prune: {hidden_size: 8}, seed: 4", "seed: 4"] {
      let recipe = try place.reading("sft", student).recipe
      #expect(try Recipe.parse(recipe.yaml, file: "again.yaml").recipe == recipe)
      #expect(recipe.model.directory == place.base.path)
    }
    let seeds = try ["seed: 4", "seed: 5"].map {
      try place.reading("sft", "vocabulary: {}, \($0)").recipe.identity
    }
    #expect(seeds[0] != seeds[1])
  }

  /// Of SmolLM2-135M; the student that is taught and the one that learns from records alone are the same.
  @Test(arguments: ["overruling", "sharc", "failuresensoriq", "ai4i", "korean_statutes"])
  func bundledStudentsAreAsSmallAsTheySay(set: String) throws {
    let model = ModelConfiguration(
      vocabularySize: 49_152, hiddenSize: 576, intermediateSize: 1536, layerCount: 30, queryHeadCount: 9,
      keyValueHeadCount: 3)
    #expect(model.parameterCount == 134_515_008)
    func recipe(_ name: String) throws -> Recipe {
      try Recipe.read(
        file: RunTests.root.path + "/Models/smollm2-135m/recipes/\(set)-real-\(name).yaml"
      ).recipe
    }
    let teacher = try recipe("teacher")
    for (size, limit) in [("", 40_000_000), ("-20m", 20_000_000)]
    where size.isEmpty || set == "overruling" {
      let (student, plain) = (try recipe("student" + size), try recipe("plain" + size))
      #expect(student.method == .logitDistillation && plain.method == .sft)
      #expect(student.model == plain.model && student.training == plain.training)
      #expect(student.model.directory == student.teacher?.directory)
      #expect(student.model.directory == "runs/" + (teacher.name ?? ""))
      let shape = try #require(student.model.prune).shape
      var smaller = try #require(try shape.steps(from: model, place: set).last).configuration
      smaller.vocabularySize = try #require(student.model.vocabulary?.size)
      #expect(smaller.parameterCount <= limit && smaller.parameterCount > limit * 9 / 10)
      for recipe in [teacher, student, plain] {
        #expect(recipe.dataset.trainCount == 1200 && recipe.training.maxLength == 384)
      }
    }
  }
}
