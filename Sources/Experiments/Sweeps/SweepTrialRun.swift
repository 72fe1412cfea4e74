import Files
import Foundation
import Training

/// What a finished run of a sweep leaves in `NAME.json`.
struct SweepResult: Codable, Sendable, Equatable {
  /// Of the recipe and the files that it names: `SweepSources.identity`.
  var identity: String
  /// Why the run has no metrics: its numbers are no longer finite, its rewards teach nothing.
  var error: String?
  var metrics: [String: Double] = [:]
  var seconds = 0.0
}

/// One run of a sweep, by the code that `train` and `distill` use.
struct SweepTrialRun {
  let trial: SweepPlan.Trial
  let directory: URL
  /// What the result will carry.
  let identity: String
  let watch: SweepWatch
  let stops: () -> Bool

  /// - Parameter directory: of the sweep.
  init(
    _ trial: SweepPlan.Trial, in directory: URL, identity: String, watch: SweepWatch,
    stops: @escaping () -> Bool
  ) {
    self.trial = trial
    self.directory = directory.appendingPathComponent(trial.name)
    self.identity = identity
    self.watch = watch
    self.stops = stops
  }

  /// Trains, from the run's checkpoint where there is one. Nil for a run that was stopped, which keeps a checkpoint.
  func start(store: ExperimentStore) throws -> SweepResult? {
    var result = SweepResult(identity: identity)
    do {
      switch trial.recipe {
      case .training(let reading):
        let outcome = try ResumableTraining(
          reading, output: directory, identity: identity, command: trial.command, stops: stops
        ).start(store: store, observer: watch.observer())
        if outcome.ending == .interrupted { return nil }
        result.metrics = outcome.metrics
        result.seconds = outcome.elapsedSeconds
      case .distillation(let recipe):
        let report = try distil(recipe, store)
        result.metrics = report.metrics
        result.seconds = report.seconds
      }
    } catch is DistillationInterrupted {
      return nil
    } catch let error as TrainingError where error.liesInTheNumbers {
      result.error = error.description
    } catch let error as DistillationError {
      guard case .nothingKept = error else { throw error }
      result.error = error.description
    }
    result.metrics = result.metrics.filter(\.value.isFinite)
    return result
  }

  private func distil(_ recipe: DistillationRecipe, _ store: ExperimentStore) throws -> DistillationReport {
    var run = DistillationRun(recipe, output: directory.path)
    // Written and not noted as finished: the program ended between the two.
    run.overwrites = FileManager.default.fileExists(atPath: directory.path)
    run.command = trial.command
    run.machine = MachineFacts.current.entries
    run.progress = watch.progress
    run.shouldStop = stops
    return try run.start(store: store)
  }
}

extension TrainingError {
  /// Whether the run's own numbers ended it, as they would again; other runs of a sweep or study go on.
  var liesInTheNumbers: Bool {
    switch self {
    case .notFinite, .unreachable, .noRewardApplies: true
    default: false
    }
  }
}
