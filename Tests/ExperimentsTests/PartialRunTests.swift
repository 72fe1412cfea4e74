import Experiments
import Files
import Foundation
import Kernels
import Testing

/// A distillation that is stopped and started again.
@Suite struct PartialRunTests {
  private let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appendingPathComponent(
    "partial-\(UUID().uuidString)")
  private let store: ExperimentStore

  init() throws {
    store = try ExperimentStore(path: folder.appendingPathComponent("store.sqlite").path)
  }

  private func run(_ name: String, _ overrides: [String] = []) throws -> DistillationRun {
    DistillationRun(
      try DistillationTests.recipe(.finance, DistillationTests.short + overrides),
      output: folder.appendingPathComponent(name).path)
  }

  /// Starts `run`, asks it to stop in `stage`, and returns the stages that were worked on.
  private func worked(_ run: DistillationRun, stoppedIn stage: String) -> [String] {
    var run = run
    var stages: [String] = []
    run.progress = { progress in
      let isKept = progress.detail == "kept from an earlier sitting"
      if !isKept, stages.last != progress.stage { stages.append(progress.stage) }
    }
    run.shouldStop = { stages.last == stage }
    #expect(throws: DistillationInterrupted.self) { try run.start(store: store) }
    return stages
  }

  private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  @Test func aRunThatIsStoppedInEveryStageGivesTheSameStudent() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var whole = try run("whole")
    whole.trainsControls = true
    let expected = try whole.start(store: store)
    var stopped = try run("stopped")
    stopped.trainsControls = true
    let stages = expected.stages.map(\.name)
    let stops = stages[..<8] + ["gold_steps at 0.001", "gold_steps evaluation"]
    var next = 0
    for stage in stops {
      // What is finished is read back: a sitting begins with the stage in which the last one stopped.
      let index = try #require(stages.firstIndex(of: stage))
      #expect(worked(stopped, stoppedIn: stage) == Array(stages[next...index]))
      next = index
      #expect(!exists(stopped.output) && exists(stopped.partialPath))
      let time = stopped.partialPath + "/" + stage.replacing(" ", with: "-") + ".time.json"
      #expect(exists(time))
      try AtomicFile.write(#"{"seconds":1000,"coreSeconds":2000}"#, to: URL(fileURLWithPath: time))
    }
    let report = try stopped.start(store: store)
    #expect(exists(stopped.output) && !exists(stopped.partialPath))
    let digests = try [whole, stopped].map {
      try Fingerprint.sha256(file: URL(fileURLWithPath: $0.output + "/student/model.safetensors"))
    }
    #expect(digests[0] == digests[1])

    // The report tells the same, with the time of all sittings.
    func told(_ report: DistillationReport) -> [String] {
      report.stages.map { "\($0.name): \($0.tokens) tokens, \($0.flops)" }
        + ([report.student, report.teacher] + report.controls).map {
          "\($0.name): \($0.solved), \($0.accuracy.overall), \($0.learningRate ?? 0)"
        }
        + report.curves.map { "\($0.name): \($0.points)" } + ["\(report.collection)"]
        + report.samples.map { "\($0)" }
    }
    for (expected, found) in zip(told(expected), told(report)) { #expect(expected == found) }
    for stage in report.stages where stops.contains(stage.name) {
      #expect((1000..<2000).contains(stage.seconds), "\(stage)")
      #expect((2000..<3000).contains(stage.coreSeconds), "\(stage)")
    }
    // Five stages lead to the student; the controls' time is their own.
    #expect((5000..<6000).contains(report.seconds), "\(report.seconds)")
  }

  @Test func theWorkOfAnotherRecipeIsRefused() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(worked(try run("output"), stoppedIn: "student before") == ["student before"])
    var other = try run("output", ["training.seed=2"])
    let error = #expect(throws: DistillationError.self) { try other.start(store: store) }
    #expect(error?.place.hasSuffix("/output.partial") == true)
    #expect(error?.expected.hasPrefix("the work of recipe ") == true)
    #expect(error?.exitCode == .cannotWrite)
    #expect(exists(other.partialPath))
    other.overwrites = true
    #expect(worked(other, stoppedIn: "student before") == ["student before"])
    #expect(throws: DistillationError.self) { try run("output").start(store: store) }
  }

  @Test func theWorkOfOtherWeightsIsRefused() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let base = folder.appendingPathComponent("base")
    try FileManager.default.copyItem(
      at: DistillationTests.root.appendingPathComponent("Models/student-750k"), to: base)
    let run = try run("output", ["model=\(base.path)"])
    #expect(worked(run, stoppedIn: "student before") == ["student before"])
    let file = base.appendingPathComponent("model.safetensors")
    var weights = try Data(contentsOf: file)
    weights[weights.count - 2] ^= 1
    try weights.write(to: file)
    let error = #expect(throws: DistillationError.self) { try run.start(store: store) }
    #expect(error?.expected.hasPrefix("the work of base weights ") == true)
  }

  @Test func aSecondRunWaitsForTheFirst() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var first = try run("output")
    let second = first
    var refusal: (any Error)?
    first.progress = { _ in
      do { _ = try second.start(store: store) } catch { refusal = error }
    }
    first.shouldStop = { refusal != nil }
    #expect(throws: DistillationInterrupted.self) { try first.start(store: store) }
    guard case .partialInUse? = refusal as? DistillationError else {
      Issue.record("found \(String(describing: refusal))")
      return
    }
  }
}
