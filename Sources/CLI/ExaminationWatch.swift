import Evaluation
import Experiments
import Training

/// Looks after an examination whose answers are kept: shows how far it is, and ends it after Ctrl-C.
struct ExaminationWatch<Row: ArchivedRow> {
  private let archive: StoredAnswerArchive<Row>
  private let model: String
  /// What the model is asked for, in the plural.
  private let unit: String

  init(_ archive: StoredAnswerArchive<Row>, of model: String, unit: String) {
    self.archive = archive
    self.model = model
    self.unit = unit
  }

  /// Runs `examine`, which must call what it is given after every step; then says how much was in the store.
  ///
  /// - Throws: `CommandError.examInterrupted`, when all that is finished has been kept; what `examine` throws.
  func measure<Result>(
    _ examine: (_ progress: @escaping (ExaminationProgress) throws -> Void) throws -> Result
  ) throws -> (result: Result, seconds: Double) {
    let meter = GenerationMeter(label: model, unit: unit)
    defer { meter.finish() }
    let start = ContinuousClock.now
    let result = try examine { progress in
      if Interruption.isRequested {
        throw CommandError.examInterrupted(kept: progress.finished, of: progress.answers, unit: unit)
      }
      meter.show(progress.generation, reused: progress.reused)
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    meter.finish()
    if archive.reused > 0 {
      Terminal.write("\(model): \(archive.reused) of \(archive.requests) \(unit) are from the store\n")
    }
    return (result, seconds)
  }
}
