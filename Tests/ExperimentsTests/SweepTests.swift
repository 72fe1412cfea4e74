import Evaluation
import Experiments
import Files
import Foundation
import Kernels
import Testing
import Training

@Suite(.serialized) struct SweepTests {
  private let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appendingPathComponent(
    "sweep-\(UUID().uuidString)")
  private let store: ExperimentStore
  private static let recipe = DistillationTests.root.appendingPathComponent("Models/tiny/recipes/ci.yaml")
    .path
  private static let short = [
    "training.max_steps=4", "training.per_device_train_batch_size=1", "dataset.eval=2", "gates={}",
    "training.save_steps=2", "training.logging_steps=1",
  ]

  init() throws {
    store = try ExperimentStore(path: folder.appendingPathComponent("store.sqlite").path)
  }

  private func plan(
    _ axes: [String] = ["training.learning_rate=1e-3,6e-3"], seeds: String? = "2", _ overrides: [String] = []
  ) throws -> SweepPlan {
    try SweepPlan(
      recipes: [Self.recipe], axes: axes.map { try SweepAxis($0) }, seeds: seeds.map(SweepSeeds.parse),
      overrides: Self.short + overrides)
  }

  private func sweep(_ plan: SweepPlan, _ name: String = "out", metric: String = "eval/loss") -> SweepRun {
    SweepRun(plan, output: folder.appendingPathComponent(name).path, metric: SweepMetric(metric))
  }

  private func digest(_ sweep: String, _ run: String) throws -> String {
    try Fingerprint.sha256(file: folder.appendingPathComponent("\(sweep)/\(run)/model.safetensors"))
  }

  // MARK: What is to be run

  @Test func commasInsideBracketsAndQuotesStay() throws {
    let axis = try SweepAxis("objective.loss_functions=[{function: jsd, weight: 1}, a], [b], \"c,d\"")
    #expect(axis.key == "objective.loss_functions")
    #expect(axis.values == ["[{function: jsd, weight: 1}, a]", "[b]", "\"c,d\""])
    #expect(axis.numbers == nil)
    #expect(try SweepAxis("a.b=1e-3, 3e-3,2").numbers == [1e-3, 3e-3, 2])
    #expect(try SweepSeeds.parse("3") == [1, 2, 3] && SweepSeeds.parse("7, 2") == [7, 2])
  }

  @Test(
    arguments: [
      ["lr"], ["=1"], ["a="], ["a=1,,2"], ["a=1,2,1"], ["training.seed=1,2"], ["seed=1"],
      ["training.max_steps=1,2", "training.max_steps=3"], ["training.learning_rate=1e-3,0.001"],
      [
        "training.max_steps=1,2,3,4,5,6,7,8,9,10",
        "training.beta=\((1...2000).map(String.init).joined(separator: ","))",
      ],
    ])
  func wrongAxesAreRefused(_ axes: [String]) {
    let error = #expect(throws: SweepError.self) { try plan(axes) }
    #expect(error?.exitCode == .usage)
  }

  @Test(arguments: ["", "0", "-1", "a", "1,", "1,1", "99999999999999999999", "20000"])
  func wrongSeedsAreRefused(_ seeds: String) {
    #expect(throws: SweepError.self) { try SweepSeeds.parse(seeds) }
  }

  @Test func everyCombinationMeetsEverySeed() throws {
    let plan = try plan(["training.learning_rate=1e-3,3e-3", "training.optim=adamw,sgd"], seeds: "5,9")
    #expect(
      plan.combinations.map(\.name) == [
        "learning_rate=1e-3, optim=adamw", "learning_rate=1e-3, optim=sgd", "learning_rate=3e-3, optim=adamw",
        "learning_rate=3e-3, optim=sgd",
      ])
    #expect(plan.trials.map(\.combination) == [0, 1, 2, 3, 0, 1, 2, 3])
    #expect(plan.trials.map(\.seed) == [5, 5, 5, 5, 9, 9, 9, 9])
    #expect(plan.trials[5].name == "learning_rate-1e-3-optim-sgd_seed-9")
    guard case .training(let reading) = plan.trials[5].recipe else { return #expect(Bool(false)) }
    #expect(reading.recipe.training.learningRate == 1e-3 && reading.recipe.training.optimizer == .sgd)
    #expect(reading.recipe.training.seed == 9 && reading.recipe.training.maxSteps == 4)
    #expect(plan.defaultMetric == "eval/loss")
  }

