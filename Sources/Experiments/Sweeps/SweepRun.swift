import Files
import Foundation
import Training

/// How a person follows a sweep and stops it.
public struct SweepWatch {
  /// Before each run that is trained: its place among all, and the seconds left, by the runs trained so far.
  public var began: (_ trial: SweepPlan.Trial, _ number: Int, _ secondsLeft: Double?) -> Void = { _, _, _ in }
  /// After each run, those of an earlier sitting first.
  public var ended: (_ run: SweepRow.Run) -> Void = { _ in }
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
  /// Trains all runs anew; the results and checkpoints of earlier ones are removed at the start.
  public var overwrites = false
  /// Ends the sweep after this time, a run in the middle with a checkpoint; every run trained has its whole work.
  public var maxSeconds: Double?
  public var watch = SweepWatch()
  /// For the report: the command as a person would repeat it.
  public var command = ""
  /// Between two reports while the sweep goes on. Each reads all there is, so the time that they take also counts: at most
  /// a twentieth of the sweep's. 0 writes one after every run, however long that takes.
  package var reportSeconds = 10.0

  /// - Parameter metric: what the combinations are compared by.
  public init(_ plan: SweepPlan, output: String, metric: SweepMetric) {
    self.plan = plan
    self.metric = metric
    directory = URL(fileURLWithPath: output)
  }

  /// Runs to the end, an interruption or the end of its time, and writes `sweep.json`, `sweep.svg` and `report.html` then
  /// and, in between, now and then.
  ///
  /// - Throws: `SweepError`; what a run throws, except what lies in its own numbers, which is its result.
  public func start(store: ExperimentStore) throws -> SweepReport {
    let clock = StageClock()
    let lock = try open()
    defer { withExtendedLifetime(lock) {} }
    let sources = SweepSources()
    let identities = try plan.trials.map { try sources.identity(of: $0.recipe) }
    var results = try zip(plan.trials, identities).map { try kept($0, identity: $1) }
    var nextReport = 0.0
    func report(_ ending: SweepReport.Ending, _ results: [SweepResult?]) throws -> SweepReport {
      let start = clock.seconds
      let report = SweepReport(
        plan: plan, metric: metric, results: results, ending: ending, overwrites: overwrites,
        command: command, directory: directory.path)
      try report.write(to: directory)
      nextReport = reportSeconds > 0 ? clock.seconds + max(reportSeconds, 20 * (clock.seconds - start)) : 0
      return report
    }
    for result in results.compactMap(\.self) { try require(metric, in: result) }
    _ = try report(.running, results)
    do {
      for (trial, result) in zip(plan.trials, results) {
        if let result { watch.ended(SweepRow.Run(trial, result, metric: metric)) }
      }
      let ending = try train(identities, &results, store, since: clock) { results in
        if clock.seconds >= nextReport { _ = try report(.running, results) }
      }
      return try report(ending, results)
    } catch {
      // What ended the sweep says more than a report that cannot be written.
      _ = try? report(.failed, results)
      throw error
    }
  }

  /// Trains what has no result yet.
  ///
  /// - Parameter progressed: called after each run.
  private func train(
    _ identities: [String], _ results: inout [SweepResult?], _ store: ExperimentStore,
    since clock: StageClock, progressed: ([SweepResult?]) throws -> Void
  ) throws -> SweepReport.Ending {
    let missing = results.count { $0 == nil }
    var trained = 0
    let isOutOfTime = { maxSeconds.map { clock.seconds >= $0 } ?? false }
    for (index, trial) in plan.trials.enumerated() where results[index] == nil {
      if watch.shouldStop() { return .interrupted }
      if isOutOfTime() { return .outOfTime }
      let left = trained > 0 ? clock.seconds / Double(trained) * Double(missing - trained) : nil
      watch.began(trial, index + 1, left)
      let stops = { [watch] in watch.shouldStop() || isOutOfTime() }
      guard
        let result = try SweepTrialRun(
          trial, in: directory, identity: identities[index], watch: watch, stops: stops
        ).start(store: store)
      else {
        return watch.shouldStop() ? .interrupted : .outOfTime
      }
      try file(of: trial).write(result)
      results[index] = result
      trained += 1
      watch.ended(SweepRow.Run(trial, result, metric: metric))
      try progressed(results)
      try require(metric, in: result)
    }
    return .completed
  }

  private func file(of trial: SweepPlan.Trial) -> JSONFile<SweepResult> {
    JSONFile(directory.appendingPathComponent(trial.name + ".json"))
  }

  private func open() throws -> DirectoryLock {
    let lock = try SweepOutput.open(directory, holding: SweepReport.fileName)
    if overwrites {
      // The checkpoints too: a sweep that is stopped and goes on must not take theirs for its own.
      for trial in plan.trials {
        try? FileManager.default.removeItem(at: file(of: trial).url)
        for name in [trial.name + "/checkpoints", trial.name + ".partial"] {
          try? FileManager.default.removeItem(at: directory.appendingPathComponent(name))
        }
      }
    }
    return lock
  }

  /// The result of a run that an earlier sitting finished.
  private func kept(_ trial: SweepPlan.Trial, identity: String) throws -> SweepResult? {
    let file = file(of: trial)
    guard let result = try file.read() else { return nil }
    guard result.identity == identity else { throw SweepError.foreignRun(path: file.url.path) }
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
