import Corpus
import LanguageModels
import Text

/// Examines a model while it trains: the loss on held-out examples, and the accuracy of its own answers.
struct RunEvaluator {
  let model: Transformer
  let data: TrainingData
  let encoder: ExampleEncoder
  let settings: EvaluationSettings
  let training: TrainingSettings

  func evaluate(step: Int) throws -> EvaluationReport {
    var report = EvaluationReport(step: step, metrics: try heldOutLoss())
    if !data.problems.isEmpty {
      let (metrics, samples) = try answers()
      report.metrics.merge(metrics) { _, new in new }
      report.samples = samples
    }
    return report
  }

  /// Cross-entropy in nats per token, whatever the training objective.
  private func heldOutLoss() throws -> [String: Double] {
    guard let validation = data.validation else { return [:] }
    let source = PackedBatchSource(
      validation, batchSize: training.batchSize, maxLength: training.maxLength, packs: training.packs, seed: 0)
    let objective = LanguageModelObjective()
    var total = LossReport()
    while source.position.epoch == 0, source.position.offset < validation.count {
      let batch = try source.nextBatch()
      total.merge(
        try objective.evaluate(batch, model: model, normalizer: 1, differentiates: false, isDetailed: true))
    }
    return [
      "eval/loss": total.sums["loss"]?.value ?? .nan,
      "eval/mean_token_accuracy": total.sums["mean_token_accuracy"]?.value ?? .nan,
    ]
  }

  private func answers() throws -> ([String: Double], [EvaluationReport.Sample]) { ([:], []) }
}
