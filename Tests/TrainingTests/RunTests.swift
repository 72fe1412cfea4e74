import Corpus
import Evaluation
import Foundation
import Kernels
import LanguageModels
import Testing
import Text
import Training

@Suite(.serialized) struct RunTests {
  /// The repository: the tests' own files are two levels below it.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func recipes() -> [String] {
    let models = root.appendingPathComponent("Models")
    let files = FileManager.default.enumerator(atPath: models.path)?.compactMap { $0 as? String } ?? []
    // Those of `distill` are of another form; ExperimentsTests runs them.
    return files.filter {
      $0.contains("/recipes/") && !$0.contains("/recipes/distill/") && $0.hasSuffix(".yaml")
    }.sorted()
  }

  static func run(_ recipe: String, _ overrides: [String], _ change: (inout RunOptions) -> Void) throws
    -> RunOutcome
  {
    let file = root.appendingPathComponent("Models/" + recipe).path
    var options = RunOptions()
    change(&options)
    return try TrainingRun(try Recipe.read(file: file, overrides: overrides), options: options).start()
  }

  /// Two steps of a recipe on a few examples, whatever its size.
  static let short = [
    "training.max_steps=2", "training.per_device_train_batch_size=1",
    "training.gradient_accumulation_steps=1",
    "training.precision=fp32", "dataset.eval=2", "evaluation.problems=0", "gates={}",
  ]

  @Test(arguments: recipes()) func everyRecipeRunsTwoSteps(recipe: String) throws {
    let output = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: output) }
    let reading = try Recipe.read(file: Self.root.appendingPathComponent("Models/" + recipe).path)
    // A policy needs a model that answers: PolicyRunTests.
    if reading.recipe.method == .grpo { return }
    // A recipe that builds on a model or data which is not in the repository is only decoded.
    let teachers = (reading.recipe.teacher?.members ?? []).map { Optional($0.directory) }
    let models = teachers + [reading.recipe.model.directory]
    let needed =
      models.compactMap { $0 } + [reading.recipe.teacher?.signals].compactMap { $0 }
      + reading.recipe.dataset.paths + reading.recipe.dataset.texts
    guard
      needed.allSatisfy({ FileManager.default.fileExists(atPath: Self.root.appendingPathComponent($0).path) })
    else { return }
    let outcome = try Self.run(recipe, Self.short) { $0.output = output.path }
    #expect(outcome.steps == 2)
    #expect(outcome.metrics["loss"]?.isFinite == true)
    let reloaded = try ModelDirectory.load(output)
    #expect(reloaded.parameterCount > 0)
  }

  @Test(arguments: [("fp32", "float32"), ("bf16", "bfloat16"), ("fp16", "float16")])
  func theConfigurationNamesTheTypeOfTheSavedWeights(precision: String, dtype: String) throws {
    let output = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: output) }
    _ = try Self.run("tiny/recipes/ci.yaml", Self.short + ["training.save_dtype=\(precision)"]) {
      $0.output = output.path
    }
    let text = try String(contentsOf: output.appendingPathComponent("config.json"), encoding: .utf8)
    #expect(text.contains("\"dtype\": \"\(dtype)\"") && text.contains("\"torch_dtype\": \"\(dtype)\""))
  }

  @Test func theCIRecipeIsAmongThem() { #expect(Self.recipes().contains("tiny/recipes/ci.yaml")) }

  @Test func anExistingOutputNeedsAWordFromItsOwner() throws {
    let output = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: output) }
    let recipe = "tiny/recipes/ci.yaml"
    _ = try Self.run(recipe, Self.short) { $0.output = output.path }
    let error = #expect(throws: TrainingError.self) {
      _ = try Self.run(recipe, Self.short) { $0.output = output.path }
    }
    #expect(error?.exitCode == .cannotWrite)
    let foreign = output.appendingPathComponent("diary.txt")
    try Data("mine".utf8).write(to: foreign)
    _ = try Self.run(recipe, Self.short) {
      $0.output = output.path
      $0.overwrites = true
    }
    #expect(
      FileManager.default.fileExists(atPath: foreign.path), "--overwrite removes only what a run writes")
    let other = #expect(throws: TrainingError.self) {
      _ = try Self.run(recipe, Self.short + ["training.learning_rate=3e-4"]) {
        $0.output = output.path
        $0.resumes = true
      }
    }
    #expect(other == .otherRecipe(path: output.appendingPathComponent("checkpoints/checkpoint-0000002").path))
  }

  @Test func gatesDecideTheExitCode() throws {
    let output = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: output) }
    func exitCode(_ condition: String) throws -> ExitCode {
      try Self.run("tiny/recipes/ci.yaml", Self.short.dropLast() + ["gates={eval/loss: \"\(condition)\"}"]) {
        $0.output = output.path
        $0.overwrites = true
      }.exitCode
    }
    #expect(try exitCode("<= 100") == .done)
    #expect(try exitCode("<= 0") == .gateMissed)
  }

  @Test func resumingWithoutACheckpointIsAnError() {
    let output = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: output) }
    let error = #expect(throws: TrainingError.self) {
      _ = try Self.run("tiny/recipes/ci.yaml", Self.short) {
        $0.output = output.path
        $0.resumes = true
      }
    }
    #expect(error?.exitCode == .noInput)
  }

  @Test func metricsAreLoggedAndARepeatedPartReplacesTheOldOne() throws {
    let output = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: output) }
    let recipe = "tiny/recipes/ci.yaml"
    let steps =
      Self.short.dropFirst() + ["training.max_steps=4", "training.logging_steps=1", "training.save_steps=2"]
    _ = try Self.run(recipe, Array(steps)) { $0.output = output.path }
    func lines() throws -> [String] {
      try String(contentsOf: output.appendingPathComponent("metrics.jsonl"), encoding: .utf8).split(
        separator: "\n"
      )
      .map(String.init)
    }
    #expect(try lines().count == 5, "four updates and the evaluation at the end")
    #expect(try lines().allSatisfy { $0.hasPrefix("{\"step\":") })

    // As if the run had been killed after step 2, and by a program that did not know every key yet.
    try FileManager.default.removeItem(at: output.appendingPathComponent("checkpoints/checkpoint-0000004"))
    let state = output.appendingPathComponent("checkpoints/checkpoint-0000002/state.json")
    let text = try String(contentsOf: state, encoding: .utf8)
    #expect(text.contains("skip_bad"))
    try text.replacing("  skip_bad: false\\n", with: "").write(to: state, atomically: true, encoding: .utf8)
    let outcome = try Self.run(recipe, Array(steps)) {
      $0.output = output.path
      $0.resumes = true
    }
    #expect(outcome.steps == 4)
    #expect(try lines().count == 5)
  }

  @Test func questionsAreLearntInSeveralOrdersOfTheirOptions() throws {
    let folder = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appendingPathComponent("choices.jsonl")
    let recorder = Recorder()
    func counts(_ records: [String], _ orders: Int) throws -> Int? {
      try records.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
      var options = RunOptions()
      options.output = folder.appendingPathComponent("out").path
      options.overwrites = true
      let data = [
        "dataset={path: \"\(file.path)\", eval: 0, choice_orders: \(orders), state_choice: true}"
      ]
      let reading = try Recipe.read(
        file: Self.root.appendingPathComponent("Models/tiny/recipes/ci.yaml").path,
        overrides: Self.short.filter { !$0.hasPrefix("dataset") } + data)
      _ = try TrainingRun(reading, options: options).start(observer: recorder)
      return recorder.events.compactMap {
        if case .started(let start) = $0 { start.exampleCount } else { nil }
      }.last
    }
    func record(_ index: Int, _ prompt: String, _ answer: String, type: String = "choice") -> String {
      "{\"id\": \"\(index)\", \"prompt\": \"\(prompt)\", \"answer\": \"\(answer)\", \"answer_type\": \"\(type)\", "
        + "\"choices\": [\"red\", \"blue\"]}"
    }
    let lettered = (0..<20).map { record($0, "Which is \($0)?\\nA. red\\nB. blue", $0 % 2 == 0 ? "A" : "B") }
    let others = (20..<30).map { record($0, "Is it red or blue at \($0)?", "blue", type: "text") }
    let once = try #require(try counts(lettered + others, 1), "state_choice finds some")
    let letteredOnce = try #require(try counts(lettered, 1))
    #expect(try counts(lettered + others, 4) == once + letteredOnce, "two options have one other order")
    let ledger = try #require(try Ledger(in: folder.appendingPathComponent("out")))
    #expect(ledger.stages.last?.data.map(\.records) == [once], "another order is no other record")
    let error = #expect(throws: TrainingError.self) { _ = try counts(others, 4) }
    #expect(error?.description.contains("choice_orders") == true)
    #expect(throws: (any Error).self, "state_choice without options") { _ = try counts(others, 1) }
  }

  /// A long text loses its end to the evaluation; of many short ones some are held out, none is cut.
  @Test func shortTextsAreLearntWhole() throws {
    let folder = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appendingPathComponent("texts.jsonl")
    let tokenizer = try Tokenizer.load(Self.root.appendingPathComponent("Models/tiny"))
    func train(_ count: Int) throws -> (examples: Int?, tokens: Int, loss: Double?) {
      let lines = (0..<count).map {
        "{\"text\": \"Text number \($0). \(String(repeating: "And so on. ", count: 9))\"}"
      }
      try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
      let recorder = Recorder()
      var options = RunOptions()
      options.output = folder.appendingPathComponent("out").path
      options.overwrites = true
      let reading = try Recipe.parse(
        """
        method: pretrain
        model: \(Self.root.path)/Models/tiny
        dataset: {text: "\(file.path)"}
        training: {num_train_epochs: 1, per_device_train_batch_size: 8, max_length: 512, precision: fp32}
        """, file: "r.yaml")
      let outcome = try TrainingRun(reading, options: options).start(observer: recorder)
      let examples = recorder.events.compactMap {
        if case .started(let start) = $0 { start.exampleCount } else { nil }
      }.last
      return (examples, outcome.tokens, outcome.metrics["eval/loss"])
    }
    let few = try train(20), many = try train(200)
    #expect(few.examples == 20 && few.loss == nil)
    let words = try RecordReader().read(path: file.path).records.prefix(20).flatMap(\.texts)
    // Each is read whole, and its end of text is the last label.
    #expect(try few.tokens == words.reduce(0) { try $0 + tokenizer.encode($1).count })
    let held = 200 - (many.examples ?? 0)
    #expect((1...12).contains(held) && many.loss?.isFinite == true, "\(held)")
  }

  /// A refused start leaves its recipe and an empty log, which do not stand in the way of the corrected command.
  @Test func whatARefusedRunLeftIsReplaced() throws {
    let folder = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: folder) }
    func start(_ overrides: [String]) throws -> RunOutcome {
      try Self.run("tiny/recipes/ci.yaml", Self.short + overrides) { $0.output = folder.path }
    }
    #expect(throws: (any Error).self) { try start(["training.max_length=2"]) }
    #expect(try start([]).steps == 2)
    #expect(throws: TrainingError.outputExists(path: folder.path)) { try start([]) }
    // A person's own recipe beside other files is nobody's to remove.
    let own = folder.appendingPathComponent("own")
    try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: own.appendingPathComponent("recipe.yaml"))
    #expect(throws: TrainingError.outputExists(path: own.path)) {
      try Self.run("tiny/recipes/ci.yaml", Self.short) { $0.output = own.path }
    }
  }

  /// Else a run of hours would end in an error, without its model.
  @Test func heldOutExamplesThatAreAllTooLongEndNoRun() throws {
    let folder = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appendingPathComponent("records.jsonl")
    func write(_ prompt: (Int) -> String) throws -> [Record] {
      let lines = (0..<40).map {
        "{\"prompt\": \"\(prompt($0))\", \"answer\": \"\($0)\", \"answer_type\": \"number\", \"group\": \"g\($0)\"}"
      }
      try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
      return try RecordReader().read(path: file.path).records
    }
    let sides = try write { "Say \($0)." }.map { $0.side() }
    _ = try write { sides[$0] == .test ? String(repeating: "word and word, ", count: 60) : "Say \($0)." }
    let recorder = Recorder()
    func start(_ overrides: [String]) throws -> RunOutcome {
      var options = RunOptions()
      options.output = folder.appendingPathComponent("out").path
      options.overwrites = true
      let reading = try Recipe.read(
        file: Self.root.appendingPathComponent("Models/tiny/recipes/ci.yaml").path,
        overrides: Self.short.filter { !$0.hasPrefix("dataset") } + [
          "dataset={path: \"\(file.path)\", eval: 40}", "training.max_length=64",
        ] + overrides)
      return try TrainingRun(reading, options: options).start(observer: recorder)
    }
    let outcome = try start([])
    #expect(outcome.steps == 2 && outcome.metrics["eval/loss"] == nil)
    let warnings = recorder.events.compactMap { if case .warning(let text) = $0 { text } else { nil } }
    #expect(warnings.contains { $0.contains("no held-out example fits 64 tokens") })
    #expect(
      FileManager.default.fileExists(atPath: folder.appendingPathComponent("out/model.safetensors").path))
  }

  @Test func aTeachersWrongAnswersAreNotLearnt() throws {
    let folder = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appendingPathComponent("traces.jsonl")
    let records = (0..<60).map { index in
      let given = index % 3 == 0 ? index + 1 : index
      return "{\"id\": \"\(index)\", \"prompt\": \"Say \(index).\", \"reasoning\": \"It is \(given).\", "
        + "\"answer\": \"\(index)\", \"answer_type\": \"number\", \"teacher_answer\": \"\(given)\"}"
    }
    try (records + ["{broken"]).joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
    let recorder = Recorder()
    let path = Self.root.appendingPathComponent("Models/tiny/recipes/ci.yaml").path
    func start(_ overrides: [String]) throws {
      var options = RunOptions()
      options.output = folder.appendingPathComponent("out").path
      options.overwrites = true
      let data = ["dataset={path: \"\(file.path)\", eval: 2}"]
      let reading = try Recipe.read(
        file: path, overrides: Self.short.filter { !$0.hasPrefix("dataset") } + data + overrides)
      _ = try TrainingRun(reading, options: options).start(observer: recorder)
    }
    #expect(throws: (any Error).self) { try start([]) }
    #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("out").path))
    try start(["dataset.skip_bad=true"])
    let count = recorder.events.compactMap {
      if case .started(let start) = $0 { start.exampleCount } else { nil }
    }.last
    let warnings = recorder.events.compactMap { if case .warning(let text) = $0 { text } else { nil } }
    #expect(try #require(count) < 50)
    #expect(warnings.contains { $0.contains("traces with a wrong answer are left out") })
    #expect(warnings.contains { $0.contains("1 lines cannot be read") })
    try start(["dataset.skip_bad=true", "dataset.eval=60", "evaluation.problems=60"])
    let asked = recorder.events.compactMap {
      if case .evaluated(let report) = $0 { report.accuracy?.overall.problems } else { nil }
    }.last
    let held = try RecordReader(skipsBadLines: true).read(path: file.path).records.filter {
      $0.side() == .test
    }
    #expect(
      held.contains { $0.teacherAnswer != $0.question?.answer.text }, "else there is nothing to leave out")
    #expect(asked == held.count, "what the teacher could not answer is asked of the student")
  }
}
