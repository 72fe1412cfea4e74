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

/// A person asked to stop: the command ends with exit code 130 and leaves nothing half-written.
public struct DistillationInterrupted: Error {
  public init() {}
}
