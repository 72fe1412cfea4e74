import Corpus
import Evaluation
import Files
import Foundation
import Kernels
import Training

/// How a person follows a study and stops it.
public struct StudyWatch {
  /// Before each run that is trained: its place among those of the sets that are run.
  public var began: (_ trial: StudyPlan.Trial, _ number: Int, _ count: Int) -> Void = { _, _, _ in }
  /// The share of a teacher's signals that is collected.
  public var collected: (_ fraction: Double) -> Void = { _ in }
  /// Follows a run.
  public var observer: () -> (any TrainingObserver)? = { nil }
  public var shouldStop: () -> Bool = { Interruption.isRequested }
  /// What is known up to now: at the start and after each run.
  public var reported: (StudyReport) -> Void = { _ in }

  public init() {}
}

/// Trains the runs of a study one after another and compares what comes out.
///
/// The students of a set whose teachers are not above its commonest answer are left out: they would have nothing to learn.
/// The same study started again passes over what is finished and goes on with a run that was stopped, from its checkpoint.
public struct StudyRun {
  public let plan: StudyPlan
  public let directory: URL
  /// The sets that are run, `overruling`, or single seeds of them, `overruling/seed-2`; all when empty. The report tells of
  /// all whose results are there.
  public var only: [String] = []
  /// Trains the students of sets without a teacher, too.
  public var trainsUntaught = false
  /// Trains all of these runs anew.
  public var overwrites = false
  /// Ends the study after this time, a run in the middle with a checkpoint.
  public var maxSeconds: Double?
  public var watch = StudyWatch()
  /// For the report: the command as a person would repeat it.
  public var command = ""
  /// Tokens per second that the model in a directory decodes; nil where speeds are not measured.
  public var decodingSpeed: ((_ path: String) throws -> Double)?
  /// How often each of two models is timed, in turns.
  private static let decodingTurns = 3

  public init(_ plan: StudyPlan, output: String) {
    self.plan = plan
    directory = URL(fileURLWithPath: output)
  }

  /// Runs to the end, an interruption or the end of its time, and writes `study.json` and `study.md` then and after each run.
  ///
  /// - Throws: `SweepError`, `StudyError`; what a run throws, except what lies in its own numbers, which is its result.
  public func start(store: ExperimentStore) throws -> StudyReport {
    if let other = only.first(where: { name in !plan.trials.contains { $0.isPart(of: name) } }) {
      let seeds = plan.trials.filter { $0.role == .teacher }.map(\.part)
      throw StudyError.noSuchSet(name: other, known: plan.study.sets.map(\.name) + seeds)
    }
    let trials = plan.trials.filter { trial in only.isEmpty || only.contains(where: trial.isPart) }
    let clock = StageClock()
    let lock = try SweepOutput.open(directory, holding: StudyReport.fileName)
    defer { withExtendedLifetime(lock) {} }
    if overwrites {
      for trial in trials {
        try? FileManager.default.removeItem(at: file(of: trial).url)
        if let name = trial.signals?.name {
          try? FileManager.default.removeItem(at: directory.appendingPathComponent(name))
          try? FileManager.default.removeItem(at: timeFile(ofSignals: name).url)
        }
        try? FileManager.default.removeItem(at: checkpoints(of: trial))
      }
    }
    var results: [String: StudyResult] = [:]
    for trial in plan.trials { results[trial.name] = try file(of: trial).read() }
    try requireData(
      of: trials.filter { trial in
        results[trial.name] == nil
          && (trainsUntaught || StudyResult.teach(plan.teachers(of: trial.set, results)) != false)
      })
    func report(_ ending: SweepReport.Ending, _ results: [String: StudyResult]) throws -> StudyReport {
      let report = StudyReport(
        plan, results, decoding: try decodings(results), collecting: try collectingTimes(),
        copied: plan.trials.filter { isCopied($0, results[$0.name]) }.map(\.name),
        trainsUntaught: trainsUntaught, ending: ending, command: command)
      try report.write(to: directory)
      watch.reported(report)
      return report
    }
    _ = try report(.running, results)
    let stops = { [watch, maxSeconds] in
      watch.shouldStop() || maxSeconds.map { clock.seconds >= $0 } ?? false
    }
    do {
      var isDone: Bool
      var leftOut: Set<String>
      repeat {
        leftOut = []
        isDone = try train(trials, &results, &leftOut, store, stops) { _ = try report(.running, $0) }
        // A later seed's teacher may have shown that a set has one after all.
      } while isDone && leftOut.contains { StudyResult.teach(plan.teachers(of: $0, results)) == true }
      if isDone, try timeDecoding(trials, results, stops) { return try report(.completed, results) }
      return try report(watch.shouldStop() ? .interrupted : .outOfTime, results)
    } catch {
      // What ended the study says more than a report that cannot be written.
      _ = try? report(.failed, results)
      throw error
    }
  }

