import Files
import Foundation
import Kernels
import Training

/// What a distillation keeps beside its output until it is done, so that the same command goes on after a stop.
///
/// `OUTPUT.partial/` holds `key.json` (what the work belongs to), a file for each finished stage and a directory of
/// checkpoints for each training. Each is whole or absent, whatever ends the program.
final class PartialRun {
  let directory: URL
  /// What each stage cost, all sittings together; the operations are those that its result needed.
  private(set) var stages: [DistillationReport.Stage] = []
  /// What the stages so far took in earlier sittings.
  private(set) var secondsBefore = 0.0
  private let watch: DistillationWatch
  private let lock: DirectoryLock
  private var running: (stage: String, clock: StageClock)?

  /// Opens what an earlier sitting left, or begins.
  ///
  /// - Parameter overwrites: discards what another recipe or other weights left.
  /// - Throws: `DistillationError.foreignPartial` or `.partialInUse`; `FileError.cannotWrite`.
  init(_ directory: URL, key: PartialRunKey, overwrites: Bool, watch: DistillationWatch) throws {
    self.directory = directory
    self.watch = watch
    let files = FileManager.default
    try PartialRun.changing(directory) {
      try files.createDirectory(at: directory, withIntermediateDirectories: true)
    }
    guard let lock = DirectoryLock(directory) else {
      throw DistillationError.partialInUse(path: directory.path)
    }
    self.lock = lock
    let keyFile = JSONFile<PartialRunKey>(directory.appendingPathComponent("key.json"))
    // A key that cannot be read is another program's.
    let found = try? keyFile.read()
    if found == key { return }
    try PartialRun.changing(directory) {
      let contents = try files.contentsOfDirectory(atPath: directory.path)
      guard overwrites || contents.allSatisfy({ $0.hasPrefix(".") }) else {
        let (expected, found) = key.difference(from: found)
        throw DistillationError.foreignPartial(path: directory.path, expected: expected, found: found)
      }
      for name in contents { try files.removeItem(at: directory.appendingPathComponent(name)) }
    }
    try keyFile.write(key)
  }

  /// A stage's result: read back where an earlier sitting finished the stage, else made by `work` and kept.
  func result<Value: Codable>(of stage: String, _ work: () throws -> StageResult<Value>) throws -> Value {
    let file = JSONFile<FinishedStage<Value>>(url(stage, "json"))
    if let finished = try file.read() {
      stages.append(finished.cost)
      secondsBefore += finished.cost.seconds
      watch.show(DistillationProgress(stage: stage, fraction: 1, detail: "kept from an earlier sitting"))
      return finished.value
    }
    let before = try timeFile(stage).read() ?? StageTime()
    secondsBefore += before.seconds
    let clock = StageClock(after: before)
    running = (stage, clock)
    defer { running = nil }
    do {
      let result = try work()
      let cost = DistillationReport.Stage(
        name: stage, seconds: clock.seconds, coreSeconds: clock.coreSeconds, tokens: result.tokens,
        flops: result.flops)
      try file.write(FinishedStage(cost: cost, value: result.value))
      stages.append(cost)
      return result.value
    } catch {
      // Why the stage ended matters more than a failure to note its time.
      try? keepTime()
      throw error
    }
  }

  /// What the stages from number `first` on have taken, all sittings together.
  func seconds(from first: Int) -> Double { stages.dropFirst(first).reduce(0) { $0 + $1.seconds } }

  /// Notes what the stage that runs has taken, for the sitting that finishes it.
  func keepTime() throws {
    if let (stage, clock) = running { try timeFile(stage).write(clock.time) }
  }

  /// Where a stage keeps what is no JSON.
  func url(_ stage: String, _ suffix: String) -> URL {
    directory.appendingPathComponent(stage.replacing(" ", with: "-") + "." + suffix)
  }

  func checkpoints(of stage: String) -> CheckpointDirectory {
    CheckpointDirectory(url(stage, "checkpoints"), kept: 1)
  }

  /// The output is written: nothing is left to go on with.
  func remove() throws {
    try PartialRun.changing(directory) { try FileManager.default.removeItem(at: directory) }
  }

  private static func changing(_ directory: URL, _ change: () throws -> Void) throws {
    do {
      try change()
    } catch let error as any Diagnostic {
      throw error
    } catch {
      throw FileError.cannotWrite(path: directory.path, reason: error.localizedDescription)
    }
  }

  private func timeFile(_ stage: String) -> JSONFile<StageTime> { JSONFile(url(stage, "time.json")) }
}

/// What a stage found and the work behind it.
struct StageResult<Value: Codable> {
  var value: Value
  var tokens: Int
  var flops: Double
}

private struct FinishedStage<Value: Codable>: Codable {
  var cost: DistillationReport.Stage
  var value: Value
}
