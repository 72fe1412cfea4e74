/// What a person sees of a distillation while it runs.
public struct DistillationProgress: Sendable {
  /// "teacher answers", "student training", …
  public var stage: String
  /// 0…1 within the stage.
  public var fraction: Double
  /// Step, loss and rate in words.
  public var detail: String

  public init(stage: String, fraction: Double, detail: String) {
    self.stage = stage
    self.fraction = fraction
    self.detail = detail
  }
}

/// How a person follows a distillation and stops it.
struct DistillationWatch {
  var show: (DistillationProgress) -> Void = { _ in }
  /// Polled after every step of a generation and every update of a training.
  var shouldStop: () -> Bool = { false }
}

/// A person asked to stop: the command ends with exit code 130, and the same command goes on from what is kept.
public struct DistillationInterrupted: Error {
  public init() {}
}
