import Corpus
import Evaluation
import Experiments
import Files
import Foundation
import Testing
import Training

/// Teachers, their students and the students' plain twins in one table.
@Suite(.serialized) struct StudyTests {
  private let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appendingPathComponent(
    "study-\(UUID().uuidString)")
  private let store: ExperimentStore

  init() throws {
    store = try ExperimentStore(path: folder.appendingPathComponent("store.sqlite").path)
    let lines = (0..<60).map { number in
      #"{"id":"r\#(number)","prompt":"Is \#(number) even? Answer yes or no.","#
        + #""answer":"\#(number % 2 == 0 ? "yes" : "no")","answer_type":"choice","choices":["yes","no"]}"#
    }
    try write(lines.joined(separator: "\n") + "\n", "data/parity/records.jsonl")
    try write(Self.recipe("sft", "model: \(DistillationTests.root.path)/Models/student-750k"), "teacher.yaml")
    let student = "model: {init: {from: runs/teacher, prune: {num_hidden_layers: 2, calibration: 2}}}"
    try write(
      Self.recipe("logit_distillation", student + "\nteacher: runs/teacher"), "student.yaml")
    try write(Self.recipe("sft", student), "plain.yaml")
    try write(Self.study(), "study.yaml")
  }

  private static func recipe(_ method: String, _ models: String) -> String {
    """
    method: \(method)
    \(models)
    dataset: {path: parity, reasoning: false, eval: 8}
    training: {num_train_epochs: 1, per_device_train_batch_size: 1, max_length: 256, learning_rate: 1.0e-3,
               seed: 1, precision: fp32, logging_steps: 1, save_steps: 1}
    evaluation: {problems: 8, max_new_tokens: 4}

    """
  }

  private static func study(seeds: String = "[1, 2]", teacher: String = "teacher.yaml") -> String {
    """
    name: real
    sets:
      - {name: parity, seeds: \(seeds), teacher: \(teacher), pairs: [{student: student.yaml, plain: plain.yaml}]}

    """
  }