  /// Refuses a set without data, of which something is to be trained, before the hours of the others.
  private func requireData(of trials: [StudyPlan.Trial]) throws {
    for trial in trials {
      let resolve = PathResolver(recipeFile: trial.reading.file)
      let dataset = trial.reading.recipe.dataset
      for path in (dataset.paths + dataset.texts).map({ resolve($0) })
      where !FileManager.default.fileExists(atPath: path) {
        throw CorpusError.missing(path: path)
      }
    }
  }

  /// Trains what has no result yet.
  ///
  /// - Parameters:
  ///   - leftOut: takes the sets whose teachers know too little for their students.
  ///   - progressed: called after each run.
  /// - Returns: false where it was stopped.
  private func train(
    _ trials: [StudyPlan.Trial], _ results: inout [String: StudyResult], _ leftOut: inout Set<String>,
    _ store: ExperimentStore, _ stops: @escaping () -> Bool,
    progressed: ([String: StudyResult]) throws -> Void
  ) throws -> Bool {
    let sources = SweepSources()
    var lostTeacher = false
    for (index, trial) in trials.enumerated() {
      if trial.role == .teacher { lostTeacher = false }
      if lostTeacher { continue }
      if isCopied(trial, results[trial.name]) { continue }
      if results[trial.name] == nil {
        let isTaught = trainsUntaught || StudyResult.teach(plan.teachers(of: trial.set, results)) != false
        if trial.role != .teacher, !isTaught {
          leftOut.insert(trial.set)
          continue
        }
        if stops() { return false }
        watch.began(trial, index + 1, trials.count)
        guard try collectSignals(for: trial, stops) else { return false }
      }
      // Taken now, when the teacher that a student's recipe names is there.
      let identity = try sources.identity(of: .training(trial.reading), spelled: .training(trial.contents))
      if let result = results[trial.name] {
        guard result.identity == identity else { throw SweepError.foreignRun(path: file(of: trial).url.path) }
      } else {
        guard let result = try train(trial, identity: identity, store, stops) else { return false }
        try file(of: trial).write(result)
        // A model of 135 million parameters has 2 GB of them, which nothing needs any more.
        try? FileManager.default.removeItem(at: checkpoints(of: trial))
        results[trial.name] = result
        ProcessMemory.releaseIdle()
        try progressed(results)
      }
      if trial.role == .teacher { lostTeacher = results[trial.name]?.error != nil }
    }
    return true
  }

  /// Stores what the teacher says of the student's examples, where no student before it did.
  ///
  /// - Returns: false where it was stopped.
  private func collectSignals(for trial: StudyPlan.Trial, _ stops: @escaping () -> Bool) throws -> Bool {
    guard let (name, reading, command) = trial.signals else { return true }
    var collection = SignalCollection(reading, output: directory.appendingPathComponent(name).path)
    collection.k = plan.study.signalSize
    // What an earlier teacher said at the same place, whole or in part, is of no use.
    collection.overwrites = true
    if try collection.isCollected() { return true }
    collection.command = command
    collection.progress = watch.collected
    collection.shouldStop = stops
    // What is stopped leaves no signals, and has taken its time all the same.
    let time = timeFile(ofSignals: name)
    let clock = StageClock(after: try time.read() ?? StageTime())
    do {
      let isWhole = try collection.run() != nil
      try time.write(clock.time)
      return isWhole
    } catch {
      // Why the collection ended says more than a time that cannot be kept.
      try? time.write(clock.time)
      throw error
    }
  }

  /// What the collecting of signals has taken, all sittings together.
  private func timeFile(ofSignals name: String) -> JSONFile<StageTime> {
    JSONFile(directory.appendingPathComponent(name + "-time.json"))
  }

  /// For each collection of signals that was begun; earlier programs did not keep it.
  private func collectingTimes() throws -> [String: StageTime] {
    var times: [String: StageTime] = [:]
    for name in plan.trials.compactMap(\.signals?.name) where times[name] == nil {
      times[name] = try timeFile(ofSignals: name).read()
    }
    return times
  }

  /// Nil for a run that was stopped, which keeps a checkpoint.
  private func train(
    _ trial: StudyPlan.Trial, identity: String, _ store: ExperimentStore, _ stops: @escaping () -> Bool
  ) throws -> StudyResult? {
    let evaluation = LastEvaluation(then: watch.observer())
    var result = StudyResult(identity: identity)
    do {
      let outcome = try ResumableTraining(
        trial.reading, output: directory.appendingPathComponent(trial.name), identity: identity,
        command: trial.command, stops: stops
      ).start(store: store, observer: evaluation)
      if outcome.ending == .interrupted { return nil }
      guard let report = evaluation.report, !report.isCorrect.isEmpty else {
        throw StudyError.nothingAsked(run: trial.name)
      }
      result.accuracy = report.accuracy
      result.solved = report.isCorrect
      // Digests, so that results can be handed on without the records' texts.
      result.groups = report.groups.map { String(Fingerprint.sha256(Array($0.utf8)).prefix(16)) }
      result.parameters = evaluation.parameters
      result.tokens = outcome.tokens
      result.seconds = outcome.ledger?.stages.last?.seconds ?? outcome.elapsedSeconds
      result.bestStep = outcome.metrics["validation/best_step"].map { Int($0) }
      result.isWhole = outcome.ending == .completed
    } catch let error as TrainingError where error.liesInTheNumbers {
      result.error = error.description
    }
    return result
  }

