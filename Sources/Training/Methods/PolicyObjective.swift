import Foundation
import LanguageModels
import Objectives
import TensorCore

/// The group-relative policy loss of sampled answers, for grpo.
///
/// Its own averaging takes the place of the loop's `normalizer`, and its reports hold the loss as averaged, not a sum.
public final class PolicyObjective: TrainingObjective {
  public let loss: PolicyLoss
  /// The model as it was before the first update, or as `refresh` moved it; nil when no divergence from it is asked for.
  public let reference: (any TeacherModel)?
  /// How the reference, a `Transformer` then, follows the policy; nil when it stays as it was.
  public var refresh: ReferenceRefresh? {
    didSet {
      precondition(
        refresh == nil || movingReference != nil, "PolicyObjective: a packed reference cannot move")
    }
  }
  private var movingReference: Transformer? { reference as? Transformer }
  private let likelihood: TokenLikelihood
  /// The largest weight of a token for its training and sampling probabilities; nil weighs none.
  private let importanceCap: Double?
  /// Receives the log-probabilities [labels] of a micro-batch in the first update that is made of it.
  package var onFirstPass: ((_ logProbabilities: [Double], _ index: Int) -> Void)?

  /// - Parameters:
  ///   - temperature: divides the logits, as in sampling.
  ///   - importanceCap: tokens weigh by π_train / π_sampling, at most this; nil weighs all alike.
  public init(
    _ loss: PolicyLoss, reference: (any TeacherModel)?, temperature: Float, importanceCap: Double? = nil,
    blockRows: Int? = nil
  ) {
    self.loss = loss
    self.importanceCap = importanceCap
    self.reference = reference
    likelihood = TokenLikelihood(temperature: temperature, blockRows: blockRows)
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
    let (logProbabilities, entropies) = likelihood.measure(hidden, model, labels, withEntropy: needsEntropy)
    var rows = PolicyLoss.Batch(
      width: batch.width, advantages: batch.completions.map { Double($0.advantage) },
      lossMask: batch.lossMask)
    let old = batch.oldLogProbabilities
    rows.oldLogProbabilities = old.map(batch.spread)
    if differentiates, old == nil { onFirstPass?(logProbabilities, batch.index) }
    rows.entropies = needsEntropy ? batch.spread(entropies) : nil
    rows.countedTokens = Double(batch.updateTokens)
    let drift = SamplingDrift(batch, trained: old ?? logProbabilities)
    rows.samplingWeights = importanceCap.map { batch.spread(drift.weights(cap: $0)) }
    if let reference {
      rows.referenceLogProbabilities = batch.spread(likelihood.measure(batch.tokens, frozen: reference))
    }
    let value = loss(batch.spread(logProbabilities), rows)
    if differentiates {
      let slopes = batch.gathered(value.gradient)
      let isCounted = batch.isCounted
      likelihood.weighted(hidden, model, labels, slopes: slopes) { logits, range in
        guard value.entropySlope != 0 else { return nil }
        let counted = range.filter { isCounted[$0] }.map { Int32($0 - range.lowerBound) }
        guard !counted.isEmpty else { return nil }
        let order = negativeEntropy(gatherRows(logits, rows: counted), temperature: likelihood.temperature)
        return scale(order, by: Float(-value.entropySlope))
      }.backward()
    }
    return report(value, batch, drift)
  }

  private func report(
    _ value: PolicyLoss.Value, _ batch: RolloutBatch, _ drift: SamplingDrift
  ) -> LossReport {
    var report = LossReport(loss: value.loss)
    // Micro-batches divide by their number already where the loss is a mean of means.
    let parts = Double(loss.accumulationSteps)
    report.add("loss", value.loss * parts, over: 1)
    var measured = value.metrics
    if let loss = measured["policy_loss"] { measured["policy_loss"] = loss * parts }
    for (name, number) in measured.merging(batch.metrics, uniquingKeysWith: { first, _ in first }) {
      report.add(name, number, over: 1)
    }
    drift.report(to: &report, cap: importanceCap)
    return report
  }
}

/// How far the training forward is from the sampling one, both with the weights that drew the answers.
private struct SamplingDrift {
  /// log π_train − log π_sampling of every completion token, one after another.
  private let differences: [Double]

  init(_ batch: RolloutBatch, trained: [Double]) {
    differences = zip(trained, batch.completions.flatMap(\.samplingLogProbabilities)).map { $0 - Double($1) }
  }

  func weights(cap: Double) -> [Double] { differences.map { min(exp($0), cap) } }

  func report(to report: inout LossReport, cap: Double?) {
    let count = Double(differences.count)
    report.add("sampling/logp_difference/mean", differences.reduce(0) { $0 + abs($1) }, over: count)
    report.add(largest: differences.reduce(0) { max($0, abs($1)) }, as: "sampling/logp_difference/max")
    guard let cap else { return }
    report.add("sampling/importance_sampling_ratio/mean", weights(cap: cap).reduce(0, +), over: count)
  }
}

extension PolicyObjective {
  public func finishUpdate(step: Int, model: Transformer) {
    guard let refresh, let reference = movingReference, step.isMultiple(of: refresh.everySteps) else {
      return
    }
    refresh.apply(policy: model, reference: reference)
  }

  /// The reference, where it moves.
  public var keptArrays: [Checkpoint.Array] {
    guard refresh != nil, let reference = movingReference else { return [] }
    return ReferenceRefresh.arrays(of: reference)
  }

  public func restore(_ arrays: [Checkpoint.Array]) throws {
    guard refresh != nil, let reference = movingReference else { return }
    try ReferenceRefresh.restore(reference, from: arrays)
  }
}

extension RolloutBatch {
  /// Of each label.
  fileprivate var isCounted: [Bool] {
    completions.flatMap { Array(repeating: $0.isCounted, count: $0.length) }
  }

  /// [completions · width], true at the tokens that are learnt.
  package var lossMask: [Bool] {
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
