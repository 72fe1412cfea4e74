import Corpus
import Evaluation
import LanguageModels
import Text

/// Examines a model while it trains: the loss on held-out examples, and the accuracy of its own answers.
struct RunEvaluator {
  let model: Transformer
  let data: TrainingData
  let encoder: ExampleEncoder
  let settings: EvaluationSettings
  let training: TrainingSettings
  /// Longest example that is measured, in tokens.
  let maxLength: Int

  /// Documents of full length in a batch: that of a policy counts answers, and may be far larger.
  private static let largestBatch = 64

  /// - Parameter watch: hears how far the answers are.
  /// - Throws: `AnsweringInterrupted` when the watch says so.
  func evaluate(step: Int, _ watch: AnsweringWatch) throws -> EvaluationReport {
    var report = EvaluationReport(step: step, metrics: try heldOutLoss(watch))
    if !data.problems.isEmpty {
      let (metrics, graded, accuracy) = try answers(watch)
      report.metrics.merge(metrics) { _, new in new }
      report.samples = Array(graded.prefix(settings.samples))
      report.isCorrect = graded.map(\.isCorrect)
      report.groups = graded.map(\.problem.group)
      report.accuracy = accuracy
    }
    return report
  }

  /// Cross-entropy in nats per token, whatever the training objective.
  private func heldOutLoss(_ watch: AnsweringWatch) throws -> [String: Double] {
    guard let validation = data.validation else { return [:] }
    let source = PackedBatchSource(
      validation, batchSize: min(training.batchSize, Self.largestBatch), maxLength: maxLength,
      packs: training.packs, seed: 0)
    let objective = LanguageModelObjective()
    var total = LossReport()
    while source.position.epoch == 0, source.position.offset < validation.count {
      try watch.poll()
      let batch = try source.nextBatch()
      // Only left-out examples remained: the batch belongs to the next pass.
      if source.position.epoch > 0 { break }
      total.merge(
        try objective.evaluate(batch, model: model, normalizer: 1, differentiates: false, isDetailed: true))
    }
    return [
      "eval/loss": total.sums["loss"]?.value ?? .nan,
      "eval/mean_token_accuracy": total.sums["mean_token_accuracy"]?.value ?? .nan,
    ]
  }

  /// Greedy answers to the held-out problems, graded by the verifier.
  private func answers(
    _ watch: AnsweringWatch
  ) throws -> ([String: Double], [GradedAnswer], AccuracyReport) {
    var examination = Examination(
      generator: Generator(model), tokenizer: encoder.tokenizer, template: encoder.template)
    examination.maximumNewTokens = settings.maxNewTokens
    let context = model.configuration.maximumPositions
    let problems = try data.problems.filter { try encoder.prompt($0.prompt).count < context }
    let leftOut = data.problems.count - problems.count
    let graded = try examination.answers(to: problems, choices: data.choices) {
      try watch.report($0, stage: "evaluation")
    }.map(\.graded)
    let report = AccuracyReport(graded, prior: data.prior)
    var metrics = [
      "eval/accuracy": report.overall.accuracy,
      "eval/problems": Double(report.overall.problems),
      "eval/unparsed": Double(report.overall.unparsed),
      "eval/stop_rate": report.stopRate,
      "eval/mean_length": report.meanTokens,
    ]
    // Their prompts fill the context.
    if leftOut > 0 { metrics["eval/left_out"] = Double(leftOut) }
    metrics["eval/answer_prior"] = report.answerPrior
    metrics["eval/balanced_accuracy"] = report.balancedAccuracy
    metrics["eval/macro_f1"] = report.macroF1
    for cells in [report.byLanguage, report.byDomain] where cells.count > 1 {
      for cell in cells { metrics["eval/accuracy/\(cell.name)"] = cell.accuracy }
    }
    return (metrics, graded, report)
  }
}