  /// Whether a run's result came from another machine: its model is not here.
  private func isCopied(_ trial: StudyPlan.Trial, _ result: StudyResult?) -> Bool {
    result != nil && result?.error == nil
      && !FileManager.default.fileExists(atPath: directory.appendingPathComponent(trial.name).path)
  }

  private func file(of trial: StudyPlan.Trial) -> JSONFile<StudyResult> {
    JSONFile(directory.appendingPathComponent(trial.name + ".json"))
  }

  private func checkpoints(of trial: StudyPlan.Trial) -> URL {
    directory.appendingPathComponent(trial.name + "/checkpoints")
  }

  // MARK: Decoding

  private func decodingFile(of trial: StudyPlan.Trial) -> JSONFile<DecodingComparison> {
    JSONFile(directory.appendingPathComponent(trial.name + "-decoding.json"))
  }

  /// The taught students that are finished, each with the teacher of its seed; and who the two are.
  private func taught(
    _ trials: [StudyPlan.Trial], _ results: [String: StudyResult]
  ) -> [(student: StudyPlan.Trial, teacher: StudyPlan.Trial, identities: [String])] {
    var teacher: StudyPlan.Trial?
    return trials.compactMap { trial in
      if trial.role == .teacher { teacher = trial }
      guard case .student = trial.role, let teacher, let own = results[trial.name], own.isUsable,
        let taught = results[teacher.name], taught.isUsable
      else { return nil }
      return (trial, teacher, [taught.identity, own.identity])
    }
  }

  /// What was measured of the models that are there now.
  private func decodings(_ results: [String: StudyResult]) throws -> [String: DecodingComparison] {
    var found: [String: DecodingComparison] = [:]
    for (student, _, identities) in taught(plan.trials, results) {
      if let known = try decodingFile(of: student).read(), known.identities == identities {
        found[student.name] = known
      }
    }
    return found
  }

  /// Times each taught student beside its teacher, in turns, where that was not done yet.
  ///
  /// - Returns: false where it was stopped.
  private func timeDecoding(
    _ trials: [StudyPlan.Trial], _ results: [String: StudyResult], _ stops: () -> Bool
  ) throws -> Bool {
    guard let decodingSpeed else { return true }
    let known = try decodings(results)
    for (student, teacher, identities) in taught(trials, results)
    where known[student.name] == nil && !isCopied(student, results[student.name])
      && !isCopied(teacher, results[teacher.name])
    {
      if stops() { return false }
      let clock = StageClock()
      var comparison = DecodingComparison(
        identities: identities, machine: MachineFacts.current.processor, teacher: [], student: [])
      for _ in 0..<StudyRun.decodingTurns {
        comparison.teacher.append(try decodingSpeed(directory.appendingPathComponent(teacher.name).path))
        comparison.student.append(try decodingSpeed(directory.appendingPathComponent(student.name).path))
      }
      comparison.seconds = clock.seconds
      try decodingFile(of: student).write(comparison)
    }
    return true
  }
}

/// Remembers the last evaluation in which questions were answered, and hands every event on.
private final class LastEvaluation: TrainingObserver {
  private(set) var report: EvaluationReport?
  private(set) var parameters = 0
  private let next: (any TrainingObserver)?

  init(then next: (any TrainingObserver)?) { self.next = next }

  func observe(_ event: TrainingEvent) {
    switch event {
    case .started(let start): parameters = start.parameterCount
    case .evaluated(let evaluation): if evaluation.accuracy != nil { report = evaluation }
    default: break
    }
    next?.observe(event)
  }
}

extension StudyPlan.Trial {
  /// What a person calls the runs of one seed.
  fileprivate var part: String { "\(set)/seed-\(seed)" }

  /// Whether a person who names a set, or a seed of one, means this run.
  fileprivate func isPart(of name: String) -> Bool { name == set || name == part }

  /// The recipe without the paths, which may be spelled in several ways: what lies there counts.
  fileprivate var contents: Recipe.Reading {
    var contents = reading
    if contents.recipe.model.directory != nil { contents.recipe.model.directory = "model" }
    if contents.recipe.teacher != nil { contents.recipe.teacher = TeacherSource(directory: "teacher") }
    contents.recipe.dataset.paths = contents.recipe.dataset.paths.map { _ in "records" }
    return contents
  }
}
