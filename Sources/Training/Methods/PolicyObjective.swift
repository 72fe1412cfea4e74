import Kernels
import LanguageModels
import Objectives
import TensorCore

/// The group-relative policy loss of sampled answers, for grpo.
///
/// Its own averaging takes the place of the loop's `normalizer`, and its reports hold the loss as averaged, not a sum.
///
/// The trunk runs once. Its output goes through the output layer twice, in blocks of rows: for the log-probabilities, from
/// which the loss and its slope in each of them follow, and for the gradient of Σ slope · log π.
public final class PolicyObjective: TrainingObjective {
  public let loss: PolicyLoss
  /// The model as it was before the first update, or as `refresh` moved it; nil when no divergence from it is asked for.
  public let reference: Transformer?
  /// How the reference follows the policy; nil when it stays as it was.
  public var refresh: ReferenceRefresh?
  /// Divides the logits, as in sampling.
  public let temperature: Float
  public let blockRows: Int
  /// Receives the log-probabilities [labels] of a micro-batch in the first update that is made of it.
  package var onFirstPass: ((_ logProbabilities: [Double], _ index: Int) -> Void)?

  public init(_ loss: PolicyLoss, reference: Transformer?, temperature: Float, blockRows: Int = 512) {
    self.loss = loss
    self.reference = reference
    self.temperature = temperature
    self.blockRows = blockRows
  }

  public func evaluate(
    _ batch: RolloutBatch, model: Transformer, normalizer: Double, differentiates: Bool, isDetailed: Bool
  ) throws -> LossReport {
    guard batch.labelCount > 0 else { return LossReport() }
    let labels = batch.tokens.learntLabels
    let hidden =
      differentiates
      ? batch.tokens.learntStates(of: model) : withoutGradient { batch.tokens.learntStates(of: model) }
    let needsEntropy = isDetailed || loss.topEntropyShare < 1 || loss.entropyCoefficient != 0
    let (logProbabilities, entropies) = withoutGradient {
      measure(hidden.detached(), model, labels, withEntropy: needsEntropy)
    }
    var rows = PolicyLoss.Batch(
      width: batch.width, advantages: batch.completions.map { Double($0.advantage) },
      lossMask: batch.lossMask)
    let old = batch.oldLogProbabilities
    rows.oldLogProbabilities = old.map(batch.spread)
    if differentiates, old == nil { onFirstPass?(logProbabilities, batch.index) }
    rows.entropies = needsEntropy ? batch.spread(entropies) : nil
    rows.countedTokens = Double(batch.updateTokens)
    if let reference {
      rows.referenceLogProbabilities = batch.spread(
        withoutGradient {
          measure(batch.tokens.learntStates(of: reference), reference, labels, withEntropy: false)
            .logProbabilities
        })
    }
    let value = loss(batch.spread(logProbabilities), rows)
    if differentiates {
      let slopes = batch.gathered(value.gradient)
      let isCounted = batch.isCounted
      chunkedLinearLoss(hidden, model.outputWeight(), chunkRows: blockRows) { logits, range in
        let chosen = labelLogProbabilities(logits, labels: Array(labels[range]), temperature: temperature)
        let likelihood = sum(multiply(chosen, Tensor([range.count, 1], Array(slopes[range]))))
        let counted = range.indices.filter { isCounted[$0] }.map { Int32($0 - range.lowerBound) }
        guard value.entropySlope != 0, !counted.isEmpty else { return likelihood }
        let order = negativeEntropy(gatherRows(logits, rows: counted), temperature: temperature)
        return likelihood + scale(order, by: Float(-value.entropySlope))
      }.backward()
    }
    return report(value, batch, logProbabilities)
  }

  private func report(
    _ value: PolicyLoss.Value, _ batch: RolloutBatch, _ logProbabilities: [Double]
  ) -> LossReport {
    var report = LossReport(loss: value.loss)
    // Micro-batches divide by their number already where the loss is a mean of means.
    report.add("loss", value.loss * Double(loss.accumulationSteps), over: 1)
    for (name, number) in value.metrics.merging(batch.metrics, uniquingKeysWith: { first, _ in first }) {
      report.add(name, number, over: 1)
    }
    // Of the weights that drew them.
    let sampled = batch.completions.flatMap(\.samplingLogProbabilities)
    let trained = batch.oldLogProbabilities ?? logProbabilities
    let differences = zip(sampled, trained).map { abs(Double($0) - $1) }
    report.add("sampling/logp_difference/mean", differences.reduce(0, +), over: Double(differences.count))
    report.add(largest: differences.max() ?? 0, as: "sampling/logp_difference/max")
    return report
  }

  /// Log-probabilities of the labels, and entropies of their rows, block by block.
  private func measure(
    _ hidden: Tensor, _ model: Transformer, _ labels: [Int32], withEntropy: Bool
  ) -> (logProbabilities: [Double], entropies: [Double]) {
    var logProbabilities: [Double] = []
    var entropies: [Double] = []
    for first in stride(from: 0, to: labels.count, by: blockRows) {
      let range = first..<min(labels.count, first + blockRows)
      let logits = model.logits(of: slice(hidden, rows: range))
      let chosen = labelLogProbabilities(logits, labels: Array(labels[range]), temperature: temperature)
      logProbabilities += chosen.values.map(Double.init)
      if withEntropy { entropies += Objectives.entropies(logits, temperature: temperature) }
    }
    return (logProbabilities, entropies)
  }
}

extension PolicyObjective {
  public func finishUpdate(step: Int, model: Transformer) {
    guard let refresh, let reference, step.isMultiple(of: refresh.everySteps) else { return }
    refresh.apply(policy: model, reference: reference)
  }

  /// The reference, where it moves.
  public var keptArrays: [Checkpoint.Array] {
    guard refresh != nil, let reference else { return [] }
    return ReferenceRefresh.arrays(of: reference)
  }

  public func restore(_ arrays: [Checkpoint.Array]) throws {
    guard refresh != nil, let reference else { return }
    try ReferenceRefresh.restore(reference, from: arrays)
  }
}

extension RolloutBatch {
  /// Of each label.
  fileprivate var isCounted: [Bool] {
    completions.flatMap { Array(repeating: $0.isCounted, count: $0.length) }
  }

  /// [completions · width], true at the tokens that are learnt.
  fileprivate var lossMask: [Bool] {
    completions.flatMap { completion in
      (0..<width).map { completion.isCounted && $0 < completion.length }
    }
  }

  /// Numbers of the learnt tokens, one after another, as [completions · width] with zeros behind each completion.
  fileprivate func spread(_ numbers: [Double]) -> [Double] {
    var spread: [Double] = []
    var start = 0
    for completion in completions {
      let length = completion.length
      spread += numbers[start..<start + length] + Array(repeating: 0, count: width - length)
      start += length
    }
    return spread
  }

  /// The way back.
  fileprivate func gathered(_ spread: [Double]) -> [Float] {
    completions.indices.flatMap { row in
      spread[row * width..<row * width + completions[row].length].map { Float($0) }
    }
  }
}
