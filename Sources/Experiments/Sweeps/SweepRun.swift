import Files
import Foundation
import Training

/// How a person follows a sweep and stops it.
public struct SweepWatch {
  /// Before each run that is trained: its place among all, and the seconds left, by the runs trained so far.
  public var began: (_ trial: SweepPlan.Trial, _ number: Int, _ secondsLeft: Double?) -> Void = { _, _, _ in }
  /// Follows a run of `train`.
  public var observer: () -> (any TrainingObserver)? = { nil }
  /// Follows a run of `distill`.
  public var progress: (DistillationProgress) -> Void = { _ in }
  public var shouldStop: () -> Bool = { Interruption.isRequested }

  public init() {}
}

/// Trains the runs of a plan one after another, each in a directory of its own inside `directory`.
///
/// `NAME.json` beside a run's directory says that it is finished. The same sweep started again passes over what is
/// finished and goes on with a run that was stopped, from its checkpoint.
public struct SweepRun {
  public let plan: SweepPlan
  public let directory: URL
  public let metric: SweepMetric
  /// Trains all runs anew.
  public var overwrites = false
  /// Ends the sweep after this time, a run in the middle with a checkpoint; every run trained has its whole work.
  public var maxSeconds: Double?
  public var watch = SweepWatch()
  /// For the report: the command as a person would repeat it.
  public var command = ""

  /// - Parameter metric: what the combinations are compared by.
  public init(_ plan: SweepPlan, output: String, metric: SweepMetric) {
    self.plan = plan
    self.metric = metric
    directory = URL(fileURLWithPath: output)
  }

  /// Runs to the end, an interruption or the end of its time, and writes `sweep.json`, `sweep.svg` and `report.html` after
  /// every run.
  ///
  /// - Throws: `SweepError`; what a run throws, except what lies in its own numbers, which is its result.
  public func start(store: ExperimentStore) throws -> SweepReport {
    let clock = StageClock()
    let lock = try open()
    defer { withExtendedLifetime(lock) {} }
    var results = try plan.trials.map { try overwrites ? nil : kept($0) }
    let missing = results.count { $0 == nil }
    var trained = 0
    func report(_ ending: SweepReport.Ending) throws -> SweepReport {
      let report = SweepReport(
        plan: plan, metric: metric, results: results, ending: ending, command: command,
        directory: directory.path)
      try report.write(to: directory)
      return report
    }
    _ = try report(.running)
    for result in results.compactMap(\.self) { try require(metric, in: result) }
    let isOutOfTime = { maxSeconds.map { clock.seconds >= $0 } ?? false }
    for (index, trial) in plan.trials.enumerated() where results[index] == nil {
      if watch.shouldStop() { return try report(.interrupted) }
      if isOutOfTime() { return try report(.outOfTime) }
      let left = trained > 0 ? clock.seconds / Double(trained) * Double(missing - trained) : nil
      watch.began(trial, index + 1, left)
      let stops = { [watch] in watch.shouldStop() || isOutOfTime() }
      guard
        let result = try SweepTrialRun(
          trial, in: directory, overwrites: overwrites, watch: watch, stops: stops
        ).start(store: store)
      else {
        return try report(watch.shouldStop() ? .interrupted : .outOfTime)
      }
      try file(of: trial).write(result)
      results[index] = result
      trained += 1
      _ = try report(.running)
      try require(metric, in: result)
    }
    return try report(.completed)
  }

  private func file(of trial: SweepPlan.Trial) -> JSONFile<SweepResult> {
    JSONFile(directory.appendingPathComponent(trial.name + ".json"))
  }

  /// Makes the directory, or checks that an earlier sweep left it.
  private func open() throws -> DirectoryLock {
    let files = FileManager.default
    let path = directory.path
    do {
      try files.createDirectory(at: directory, withIntermediateDirectories: true)
    } catch {
      throw TrainingError.cannotWrite(path: path, reason: error.localizedDescription)
    }
    let lock = try DirectoryLock(directory, inUse: SweepError.inUse(path: path))
    let present = try files.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") }
    guard present.isEmpty || present.contains(SweepReport.fileName) else {
      throw SweepError.foreignOutput(path: path)
    }
    if overwrites {
      for trial in plan.trials { try? files.removeItem(at: file(of: trial).url) }
    }
    return lock
  }

  /// The result of a run that an earlier sitting finished.
  private func kept(_ trial: SweepPlan.Trial) throws -> SweepResult? {
    let file = file(of: trial)
    guard let result = try file.read() else { return nil }
    guard result.identity == trial.recipe.identity else { throw SweepError.foreignRun(path: file.url.path) }
    return result
  }

  /// Asked after the first run already, so that a mistyped name does not cost them all. No run is lost by it.
  private func require(_ metric: SweepMetric, in result: SweepResult) throws {
    guard result.error == nil, result.metrics[metric.name] == nil else { return }
    let known = result.metrics.keys.sorted()
    throw SweepError.noSuchMetric(
      run: directory.path, metric: metric.name, known: known, suggestion: nearest(metric.name, among: known))
  }
}