  /// Names that files cannot have, or that are cut to the same, still get directories of their own.
  @Test func namesOfDirectoriesAreTheirOwn() throws {
    let long = String(repeating: "x", count: 100)
    let plan = try SweepPlan(
      recipes: [Self.recipe],
      axes: [
        SweepAxis("model=/\(long)a,/\(long)b"), SweepAxis("training.max_steps=1,2"),
      ],
      seeds: nil)
    #expect(Set(plan.trials.map(\.name)).count == 4)
    #expect(plan.trials.allSatisfy { !$0.name.contains("/") && $0.name.utf8.count < 120 })
  }

  @Test func aTermOfTheLossIsSweptByItsPlace() throws {
    let recipe = folder.appendingPathComponent("kd.yaml")
    try AtomicFile.write(
      """
      method: logit_distillation
      model: Models/tiny
      teacher: Models/tiny
      dataset: {task: finance}
      objective: {loss_functions: [{function: forward_kl, weight: 0.5}, {function: cross_entropy, weight: 0.5}]}
      training: {max_steps: 1}
      """, to: recipe)
    let plan = try SweepPlan(
      recipes: [recipe.path],
      axes: [SweepAxis("objective.loss_functions.0.function=forward_kl,reverse_kl,jsd")],
      seeds: nil)
    let terms = plan.trials.compactMap { trial in
      if case .training(let reading) = trial.recipe { reading.recipe.objective.lossFunctions } else { nil }
    }
    #expect(
      terms.map { $0.map(\.function.rawValue) } == [
        ["forward_kl", "cross_entropy"], ["reverse_kl", "cross_entropy"], ["jsd", "cross_entropy"],
      ])
    #expect(terms.allSatisfy { $0[0].weight == 0.5 })
    let error = #expect(throws: RecipeError.self) {
      try SweepPlan(
        recipes: [recipe.path], axes: [SweepAxis("objective.loss_functions.2.function=jsd,reverse_kl")],
        seeds: nil)
    }
    #expect(error?.description.contains("loss_functions") == true)
  }

  @Test func aDistillationIsSweptByItsOwnSeeds() throws {
    let plan = try SweepPlan(
      recipes: ["finance", "law"], axes: [SweepAxis("collection.samples=1,2")], seeds: [4])
    #expect(plan.combinations.map(\.name).first == "recipe=finance, samples=1")
    #expect(plan.trials.count == 4 && plan.defaultMetric == "eval/accuracy")
    for trial in plan.trials {
      guard case .distillation(let recipe) = trial.recipe else { return #expect(Bool(false)) }
      #expect(recipe.training.seed == 4 && recipe.collection.seed == 4)
    }
    #expect(throws: RecipeError.self) {
      try SweepPlan(recipes: ["finance"], axes: [SweepAxis("collection.sample=1,2")], seeds: nil)
    }
  }

  // MARK: Running

  @Test func aSweepComparesAndASecondCallTrainsNothing() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let plan = try plan(seeds: "3")
    var sweep = sweep(plan)
    var trained: [String] = []
    sweep.watch.began = { trial, _, _ in trained.append(trial.name) }
    let report = try sweep.start(store: store)
    #expect(report.ending == .completed && report.exitCode == .done && trained == plan.trials.map(\.name))

    // The values are those of the runs, as the store kept them.
    let stored = try store.runs()
    #expect(stored.count == 6 && stored.allSatisfy { $0.verb == "train" && $0.status == .done })
    for row in report.rows {
      let values = try row.runs.map { run in
        let own = try #require(stored.first { $0.name.hasSuffix("/" + run.name) })
        return try #require(try store.metrics(of: own.id, named: "eval/loss").last?.value)
      }
      #expect(values == row.runs.map(\.value) && Set(values).count == 3)
      #expect(abs(try #require(row.spread?.mean) - values.reduce(0, +) / 3) < 1e-12)
    }
    // Four steps at the higher rate teach more; its test is against the other.
    #expect(report.rows.map(\.combination.name) == ["learning_rate=6e-3", "learning_rate=1e-3"])
    #expect(report.rows[1].test == nil)
    let test = try #require(report.rows[0].test)
    let differences = zip(report.rows[0].runs, report.rows[1].runs).map { ($0.value ?? 0) - ($1.value ?? 0) }
    #expect(abs(test.meanDifference - differences.reduce(0, +) / 3) < 1e-12)
    #expect(differences.allSatisfy { $0 < 0 } && test.p == 0.25)
    #expect(report.text.contains("with 3 seeds at least 0.2500"))

    #expect(test.pairs == 3 && report.rows[0].tTest == PairedTTest(differences))
    let json = try JSONValue(parsing: try text("out/sweep.json"), source: "sweep.json")
    #expect(
      json == report.json && json["combinations"]?.array?.count == 2 && json["ending"]?.string == "completed")
    #expect(json["combinations"]?.array?[0]["runs"]?.array?.count == 3)
    #expect(try text("out/sweep.svg").contains("polyline"), "a curve over the rates")
    let page = try text("out/report.html")
    #expect(
      page.contains("learning_rate=6e-3") && page.contains("<svg") && page.contains("Training loss")
        && outsideReferences(in: page).isEmpty)

    trained = []
    let again = try sweep.start(store: store)
    #expect(trained.isEmpty && again.json == report.json)
    // Another metric of the same runs, and one that they do not have.
    let accuracy = try self.sweep(plan, metric: "eval/mean_token_accuracy").start(store: store)
    #expect(trained.isEmpty && accuracy.rows.allSatisfy { $0.spread != nil })
    let error = #expect(throws: SweepError.self) {
      try self.sweep(plan, metric: "eval/los").start(store: store)
    }
    #expect(error?.nextStep == "did you mean eval/loss?" && error?.exitCode == .badData)
    // Another recipe under the same names is refused, and asked for by --overwrite.
    let other = try self.plan(seeds: "3", ["training.max_steps=3"])
    #expect(throws: SweepError.self) { try self.sweep(other).start(store: store) }
    sweep = self.sweep(other)
    sweep.overwrites = true
    #expect(try sweep.start(store: store).ending == .completed)
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  @Test func aStoppedSweepGoesOnToTheSameModels() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let plan = try plan()
    let whole = try sweep(plan, "whole").start(store: store)
    // In the middle of the second run.
    var stopped = sweep(plan, "stopped")
    let counter = StepCounter()
    stopped.watch.observer = { counter }
    stopped.watch.shouldStop = { counter.steps == 6 }
    let first = try stopped.start(store: store)
    #expect(first.ending == .interrupted && first.exitCode == .interrupted && first.finished == 1)
    #expect(first.text.contains("1 of 4 runs are finished"))
    #expect(try store.runs(limit: 1).map(\.status) == [.interrupted])
    stopped.watch.shouldStop = { false }
    let second = try stopped.start(store: store)
    #expect(second.ending == .completed && counter.steps == 16, "no step was made twice")
    #expect(second.rows.map { $0.runs.map(\.value) } == whole.rows.map { $0.runs.map(\.value) })
    for trial in plan.trials { #expect(try digest("whole", trial.name) == digest("stopped", trial.name)) }
  }

  /// The time is of the whole sweep, whose runs are never shortened by it.
  @Test func timeThatRunsOutLeavesCheckpoints() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let plan = try plan(seeds: "1", ["training.save_steps=1"])
    var sweep = sweep(plan)
    sweep.maxSeconds = 1e-9
    #expect(try sweep.start(store: store).finished == 0)
    // Runs out in the first run, after its first step at the latest.
    let counter = StepCounter()
    sweep.watch.observer = { counter }
    sweep.watch.began = { _, _, _ in usleep(50_000) }
    sweep.maxSeconds = 0.05
    let report = try sweep.start(store: store)
    #expect(report.ending == .outOfTime && report.exitCode == .done && report.finished == 0)
    #expect(counter.steps <= 1)
    sweep.maxSeconds = nil
    #expect(try sweep.start(store: store).finished == 2)
    #expect(counter.steps == 8)
  }

  /// Checkpoints of the runs that are to be replaced are no work of this sweep.
  @Test func anOverwritingSweepThatIsStoppedGoesOnWithoutIt() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let plan = try plan()
    let whole = try sweep(plan).start(store: store)
    #expect(whole.continuation == "the same command goes on")
    var sweep = sweep(plan)
    sweep.overwrites = true
    let counter = StepCounter()
    sweep.watch.observer = { counter }
    sweep.watch.shouldStop = { counter.steps == 6 }
    let stopped = try sweep.start(store: store)
    #expect(stopped.ending == .interrupted && stopped.finished == 1)
    #expect(stopped.text.contains("the same command without --overwrite goes on"))
    sweep.overwrites = false
    sweep.watch.shouldStop = { false }
    #expect(
      try sweep.start(store: store).rows.map { $0.runs.map(\.value) }
        == whole.rows.map { $0.runs.map(\.value) })
    #expect(counter.steps == 16, "all steps of all runs, each once")
  }

  /// The results are kept one by one; the page of them all is not made anew for each.
  @Test func theReportIsWrittenNowAndThenAndAtTheEnd() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var sweep = sweep(try plan())
    var finished: [Int?] = []
    var ended: [String] = []
    sweep.watch.began = { [self] _, _, _ in
      finished.append(try? JSONValue(parsing: text("out/sweep.json"), source: "sweep.json")["finished"]?.int)
    }
    sweep.watch.ended = { ended.append($0.name) }
    sweep.reportSeconds = 3600
    #expect(try sweep.start(store: store).finished == 4)
    #expect(finished == [0, 0, 0, 0] && ended == sweep.plan.trials.map(\.name))
    sweep.overwrites = true
    sweep.reportSeconds = 0
    (finished, ended) = ([], [])
    #expect(try sweep.start(store: store).finished == 4)
    #expect(finished == [0, 1, 2, 3])
  }

  /// An error that is no run's own ends the sweep, which then tells of what it has.
  @Test func anErrorInTheMiddleLosesNothing() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var sweep = sweep(try plan(seeds: "1"))
    let second = folder.appendingPathComponent("out/\(sweep.plan.trials[1].name)")
    var ended: [String] = []
    sweep.watch.began = { _, number, _ in
      if number == 2 { try? AtomicFile.write("in the way", to: second) }
    }
    sweep.watch.ended = { ended.append($0.name) }
    sweep.reportSeconds = 3600
    #expect(throws: TrainingError.self) { try sweep.start(store: store) }
    #expect(ended == [sweep.plan.trials[0].name])
    let json = try JSONValue(parsing: text("out/sweep.json"), source: "sweep.json")
    #expect(json["finished"]?.int == 1 && json["ending"]?.string == "failed")
    try FileManager.default.removeItem(at: second)
    sweep.watch.began = { _, _, _ in }
    #expect(try sweep.start(store: store).finished == 2)
    #expect(ended == [0, 0, 1].map { sweep.plan.trials[$0].name }, "what was kept is told again")
  }

  /// Runs on the data or from the weights of another day are no pairs of new ones.
  @Test func runsOfOtherDataOrWeightsAreRefused() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("records.jsonl")
    var lines = (0..<40).map { "{\"prompt\": \"What is \($0) + 1?\", \"completion\": \"It is \($0 + 1).\"}" }
    try AtomicFile.write(lines.joined(separator: "\n"), to: file)
    func onRecords(_ seeds: String) throws -> SweepRun {
      let data = "dataset={path: \"\(file.path)\", eval: 2}"
      return sweep(try plan(["training.learning_rate=1e-3"], seeds: seeds, [data]), "data")
    }
    func onWeights(_ seeds: String) throws -> SweepRun {
      let model = folder.appendingPathComponent("data/learning_rate-1e-3_seed-1").path
      return sweep(try plan(["training.learning_rate=1e-3"], seeds: seeds, ["model=\(model)"]), "weights")
    }
    #expect(try onRecords("1").start(store: store).finished == 1)
    #expect(try onWeights("1").start(store: store).finished == 1)
    var again = try onWeights("1")
    again.watch.began = { trial, _, _ in Issue.record("\(trial.name) was trained again") }
    #expect(try again.start(store: store).finished == 1)

    lines.append("{\"prompt\": \"What is new?\", \"completion\": \"This.\"}")
    try AtomicFile.write(lines.joined(separator: "\n"), to: file)
    let error = #expect(throws: SweepError.self) { try onRecords("2").start(store: store) }
    #expect(error?.found == "one of another recipe, or of other weights or data")
    var anew = try onRecords("1")
    anew.overwrites = true
    #expect(try anew.start(store: store).finished == 1)
    #expect(throws: SweepError.self) { try onWeights("2").start(store: store) }
  }

  /// As a shell reads it.
  private func words(of command: String?) throws -> [String] {
    let command = try #require(command)
    #expect(command.hasPrefix("swiftlet "), "\(command)")
    let shell = Process(), output = Pipe()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", "printf '%s\\n' " + command.dropFirst("swiftlet ".count)]
    shell.standardOutput = output
    try shell.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    return text.split(separator: "\n").map(String.init)
  }

  private func commands(_ ledger: String) throws -> [String?] {
    let json = try JSONValue(parsing: try text(ledger), source: ledger)
    return json["stages"]?.array?.map { $0["command"]?.string } ?? []
  }

  @Test func aRunsLedgerSaysHowToRepeatThatRun() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let own = ["output=it's here; now"]
    let plan = try plan(["training.learning_rate=1e-3"], seeds: "7,2", own)
    #expect(try sweep(plan).start(store: store).finished == 2)
    let command = try commands("out/learning_rate-1e-3_seed-2/ledger.json").last ?? nil
    #expect(
      try words(of: command)
        == ["train", Self.recipe]
        + (Self.short + own + ["training.learning_rate=1e-3", "training.seed=2"]).flatMap { ["--set", $0] })
  }

  @Test func aRunThatDivergesLeavesTheOthers() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let plan = try plan(["training.learning_rate=1e30,1e-3"], ["training.warmup_ratio=0"])
    var sweep = sweep(plan)
    let report = try sweep.start(store: store)
    #expect(report.ending == .completed && report.exitCode == .badData)
    #expect(report.failures.count == 2 && report.failures[0].error.contains("expected a finite number"))
    #expect(report.rows.map { $0.spread != nil } == [true, false], "what failed comes last")
    #expect(report.rows.allSatisfy { $0.test == nil })
    var junit = JUnitReport("sweep")
    for run in report.rows.flatMap(\.runs) { junit.add(run) }
    #expect(junit.xml.contains("errors=\"2\""))
    // It would fail again.
    sweep.watch.began = { trial, _, _ in Issue.record("\(trial.name) was trained again") }
    #expect(try sweep.start(store: store).failures.count == 2)
  }

  @Test func aMissedGateIsCounted() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let report = try sweep(try plan(seeds: "1", ["gates={eval/loss: \"<= 0\"}"])).start(store: store)
    #expect(report.exitCode == .gateMissed)
    #expect(report.rows.allSatisfy { $0.runs[0].verdicts.map(\.passed) == [false] })
  }

  @Test func twoSweepsDoNotShareAnOutput() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var first = sweep(try plan())
    let second = first
    var refusal: (any Error)?
    first.watch.began = { _, _, _ in
      do { _ = try second.start(store: store) } catch { refusal = error }
    }
    first.watch.shouldStop = { refusal != nil }
    #expect(try first.start(store: store).ending == .interrupted)
    #expect(refusal as? SweepError == .inUse(path: first.directory.path))
    // Nor a directory that holds something else.
    try AtomicFile.write("mine", to: folder.appendingPathComponent("diary.txt"))
    let foreign = SweepRun(try plan(), output: folder.path, metric: SweepMetric("eval/loss"))
    #expect(throws: SweepError.foreignOutput(path: folder.path)) { try foreign.start(store: store) }
  }

  @Test func aDistillationIsTrainedAndStoppedAsOne() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let root = DistillationTests.root.path
    let plan = try SweepPlan(
      recipes: ["finance"], axes: [SweepAxis("training.max_steps=1,2")], seeds: nil,
      overrides: DistillationTests.short + [
        "model=\(root)/Models/student-750k", "teacher=\(root)/Models/teacher-6m",

        "evaluation.problems=4",
      ])
    var sweep = sweep(plan, metric: plan.defaultMetric)
    var stage = ""
    sweep.watch.progress = { stage = $0.stage }
    sweep.watch.shouldStop = { stage == "student training" }
    #expect(try sweep.start(store: store).exitCode == .interrupted)
    sweep.watch.shouldStop = { false }
    let report = try sweep.start(store: store)
    #expect(report.finished == 2 && report.rows.allSatisfy { $0.spread != nil })
    let commands = try commands("out/\(plan.trials[1].name)/student/ledger.json")
    #expect(try words(of: commands.last ?? nil).prefix(3) == ["distill", "finance", "--set"])
    #expect(try words(of: commands.last ?? nil).contains("training.max_steps=2"))
    for trial in plan.trials {
      #expect(
        FileManager.default.fileExists(atPath: sweep.directory.path + "/\(trial.name)/student/config.json"))
    }
  }

  @Test func theMetricsNameTellsWhichWayIsBetter() {
    for name in [
      "eval/loss", "loss", "kd_loss", "eval/unparsed", "step_time", "eval/mean_length",
      "distillation/hidden_mse", "distillation/attention_relations",
    ] {
      #expect(SweepMetric(name).lowerIsBetter, "\(name)")
    }
    for name in [
      "eval/accuracy", "reward", "eval/mean_token_accuracy", "train/tokens_per_second", "retention",
      "distillation/teacher_mass", "distillation/one_to_one",
    ] {
      #expect(!SweepMetric(name).lowerIsBetter, "\(name)")
    }
    #expect(SweepMetric("reward", lowerIsBetter: true).lowerIsBetter)
  }

  private final class StepCounter: TrainingObserver {
    var steps = 0
    func observe(_ event: TrainingEvent) { if case .progressed = event { steps += 1 } }
  }
}
