import Files
import Foundation
import Training

/// One training among many: it goes on from its checkpoint where that is of the same work, and begins anew otherwise.
struct ResumableTraining {
  private let run: TrainingRun
  /// What the run in the directory belongs to, noted before it begins.
  private let note: JSONFile<[String]>
  private let identity: String

  /// - Parameters:
  ///   - identity: of the recipe and the files that it names.
  ///   - command: what a person enters to repeat it alone.
  ///   - stops: polled after every update; true ends it with a checkpoint.
  init(
    _ reading: Recipe.Reading, output: URL, identity: String, command: String, stops: @escaping () -> Bool
  ) throws {
    note = JSONFile(
      output.deletingLastPathComponent().appendingPathComponent(".\(output.lastPathComponent).json"))
    self.identity = identity
    var options = RunOptions()
    options.output = output.path
    options.shouldStop = stops
    options.command = command
    let isOwn = try note.read() == [identity]
    options.resumes = isOwn && TrainingRun(reading, options: options).hasCheckpoint
    // What stopped before its first checkpoint has nothing to lose; what is of other work is worth nothing here.
    options.overwrites = !options.resumes
    run = TrainingRun(reading, options: options)
  }

  func start(store: ExperimentStore, observer: (any TrainingObserver)?) throws -> RunOutcome {
    if !run.options.resumes {
      // Checkpoints of other work must not be taken for this one's if it is stopped before its first.
      try? FileManager.default.removeItem(atPath: run.outputPath + "/checkpoints")
      try FileManager.default.createDirectory(
        at: note.url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try note.write([identity])
    }
    return try RecordedTraining(run).start(store: store, observer: observer)
  }
}
