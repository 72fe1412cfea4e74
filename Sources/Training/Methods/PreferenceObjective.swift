import LanguageModels
import Objectives
import TensorCore

/// The loss of pairs of answers, for preference: the policy against the model that it was.
public final class PreferenceObjective: TrainingObjective {
  public let loss: PreferenceLoss
  /// Frozen.
  public let reference: any TeacherModel
  private let likelihood: TokenLikelihood

  public init(_ loss: PreferenceLoss, reference: any TeacherModel, blockRows: Int? = nil) {
    self.loss = loss
    self.reference = reference
    likelihood = TokenLikelihood(blockRows: blockRows)
  }

  public func evaluate(
    _ batch: PreferenceBatch, model: Transformer, normalizer: Double, differentiates: Bool, isDetailed: Bool
  ) throws -> LossReport {
    guard batch.labelCount > 0 else { return LossReport() }
    let labels = batch.tokens.learntLabels
    let hidden =
      differentiates
      ? batch.tokens.learntStates(of: model) : withoutGradient { batch.tokens.learntStates(of: model) }
    let policy = likelihood.measure(hidden, model, labels).logProbabilities
    let value = loss(batch.pairs(policy, likelihood.measure(batch.tokens, frozen: reference)))
    let pairs = Double(batch.labelCount)
    if differentiates {
      // The value is a mean over this batch; the update's mean is over all of its pairs.
      let slopes = value.gradients.flatMap { $0.chosen + $0.rejected }.map { Float($0 * pairs / normalizer) }
      likelihood.weighted(hidden, model, labels, slopes: slopes).backward()
    }
    var report = LossReport(loss: value.loss * pairs)
    report.add("loss", report.loss, over: pairs)
    for (name, number) in value.metrics { report.add(name, number * pairs, over: pairs) }
    return report
  }
}

extension PreferenceBatch {
  /// Log-probabilities [labels] of policy and reference, pair by pair.
  fileprivate func pairs(_ policy: [Double], _ reference: [Double]) -> [PreferenceLoss.Pair] {
    var start = 0
    func answer(_ example: Example) -> PreferenceLoss.Answer {
      let range = start..<start + example.labelCount
      start = range.upperBound
      return PreferenceLoss.Answer(policy: Array(policy[range]), reference: Array(reference[range]))
    }
    return pairs.map { pair in
      let chosen = answer(pair.chosen)
      return PreferenceLoss.Pair(chosen: chosen, rejected: answer(pair.rejected))
    }
  }
}
