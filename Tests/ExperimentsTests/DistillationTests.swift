import Corpus
import Experiments
import Files
import Foundation
import Testing
import Training

@Suite struct DistillationTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func recipe(_ domain: DomainName, _ overrides: [String] = []) throws -> DistillationRecipe {
    let file = "Models/student-750k/recipes/distill/\(domain.rawValue).yaml"
    let models = ["model=Models/student-750k", "teacher=Models/teacher-6m"].map { override in
      override.replacing("=", with: "=" + Self.root.path + "/")
    }
    return try DistillationRecipe.read(
      file: Self.root.appendingPathComponent(file).path, overrides: models + overrides)
  }

  static let short = [
    "collection.prompts=12", "collection.samples=2", "collection.max_new_tokens=120", "training.max_steps=2",
    "training.per_device_train_batch_size=1", "evaluation.problems=10", "controls.problems=4",
    "controls.learning_rates=[1.0e-3]", "training.precision=fp32",
  ]

  @Test(arguments: DomainName.allCases) func everyDomainHasARecipe(_ domain: DomainName) throws {
    #expect(try Self.recipe(domain).domain == domain.rawValue)
  }

  @Test func aBudgetScalesTheWork() throws {
    let recipe = try Self.recipe(.finance)
    let longer = try recipe.scaled(toMinutes: 30)
    #expect(longer.collection.prompts == 6 * recipe.collection.prompts)
    #expect(longer.training.maxSteps == recipe.training.maxSteps.map { 6 * $0 })
    #expect(try recipe.scaled(toMinutes: 5) == recipe)
  }

  @Test func familiesMayBeAskedMoreOften() throws {
    func share(_ extraTurns: String) throws -> Double {
      let recipe = try Self.recipe(
        .finance, ["collection.prompts=1120", "collection.extra_turns=\(extraTurns)"])
      let problems = recipe.collection.problems(of: .finance, languages: [.en, .ko])
      return Double(problems.count { $0.family == "portfolio_return" }) / Double(problems.count)
    }
    #expect(try share("[]") == 1.0 / 7)
    #expect(try share("[portfolio_return]") == 2.0 / 8)
    let error = #expect(throws: (any Error).self) { _ = try share("[fee_reduction]") }
    #expect(error.map { "\($0)".contains("extra_turns of families of the domain") } == true)
  }

  @Test func aDistillationWritesStudentAndReports() throws {
    let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appendingPathComponent(
      "distil-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try ExperimentStore(path: folder.appendingPathComponent("store.sqlite").path)
    var students: [String] = []
    for name in ["first", "second"] {
      var run = DistillationRun(
        try Self.recipe(.finance, Self.short), output: folder.appendingPathComponent(name).path)
      run.trainsControls = name == "first"
      // Gates are judged, and change nothing.
      if name == "second" {
        run.recipe.gates = ["retention >= 0", "eval/accuracy > 1"].compactMap(Gate.init)
      }
      let report = try run.start(store: store)
      let document = report.json
      for key in [
        "domain", "seconds", "problems", "teacher", "student", "controls", "mcnemar_p", "flops",
        "core_seconds", "path",
      ] { #expect(document[key] != nil, "\(key)") }
      #expect(document["problems"]?.int == 10)
      #expect(document["controls"]?.object?.keys.count == (run.trainsControls ? 3 : 0))
      #expect(document["student"]?["accuracy_before"]?.double != nil)
      for file in ["report.md", "report.html", "recipe.yaml", "result.json", "student/config.json"] {
        #expect(FileManager.default.fileExists(atPath: run.output + "/" + file), "\(file)")
      }
      #expect(report.verdicts.map(\.passed) == (name == "second" ? [true, false] : []))
      #expect(report.exitCode == (name == "second" ? .gateMissed : .done))
      #expect(document["gates"]?.array?.count == (name == "second" ? 2 : 0))
      #expect(report.markdown.contains("- gate missed: eval/accuracy > 1.0, found 0.") == (name == "second"))
      #expect((report.metrics["controls/gold_steps/accuracy"] != nil) == run.trainsControls)
      let page = try String(contentsOfFile: run.output + "/report.html", encoding: .utf8)
      #expect(page.contains("<svg") && outsideReferences(in: page).isEmpty, "\(outsideReferences(in: page))")
      students.append(
        try Fingerprint.sha256(file: URL(fileURLWithPath: run.output + "/student/model.safetensors")))
    }
    let student = folder.appendingPathComponent("first/student")
    let ledger = try #require(try Ledger(in: student))
    #expect(
      ledger.stages.map(\.method) == ["pretrain", "collection", "sft"], "the base, then its own stages")
    let own = ledger.stages[1...]
    #expect(own.allSatisfy { ($0.flops ?? 0) > 0 && ($0.coreSeconds ?? 0) > 0 && $0.cost() == nil })
    #expect((own.first?.generatedTokens ?? 0) > 0 && own.first?.data.first?.records == 12)
    #expect(
      own.allSatisfy { $0.teachers.first?.flops ?? 0 > 3.9e15 && $0.teachers.first?.isComplete == true })
    #expect(ledger.licence.name == "Apache-2.0")
    let card = try String(contentsOf: student.appendingPathComponent(CardFile.name), encoding: .utf8)
    for section in CardSection.allCases { #expect(card.contains("\n## \(section.title)\n")) }
    // Of both models and both languages, from the run's own evaluation.
    #expect(
      card.contains("| student | finance | 10 |") && card.contains("| teacher | ko |")
        && card.contains("| student | en |"), "\(card)")
    // Without the file beside the weights, the store knows what the run measured.
    try FileManager.default.removeItem(at: student.appendingPathComponent(ModelEvaluation.fileName))
    let found = try ModelCard(of: student.path, store: store).evaluations
    #expect(
      found.count == 5 && found.contains { $0.model == "student" && $0.accuracy.overall.problems == 10 })
    #expect(try ModelCard(of: student.path).evaluations.isEmpty)
    // The same recipe and seed give the same bytes, with controls or without.
    #expect(students[0] == students[1])
    #expect(try store.runs().map(\.status) == [.done, .done])
    #expect(throws: (any Error).self) {
      try DistillationRun(
        Self.recipe(.finance, Self.short), output: folder.appendingPathComponent("first").path
      )
      .start(store: store)
    }
  }

  /// A base and a teacher whose licences conflict are refused before any work.
  @Test func licencesThatConflictAreRefusedAtOnce() throws {
    let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appendingPathComponent(
      "licences-\(UUID().uuidString)")
    var shared = LedgerStage(name: "base", method: "pretrain")
    shared.data = [LedgerData(name: "shared", licence: "CC BY-SA 3.0")]
    let base = try ModelCardTests.model([shared])
    shared.data = [LedgerData(name: "closed", licence: "CC BY-NC 4.0")]
    let teacher = try ModelCardTests.model([shared])
    defer { for url in [folder, base, teacher] { try? FileManager.default.removeItem(at: url) } }
    let store = try ExperimentStore(path: folder.appendingPathComponent("store.sqlite").path)
    let run = DistillationRun(
      try Self.recipe(.finance, Self.short + ["model=\(base.path)", "teacher=\(teacher.path)"]),
      output: folder.appendingPathComponent("out").path)
    #expect(
      throws: TrainingError.licencesConflict(
        model: run.output, first: "shared (CC-BY-SA-3.0)", second: "\(teacher.path) (CC-BY-NC-4.0)")
    ) { try run.start(store: store) }
    #expect(!FileManager.default.fileExists(atPath: run.partialPath))
    #expect(try store.runs().isEmpty)
  }

  /// A later stage trains the student of the one before, is examined on the same problems, and goes on after a stop to the
  /// same bytes.
  @Test func aLaterStageGoesOnFromTheStudent() throws {
    let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appendingPathComponent(
      "stages-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try ExperimentStore(path: folder.appendingPathComponent("store.sqlite").path)
    func run(_ name: String, _ stages: String) throws -> DistillationRun {
      // A part of the work: two updates, of which the first warms up at a rate of 0.
      let recipe = try Self.recipe(.law, Self.short + ["budget_minutes=0.07", "stages=[\(stages)]"])
      return DistillationRun(recipe, output: folder.appendingPathComponent(name).path)
    }
    var first = try run("alone", "sft")
    first.recipe.ledger = LedgerSettings()
    first.recipe.ledger?.coreHourPrice = 0.036
    first.measure = {
      $0.serving[0].measured = ModelCard.Measurement(
        promptTokens: 64, newTokens: 64, firstTokenSeconds: 0.032, promptTokensPerSecond: 2000,
        tokensPerSecond: 500, threads: 2, format: "bf16")
    }
    let alone = try first.start(store: store)
    let card = try String(
      contentsOf: folder.appendingPathComponent("alone/student/CARD.md"), encoding: .utf8)
    // 10^6 / 500 s · 2 cores / 3600 · 0.036 = 0.04, of the recipe's price.
    #expect(card.contains("| 0.0100 | 0.0400 | 32.0 ms | 500 tokens/s |"), "\(card)")
    #expect(card.contains("| not measured | not measured |") && !card.contains("no price stated"))
    #expect(alone.json["stages"] == nil)
    let whole = try run("whole", "sft, on_policy").start(store: store)
    let gains = try #require(whole.json["stages"]?.array)
    #expect(gains.map { $0["stage"]?.string } == ["sft", "on_policy"])
    #expect(gains[1]["accuracy_before"] == gains[0]["accuracy"])
    #expect(gains.allSatisfy { ($0["seconds"]?.double ?? 0) > 0 && $0["mcnemar_p"]?.double != nil })
    #expect(gains[1]["accuracy"]?.double == whole.student.accuracy.overall.accuracy)
    // Between the two updates of the stage, and while its student is examined.
    var stopped = try run("stopped", "sft, on_policy")
    for last in ["on_policy", "on_policy evaluation"] {
      var stage = ""
      stopped.progress = { if $0.fraction < 1 { stage = $0.stage } }
      stopped.shouldStop = { stage == last }
      #expect(throws: DistillationInterrupted.self, "\(last)") { try stopped.start(store: store) }
    }
    #expect(
      try CheckpointDirectory(
        URL(fileURLWithPath: stopped.partialPath + "/on_policy.run/checkpoints"), kept: 1
      ).latest() != nil)
    stopped.shouldStop = { false }
    _ = try stopped.start(store: store)
    let digests = try ["alone", "whole", "stopped"].map {
      try Fingerprint.sha256(file: folder.appendingPathComponent("\($0)/student/model.safetensors"))
    }
    #expect(digests[1] == digests[2] && digests[0] != digests[1])
    // The ledger of the work that was stopped twice is that of the work that was not.
    let ledgers = try ["whole", "stopped"].map {
      try #require(try Ledger(in: folder.appendingPathComponent("\($0)/student")))
    }
    #expect(ledgers[0].stages.map(\.method) == ["pretrain", "collection", "sft", "on_policy_distillation"])
    for (one, two) in zip(ledgers[0].stages, ledgers[1].stages) {
      #expect(
        one.trainedTokens == two.trainedTokens && one.generatedTokens == two.generatedTokens, "\(one.name)")
      #expect(one.flops == two.flops, "\(one.name)")
    }
    #expect((ledgers[0].stages[3].generatedTokens ?? 0) > 0)
    #expect(
      FileManager.default.fileExists(
        atPath: folder.appendingPathComponent("stopped/recipe-on_policy.yaml").path))
  }

  /// A distillation whose stage of groups follows this recipe: answers of so many tokens and these rewards.
  private static func policyStage(
    in folder: URL, answerTokens: Int, rewards: String
  ) throws -> (report: DistillationReport, student: URL) {
    let base = folder.appendingPathComponent("base")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: root.appendingPathComponent("Models/student-750k"), to: base)
    let recipe = """
      method: grpo
      model: base
      dataset: {task: all, levels: [3], train: 400, seed: 52}
      rollouts: {num_generations: 4, max_completion_length: \(answerTokens)}
      rewards: [\(rewards)]
      training: {max_steps: 2, per_device_train_batch_size: 8, max_length: 480, learning_rate: 1.0e-2}
      evaluation: {problems: 0}
      """
    try Data(recipe.utf8).write(to: base.appendingPathComponent("recipes/stages/grpo.yaml"))
    let store = try ExperimentStore(path: folder.appendingPathComponent("store.sqlite").path)
    let run = DistillationRun(
      try Self.recipe(.finance, Self.short + ["model=\(base.path)", "stages=[sft, grpo]"]),
      output: folder.appendingPathComponent("run").path)
    return (try run.start(store: store), folder.appendingPathComponent("run/student"))
  }

  /// Every second answer is good, whatever it says: each group has something to compare.
  @Test func aPolicyStageTrainsTheStudent() throws {
    let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appendingPathComponent(
      "grpo-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let (report, student) = try Self.policyStage(
      in: folder, answerTokens: 8, rewards: "{function: command, command: \"awk '{print NR % 2}'\"}")
    let gain = try #require(report.gains.last)
    #expect(report.gains.map(\.name) == [.sft, .grpo] && gain.updates == 2)
    #expect(gain.accuracyBefore == report.gains[0].accuracy)
    #expect(gain.accuracy == report.student.accuracy.overall.accuracy)
    #expect(!report.markdown.contains("nothing to learn"))
    let ledger = try #require(try Ledger(in: student))
    #expect(ledger.stages.map(\.method) == ["pretrain", "collection", "sft", "grpo"])
    #expect(ledger.stages[3].generatedTokens ?? 0 >= 2 * 8)
    #expect(report.json["stages"]?.array?.map { $0["stage"]?.string } == ["sft", "grpo"])
  }

  /// One token is no answer to such a problem: every reward is 0, and the student stays as fine-tuning left it.
  @Test func aPolicyStageWithoutAnythingToLearnSaysSo() throws {
    let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appendingPathComponent(
      "grpo-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let (report, student) = try Self.policyStage(
      in: folder, answerTokens: 1, rewards: "{function: accuracy}")
    let gain = try #require(report.gains.last)
    #expect(gain.name == .grpo && gain.updates == 0)
    #expect(gain.accuracy == report.gains[0].accuracy && gain.mcNemar.p == 1)
    for text in [report.markdown, report.html] {
      #expect(text.contains("grpo (equal rewards: nothing to learn)"))
    }
    let ledger = try #require(try Ledger(in: student))
    #expect(ledger.stages.map(\.method) == ["pretrain", "collection", "sft"])
    #expect(report.json["stages"]?.array?.map { $0["stage"]?.string } == ["sft", "grpo"])
  }

  @Test(arguments: ["", "grpo", "sft, sft", "sft, chess"]) func stagesBeginWithFineTuning(_ stages: String) {
    let error = #expect(throws: RecipeError.self) { try Self.recipe(.law, ["stages=[\(stages)]"]) }
    #expect(error?.description.contains("sft first") == true, "\(error?.description ?? "")")
  }

  @Test func aBaseWithOtherTokensIsRefusedBeforeAnyWork() throws {
    var recipe = try Self.recipe(.law, Self.short)
    recipe.model = Self.root.path + "/Models/tiny"
    let output = NSTemporaryDirectory() + "distil-\(UUID().uuidString)"
    let store = try ExperimentStore(path: NSTemporaryDirectory() + "store-\(UUID().uuidString)/store.sqlite")
    let error = #expect(throws: DistillationError.self) {
      try DistillationRun(recipe, output: output).start(store: store)
    }
    #expect(error?.exitCode == .badData)
    #expect(!FileManager.default.fileExists(atPath: output))
  }

  @Test func anUnknownDomainIsRefused() throws {
    var recipe = try Self.recipe(.law, Self.short)
    recipe.domain = "astronomy"
    let store = try ExperimentStore(path: NSTemporaryDirectory() + "store-\(UUID().uuidString)/store.sqlite")
    let error = #expect(throws: DistillationError.self) {
      try DistillationRun(recipe, output: NSTemporaryDirectory() + "distil-\(UUID().uuidString)").start(
        store: store)
    }
    #expect(error?.place == "domain")
  }

  @Test func nearPromptsAreFound() {
    let near = NearDuplicates([
      "The line runs 8 hours a day and makes 400 parts with a downtime of 30 minutes."
    ])
    #expect(
      near.containsNear("The line runs 8 hours a day and makes 400 parts, with a downtime of 30 minutes!"))
    #expect(
      !near.containsNear("The line runs 9 hours a day and makes 500 parts with a downtime of 20 minutes."))
  }
}
