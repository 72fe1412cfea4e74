import Files
import Foundation
import Training

/// A training run that the store keeps while it happens.
public struct RecordedTraining {
  public let run: TrainingRun

  public init(_ run: TrainingRun) { self.run = run }

  /// Trains as `TrainingRun.start` does, and notes in the store how it ended and which files it left.
  public func start(store: ExperimentStore, observer: (any TrainingObserver)? = nil) throws -> RunOutcome {
    let recorder = try RunRecorder(
      store: store, verb: "train", name: run.outputPath, recipe: run.recipe.json,
      recipeHash: run.recipe.identity, machine: MachineFacts.current.entries, output: run.outputPath)
    let outcome = try recorder.closing { try run.start(observer: StoreObserver(recorder, then: observer)) }
    try recorder.close(outcome, files: URL(fileURLWithPath: run.outputPath))
    return outcome
  }
}
