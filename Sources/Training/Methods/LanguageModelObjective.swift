import Kernels
import LanguageModels
import Objectives
import TensorCore

/// The loss of next-token prediction, for pretrain, sft and logit_distillation: a weighted sum of cross-entropy and
/// divergences from a teacher, over the rows with a label.
///
/// The output layer and the loss run over blocks of rows, so that [tokens, vocabulary] never exists whole.
public final class LanguageModelObjective: TrainingObjective {
  public let objective: Objective
  /// Runs beside the student when a batch brings no kept signal; nil when no term needs one.
  public let teacher: Transformer?
  /// Rows whose logits exist at once; fixed, so that the bits do not depend on memory or load.
  public let blockRows: Int

  public init(
    _ objective: Objective = Objective([LossTerm(.crossEntropy)]), teacher: Transformer? = nil,
    blockRows: Int = 512
  ) {
    self.objective = objective
    self.teacher = teacher
    self.blockRows = blockRows
  }

  public func evaluate(
    _ batch: TokenBatch, model: Transformer, normalizer: Double, differentiates: Bool, isDetailed: Bool
  ) throws -> LossReport {
    if let signal = batch.signal { try objective.validate(topKTemperature: signal.temperature) }
    guard batch.labelCount > 0 else { return LossReport() }
    let teacherHidden = try teacherStates(batch)
    guard differentiates else {
      return withoutGradient { run(batch, model, teacherHidden, 1, isDetailed: isDetailed).report }
    }
    let (loss, report) = run(batch, model, teacherHidden, normalizer, isDetailed: isDetailed)
    loss.backward()
    return report
  }

  /// The loss on the tape, divided by `normalizer`, and the sums that are reported.
  private func run(
    _ batch: TokenBatch, _ model: Transformer, _ teacherHidden: Tensor?, _ normalizer: Double,
    isDetailed: Bool
  ) -> (loss: Tensor, report: LossReport) {
    var correct = 0
    var sums = [Double](repeating: 0, count: objective.terms.count)
    let kept = batch.signal.map { Objectives.TeacherSignal.topK($0.objectiveSignal) }
    let hidden = batch.learntStates(of: model)  // [labels, hidden]
    let loss = chunkedLinearLoss(hidden, model.outputWeight(), chunkRows: blockRows) { logits, rows in
      let labels = Array(batch.learntLabels[rows])
      if isDetailed { correct += countOfCorrect(logits, labels) }
      let live = teacherHidden.map { TeacherSignal.logits(teacherLogits($0, rows)) }
      let value = objective(
        student: logits, teacher: kept?.rows(rows) ?? live, labels: labels, normalizer: normalizer)
      for (index, term) in value.terms.enumerated() { sums[index] += term * normalizer }
      return value.loss
    }
    let labels = Double(batch.labelCount)
    var report = LossReport(loss: Double(loss.item) * normalizer)
    report.add("loss", report.loss, over: labels)
    if isDetailed { report.add("mean_token_accuracy", Double(correct), over: labels) }
    for (term, sum) in zip(objective.terms, sums) where objective.needsTeacher {
      report.add(term.function.needsTeacher ? "kd_loss" : "class_loss", sum, over: labels)
    }
    return (loss, report)
  }

  private func teacherStates(_ batch: TokenBatch) throws -> Tensor? {
    guard objective.needsTeacher, batch.signal == nil else { return nil }
    guard let teacher else {
      throw TrainingError.notAvailable(
        what: "a divergence without a teacher",
        instead: "`teacher:` in the recipe, or examples with kept signals")
    }
    return withoutGradient { batch.learntStates(of: teacher) }
  }

  private func teacherLogits(_ hidden: Tensor, _ rows: Range<Int>) -> Tensor {
    guard let teacher else { return hidden }
    return withoutGradient { teacher.logits(of: slice(hidden, rows: rows)) }
  }
}

extension TokenBatch {
  /// The model's hidden states at the rows with a label, [labels, hidden].
  func learntStates(of model: Transformer) -> Tensor {
    let all = model.forward(tokens: tokens, positions: positions, spans: spans)
    return learntRows.elementsEqual(0..<Int32(tokenCount)) ? all : gatherRows(all, rows: learntRows)
  }
}

extension KeptSignal {
  /// The signal as the objectives take it.
  var objectiveSignal: TopKSignal {
    TopKSignal(
      logProbabilities: Buffer(logProbabilities), indices: indices, tail: Buffer(tail),
      temperature: temperature)
  }
}

/// Rows whose largest logit is at the label.
func countOfCorrect(_ logits: Tensor, _ labels: [Int32]) -> Int {
  let columns = logits.columns
  return logits.buffer.withSpan { values in
    labels.indices.count { row in
      let start = row * columns
      let score = values[start + Int(labels[row])]
      // A count without an early exit vectorizes.
      var larger = 0
      for column in 0..<columns { larger &+= values[start + column] > score ? 1 : 0 }
      return larger == 0
    }
  }
}