  private func write(_ text: String, _ name: String) throws {
    let url = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try AtomicFile.write(text, to: url)
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  private func plan(_ output: String = "out", _ overrides: [String] = []) throws -> StudyPlan {
    try StudyPlan(
      file: folder.appendingPathComponent("study.yaml").path,
      data: folder.appendingPathComponent("data").path,
      output: folder.appendingPathComponent(output).path, overrides: overrides)
  }

  /// What these teachers learn in one pass is not above the commonest answer, which is beside the point.
  private func study(_ output: String = "out") throws -> StudyRun {
    var study = StudyRun(try plan(output), output: folder.appendingPathComponent(output).path)
    study.trainsUntaught = true
    return study
  }

  private static let runs =
    ["teacher", "student", "plain"].map { "parity/" + $0 }
    + ["teacher", "student", "plain"].map { "parity/seed-2/" + $0 }

  @Test func everySetHasATeacherStudentsAndTheirTwins() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let plan = try plan()
    #expect(plan.trials.map(\.name) == Self.runs && plan.trials.map(\.seed) == [1, 1, 1, 2, 2, 2])
    var study = try study()
    var trained: [String] = []
    study.watch.began = { trial, _, _ in trained.append(trial.name) }
    study.decodingSpeed = { path in path.hasSuffix("teacher") ? 10 : 35 }
    let report = try study.start(store: store)
    #expect(report.ending == .completed && report.exitCode == .done && trained == Self.runs)
    // Each student is of the teacher of its own seed.
    for (name, teacher) in [
      ("parity/student", "parity/teacher"), ("parity/seed-2/plain", "parity/seed-2/teacher"),
    ] {
      #expect(try text("out/\(name)/recipe.yaml").contains("/out/\(teacher)\""), "\(name)")
    }
    let row = try #require(report.rows.first)
    #expect(report.rows.count == 1 && row.seeds == (2, 2) && row.problems == 8)
    #expect(try #require(row.student).parameters < #require(row.teacher).parameters)
    #expect(row.decoding?.median == 3.5)
    #expect(row.student?.tokens == row.plain?.tokens && row.mcNemarP == nil)
    let difference = try #require(row.difference)
    let means = try [#require(row.student), #require(row.plain)].map(\.mean)
    #expect(abs(difference.value - (means[0] - means[1])) < 1e-12)
    let json = try JSONValue(parsing: try text("out/study.json"), source: "study.json")
    #expect(json == report.json && json["finished"]?.int == 6)
    #expect(json["rows"]?.array?[0]["teacher"]?["seeds"]?.array?.count == 2)
    #expect(try text("out/study.md") == report.markdown)

    #expect(!FileManager.default.fileExists(atPath: folder.path + "/out/parity/teacher/checkpoints"))

    (trained, study.decodingSpeed) = ([], { _ in throw StudyError.noSuchSet(name: "", known: []) })
    #expect(try study.start(store: store).json == report.json && trained.isEmpty, "all is finished")
    // Other data under the same name.
    try write(
      try text("data/parity/records.jsonl").replacing("r1\"", with: "s1\""), "data/parity/records.jsonl")
    #expect(throws: SweepError.self) { try study.start(store: store) }
  }

  @Test func studentsOfASetWithoutATeacherAreNotTrained() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    // A teacher that has learnt nothing.
    try write(try text("teacher.yaml").replacing("1.0e-3", with: "1.0e-9"), "teacher.yaml")
    var study = try study()
    study.trainsUntaught = false
    var trained: [String] = []
    study.watch.began = { trial, _, _ in trained.append(trial.name) }
    let report = try study.start(store: store)
    #expect(trained == ["parity/teacher", "parity/seed-2/teacher"])
    #expect(report.ending == .completed && report.exitCode == .done && report.finished.runs == 2)
    #expect(
      report.text.contains("Not run, as there is no teacher: parity/student, parity/plain, parity/seed-2"))
    #expect(!report.text.contains("the same command goes on"), "there is nothing left to do")
    study.trainsUntaught = true
    #expect(try study.start(store: store).finished.runs == 6 && trained.count == 6)
  }

  @Test func aLaterSeedMayShowThatASetHasATeacherAfterAll() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var study = try study()
    study.trainsUntaught = false
    study.only = ["parity/seed-1"]
    #expect(try study.start(store: store).finished.runs == 1)
    // The first teacher as one with nothing right, where no answer is commoner than another.
    let file = folder.appendingPathComponent("out/parity/teacher.json")
    var first = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
    var accuracy = try #require(first["accuracy"] as? [String: Any])
    var overall = try #require(accuracy["overall"] as? [String: Any])
    overall["correct"] = 0
    (accuracy["overall"], accuracy["answerPrior"], accuracy["commonestShare"]) = (overall, 0, 0)
    first["accuracy"] = accuracy
    try JSONSerialization.data(withJSONObject: first).write(to: file)

    var trained: [String] = []
    study.only = []
    study.watch.began = { trial, _, _ in trained.append(trial.name) }
    #expect(try study.start(store: store).finished.runs == 6)
    let later = ["teacher", "student", "plain"].map { "parity/seed-2/" + $0 }
    #expect(
      trained == later + ["parity/student", "parity/plain"], "the first seed's students were gone back to")
  }

  @Test func aPageIsWaitedFor() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let page = folder.appendingPathComponent("page.md").path
    try write("<!-- a -->\n<!-- end -->\n", "page.md")
    let held = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      try? withOutputLocked(page) {
        held.signal()
        Thread.sleep(forTimeInterval: 0.3)
        try? AtomicFile.write("first\n<!-- a -->\n<!-- end -->\n", to: URL(fileURLWithPath: page))
      }
    }
    held.wait()
    try MarkedText.replace("a", in: page, with: "x\n")
    #expect(try text("page.md") == "first\n<!-- a -->\nx\n<!-- end -->\n")
  }

  @Test func aStoppedStudyGoesOnToTheSameModels() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let whole = try study("whole").start(store: store)
    var stopped = try study("stopped")
    var polls = 0
    var trained: [String] = []
    stopped.watch.began = { trial, _, _ in trained.append(trial.name) }
    stopped.watch.shouldStop = {
      polls += trained.last == "parity/student" ? 1 : 0
      return polls > 2
    }
    let first = try stopped.start(store: store)
    #expect(first.ending == .interrupted && first.exitCode == .interrupted && first.finished.runs == 1)
    #expect(first.rows[0].teacher != nil && first.rows[0].student == nil && first.rows[0].difference == nil)
    #expect(first.text.contains("1 of 6 runs are finished"))
    stopped.watch.shouldStop = { false }
    let second = try stopped.start(store: store)
    #expect(trained == ["parity/teacher", "parity/student"] + Self.runs.dropFirst())
    #expect(second.rows.map { $0.student?.seeds } == whole.rows.map { $0.student?.seeds })
    for run in Self.runs {
      let digests = try ["whole", "stopped"].map {
        try Fingerprint.sha256(file: folder.appendingPathComponent("\($0)/\(run)/model.safetensors"))
      }
      #expect(digests[0] == digests[1], "\(run)")
    }
    var late = try study("late")
    late.maxSeconds = 1e-9
    #expect(try late.start(store: store).ending == .outOfTime)
  }

  /// The results of two machines, each with a seed of its own, make one table.
  @Test func aSeedMayBeRunElsewhere() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var (here, there) = (try study("here"), try study("there"))
    var trained: [String] = []
    (here.only, there.only) = (["parity/seed-1"], ["parity/seed-2"])
    there.watch.began = { trial, number, count in trained.append("\(trial.name) \(number) of \(count)") }
    let first = try there.start(store: store)
    #expect(trained == Self.runs.dropFirst(3).enumerated().map { "\($1) \($0 + 1) of 3" })
    #expect(first.finished.runs == 3 && first.rows[0].seeds == (1, 2))
    // What is handed on holds no text of a record.
    #expect(try !text("there/parity/seed-2/teacher.json").contains("even"))
    var junit = JUnitReport("study")
    junit.add(first)
    #expect(junit.suites.map(\.name) == Self.runs)
    #expect(junit.suites.map { $0.cases[0].result == .passed } == [false, false, false, true, true, true])
    #expect(try here.start(store: store).finished.runs == 3)
    for name in Self.runs.dropFirst(3).map({ $0 + ".json" }) {
      try write(try text("there/" + name), "here/" + name)
    }
    // Nothing is left to do, for the whole study either.
    here.only = []
    here.watch.began = { trial, _, _ in Issue.record("\(trial.name) was trained again") }
    here.decodingSpeed = { path in path.hasSuffix("teacher") ? 10 : 35 }
    let both = try here.start(store: store)
    #expect(both.ending == .completed && both.rows[0].seeds == (2, 2) && both.finished.runs == 6)
    #expect(both.rows[0].teacher?.seeds.last == first.rows[0].teacher?.seeds.last)
    #expect(both.text.contains("without looking at their models: parity/seed-2/teacher, "))
    #expect(both.json["copied"]?.array?.count == 3 && first.json["copied"]?.array?.isEmpty == true)
    #expect(both.rows[0].decoding?.median == 3.5, "of the models that are here")
    here.only = ["parity/seed-3"]
    let error = #expect(throws: StudyError.self) { try here.start(store: store) }
    #expect(error?.expected == "one of parity, parity/seed-1, parity/seed-2")
  }

  /// Stored once for both students of a teacher, and collected anew for another teacher.
  @Test func whatATeacherSaysIsStoredOnce() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let pairs =
      "[{student: student.yaml, plain: plain.yaml}, {name: again, student: student.yaml, plain: plain.yaml}]"
    let text = Self.study(seeds: "[1]").replacing("[{student: student.yaml, plain: plain.yaml}]", with: pairs)
    try write(text.replacing("name: real", with: "name: real\nsignals: 2048"), "study.yaml")
    var study = try study()
    var collected = 0
    study.watch.collected = { collected += $0 == 1 ? 1 : 0 }
    let report = try study.start(store: store)
    #expect(report.ending == .completed && collected == 1)
    let header = try SignalDirectory(reading: folder.appendingPathComponent("out/parity/signals")).header
    #expect(header.k == 2048)
    #expect(try self.text("out/parity/student-again/recipe.yaml").contains("parity/signals"))
    let digests = try ["student", "student-again"].map {
      try Fingerprint.sha256(file: folder.appendingPathComponent("out/parity/\($0)/model.safetensors"))
    }
    #expect(digests[0] == digests[1])
    // The teacher's passes are a stage of both students, with the command that repeats them.
    let ledgers = try ["student", "student-again"].map {
      try #require(try Ledger(in: folder.appendingPathComponent("out/parity/\($0)")))
    }
    let stages = ledgers.map { $0.stages.filter { $0.method == "signals" } }
    #expect(stages.map(\.count) == [1, 1] && stages[0] == stages[1])
    let command = try #require(stages[0].first?.command)
    #expect(command.hasPrefix("swiftlet signals ") && command.contains(" --k 2048 --set "), "\(command)")
    #expect(command.hasSuffix("/out/parity/signals"))
    #expect(report.signalSeconds >= stages[0].first?.seconds ?? .infinity)
    // Signals of before have no ledger and no time; the runs that learnt from them stay the same.
    for name in ["signals/ledger.json", "signals-time.json"] {
      try FileManager.default.removeItem(at: folder.appendingPathComponent("out/parity/" + name))
    }
    let old = try study.start(store: store)
    #expect(old.ending == .completed && collected == 1 && old.signalSeconds == 0)
    #expect(old.seconds == report.trainingSeconds && report.hasAllTimes && !old.hasAllTimes)
    #expect(old.notes.last?.hasSuffix("in all, as far as it was kept.") == true)
    // Another teacher at the same place.
    try write(try self.text("teacher.yaml").replacing("1.0e-3", with: "2.0e-3"), "teacher.yaml")
    study = try self.study()
    study.overwrites = true
    study.watch.collected = { collected += $0 == 1 ? 1 : 0 }
    _ = try study.start(store: store)
    let other = try SignalDirectory(reading: folder.appendingPathComponent("out/parity/signals")).header
    #expect(collected == 2 && other.teacher != header.teacher)
    // The same teacher at another temperature; and anew without any change, whose time counts.
    let objective = "objective: {loss_functions: [{function: forward_kl, temperature: 2.5}]}\n"
    try write(try self.text("student.yaml") + objective, "student.yaml")
    study = try self.study()
    study.overwrites = true
    study.watch.collected = { collected += $0 == 1 ? 1 : 0 }
    let warmer = try study.start(store: store)
    #expect(collected == 3 && warmer.ending == .completed && warmer.signalSeconds > 0)
    let third = try SignalDirectory(reading: folder.appendingPathComponent("out/parity/signals")).header
    #expect(third.temperature == 2.5 && third.teacher == other.teacher)
    #expect(try study.start(store: store).signalSeconds > 0 && collected == 4)
  }

  /// The end of its time stops a collection too, whose time counts in the sitting that ends it.
  @Test func aCollectionEndsWithItsTime() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write(Self.study(seeds: "[1]").replacing("name: real", with: "name: real\nsignals: 8"), "study.yaml")
    var study = try study()
    var begun: [String] = []
    study.watch.began = { trial, _, _ in begun.append(trial.name) }
    study.watch.shouldStop = { begun.last == "parity/student" }
    #expect(try study.start(store: store).ending == .interrupted)
    let start = ContinuousClock.now
    (begun, study.maxSeconds, study.watch.shouldStop) = ([], 3, { false })
    var shares: [Double] = []
    study.watch.collected = {
      shares.append($0)
      // Not beyond the first batch.
      while ContinuousClock.now - start < .seconds(4) { Thread.sleep(forTimeInterval: 0.1) }
    }
    let late = try study.start(store: store)
    #expect(late.ending == .outOfTime && begun == ["parity/student"] && shares.count == 1)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/out/parity/signals"))
    #expect(late.signalSeconds > 1, "\(late.signalSeconds)")
    (study.maxSeconds, study.watch.collected) = (nil, { _ in })
    study.decodingSpeed = { _ in
      Thread.sleep(forTimeInterval: 0.01)
      return 1
    }
    let whole = try study.start(store: store)
    #expect(whole.ending == .completed && whole.signalSeconds > late.signalSeconds)
    #expect(whole.decodingSeconds >= 0.06, "three turns of two models")
    #expect(try study.start(store: store).json == whole.json, "all of it is kept")
  }

  /// A run that was stopped in the middle does not go on with other records.
  @Test func aStoppedRunOfOtherDataBeginsAnew() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var stopped = try study("out")
    var polls = 0
    stopped.watch.shouldStop = {
      polls += 1
      return polls > 3
    }
    #expect(try stopped.start(store: store).ending == .interrupted)
    let checkpoints = folder.path + "/out/parity/teacher/checkpoints"
    #expect(try !FileManager.default.contentsOfDirectory(atPath: checkpoints).isEmpty)
    try write(
      try text("data/parity/records.jsonl").replacing("even", with: "odd"), "data/parity/records.jsonl")
    stopped.watch.shouldStop = { false }
    _ = try stopped.start(store: store)
    _ = try study("new").start(store: store)
    let digests = try ["out", "new"].map {
      try Fingerprint.sha256(file: folder.appendingPathComponent("\($0)/parity/teacher/model.safetensors"))
    }
    #expect(digests[0] == digests[1])
  }

  @Test func theBundledStudyIsWhatTheProjectAskedFor() throws {
    let file = DistillationTests.root.appendingPathComponent("Models/smollm2-135m/real-data.yaml").path
    let plan = try StudyPlan(file: file, data: "data", output: "runs/real-data")
    #expect(plan.trials.count == 33 && plan.study.signalSize == 32)
    let seeds = plan.study.sets.map { ($0.name, $0.seeds.count, $0.pairs.map(\.name)) }
    #expect(seeds.map(\.0) == ["overruling", "failuresensoriq", "sharc", "ai4i", "korean_statutes"])
    #expect(seeds.map(\.1) == [3, 3, 1, 1, 1] && seeds.map(\.2) == [["", "20m"], [""], [""], [""], [""]])
    #expect(plan.trials.first?.name == "overruling/teacher")
    #expect(plan.trials.last?.name == "failuresensoriq/seed-3/plain")
  }

  @Test func twinsDifferInTheTeacherAlone() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write(
      try text("plain.yaml").replacing("num_train_epochs: 1", with: "num_train_epochs: 2"), "plain.yaml")
    let error = #expect(throws: StudyError.self) { try plan() }
    #expect(
      error?.description.contains("plain.yaml: expected `training` as in ") == true,
      "\(String(describing: error))")
    try write(try text("student.yaml"), "plain.yaml")
    #expect(throws: StudyError.self) { try plan() }
  }

  @Test func mistakesAreOneLine() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let error = #expect(throws: StudyError.self) {
      var study = try study()
      study.only = ["paritty"]
      _ = try study.start(store: store)
    }
    #expect(error?.exitCode == .usage && error?.description.contains("one of parity") == true)
    #expect(throws: RecipeError.self) { try plan("out", ["training.lerning_rate=1"]) }
    #expect(throws: StudyError.seedOverride) { try plan("out", ["training.seed=7"]) }
    #expect(throws: StudyError.gates(place: folder.appendingPathComponent("teacher.yaml").path)) {
      try plan("out", ["gates.eval/accuracy=>= 0.9"])
    }
    for bad in [
      Self.study(seeds: "[1, 1]"), Self.study(teacher: "\"\""), "name: a/b\n" + Self.study().dropFirst(11),
      "name: x",
    ] {
      try write(bad, "study.yaml")
      #expect(throws: RecipeError.self, "\(bad)") { try plan() }
    }
    try write(Self.study(teacher: "none.yaml"), "study.yaml")
    #expect(throws: (any Error).self) { try plan() }
  }

  @Test func aPageKeepsWhatIsNotTheTable() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let page = folder.appendingPathComponent("page.md").path
    try write("# A\n<!-- study: real -->\nold\n<!-- end -->\nB\n<!-- end -->\n", "page.md")
    try MarkedText.replace("study: real", in: page, with: "| new |\n")
    #expect(try text("page.md") == "# A\n<!-- study: real -->\n| new |\n<!-- end -->\nB\n<!-- end -->\n")
    let error = #expect(throws: StudyError.self) {
      try MarkedText.replace("study: other", in: page, with: "x")
    }
    #expect(error?.exitCode == .badData)
    #expect(try text("page.md").contains("| new |"))
    let twice = "<!-- study: real -->\n<!-- end -->\n"
    try write(twice + twice, "page.md")
    #expect(throws: StudyError.self) { try MarkedText.replace("study: real", in: page, with: "x") }
    #expect(try text("page.md") == twice + twice)
  }
}
