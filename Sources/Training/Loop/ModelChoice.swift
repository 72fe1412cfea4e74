/// How a run chooses the model that it ends with among those of its evaluations (`load_best_model_at_end` of Transformers).
///
/// What chooses is held out and is not what judges in the end.
struct ModelChoice {
  /// Of the reports that `examine` gives.
  let metric: String
  let lowerIsBetter: Bool
  /// Evaluates the model as it is, on the data that choose.
  let examine: (_ step: Int) throws -> EvaluationReport
  /// Keeps the model of the best evaluation so far.
  let keep: (_ checkpoint: Checkpoint) throws -> Void
  /// The parameters of the model that was kept at a step.
  let parameters: (_ step: Int) throws -> [Checkpoint.Array]

  /// Equal evaluations leave the earlier model, which was trained less.
  func isBetter(_ value: Double, than best: BestEvaluation?) -> Bool {
    guard value.isFinite else { return false }
    guard let best else { return true }
    return lowerIsBetter ? value < best.value : value > best.value
  }
}
