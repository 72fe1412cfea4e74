import Kernels
import LanguageModels
import Objectives
import TensorCore

/// Reverse KL by policy gradient on the student's own answers, for on_policy_distillation with `variant: minillm`
/// (Gu et al. 2024).
///
/// L = (1/n) Σ over tokens of −A log q, A a constant, + with `decomposes` (1/n) Σ over tokens of KL(q‖p) at that token
///
/// The second term is exact where the first draws one token: the single-step decomposition. As in TRL's trainer of that
/// name A holds the token's own reward in both cases. Answers are learnt once, by the weights that wrote them.
public final class MiniLLMObjective: TrainingObjective {
  public let advantages: ReverseKLAdvantages
  public let decomposes: Bool
  /// Frozen.
  public let teacher: Transformer
  private let likelihood: TokenLikelihood

  public init(
    _ advantages: ReverseKLAdvantages, decomposes: Bool, teacher: Transformer, blockRows: Int? = nil
  ) {
    self.advantages = advantages
    self.decomposes = decomposes
    self.teacher = teacher
    likelihood = TokenLikelihood(blockRows: blockRows)
  }

  public func evaluate(
    _ batch: TokenBatch, model: Transformer, normalizer: Double, differentiates: Bool, isDetailed: Bool
  ) throws -> LossReport {
    guard batch.labelCount > 0 else { return LossReport() }
    guard differentiates else {
      return withoutGradient { run(batch, model, normalizer: normalizer).report }
    }
    let (loss, report) = run(batch, model, normalizer: normalizer)
    loss.backward()
    return report
  }

  private func run(
    _ batch: TokenBatch, _ model: Transformer, normalizer: Double
  ) -> (loss: Tensor, report: LossReport) {
    let labels = batch.learntLabels
    let hidden = batch.learntStates(of: model)
    let teacherHidden = withoutGradient { batch.learntStates(of: teacher) }
    let student = likelihood.measure(hidden, model, labels).logProbabilities
    let expert = likelihood.measure(teacherHidden, teacher, labels).logProbabilities
    let worth = batch.learntCounts.reduce(into: (start: 0, values: [Double]())) { result, count in
      let range = result.start..<result.start + count
      result.values += advantages(student: Array(student[range]), teacher: Array(expert[range]))
      result.start = range.upperBound
    }.values
    var exact = 0.0
    let loss = likelihood.weighted(
      hidden, model, labels, slopes: worth.map { Float(-$0 / normalizer) }
    ) { logits, rows in
      guard decomposes else { return nil }
      let teacherLogits = withoutGradient { teacher.logits(of: slice(teacherHidden, rows: rows)) }
      let value = divergence(
        .reverseKL, student: logits, teacher: teacherLogits, reduction: .dividedBy(Float(normalizer)))
      exact += Double(value.item) * normalizer
      return value
    }
    let count = Double(batch.labelCount)
    var report = LossReport(loss: Double(loss.item) * normalizer)
    report.add("loss", report.loss, over: count)
    if decomposes { report.add("kd_loss", exact, over: count) }
    // The sampled estimate of the same divergence.
    let gains = zip(student, expert).reduce(0) { $0 + $1.0 - $1.1 }
    report.add("minillm/sampled_reverse_kl", gains, over: count)
    report.add("minillm/advantage", worth.reduce(0, +), over: count)
    return (loss, report)
  }
}
