import Foundation
import TensorCore

/// The named forms of the group-relative policy loss, as TRL calls them.
public enum PolicyLossName: String, CaseIterable, Sendable {
  /// Clipped ratios, the mean over tokens of each completion, then over completions (Shao et al. 2024).
  case grpo
  /// As `grpo`, the mean over all tokens of the batch.
  case bnpo
  /// As `grpo`, the sum over tokens by completions times the longest completion allowed (Liu et al. 2025).
  case drGRPO = "dr_grpo"
  /// As `grpo`, the sum over tokens by the tokens of the whole update (Yu et al. 2025).
  case dapo
  /// The clipped ratio is a constant weight of the log-probability (MiniMax 2025).
  case cispo
  /// A sigmoid gate in place of the clip (Qwen 2025).
  case sapo
  /// Completions weigh by their length (LUSPO 2025).
  case luspo
  /// A gamma-shaped weight of the completion's ratio (VESPO 2026).
  case vespo
}

/// Whether ratios are taken token by token, or once a completion (Zheng et al. 2025, GSPO).
public enum RatioLevel: String, CaseIterable, Sendable {
  case token, sequence
}

/// The policy loss of a batch of sampled completions, with its gradient in the log-probabilities.
///
/// With ρ = π(token) / π_old(token), or the geometric mean of ρ over the completion, and the clip range
/// [1 − ε_low, 1 + ε_high], the loss of a token is
///
///     −min(ρ A, clip(ρ) A) + β k₃,   k₃ = π_ref / π − log(π_ref / π) − 1
///
/// for `grpo`, `bnpo`, `dr_grpo`, `dapo` and `luspo`, which differ in how tokens are averaged; the others replace the first
/// term. Equal to TRL's `GRPOTrainer` 1.16.
public struct PolicyLoss: Sendable {
  public var name = PolicyLossName.grpo
  public var level = RatioLevel.token
  public var epsilonLow = 0.2
  /// For `cispo` the largest ratio itself.
  public var epsilonHigh = 0.2
  /// The largest unclipped ratio (two-sided clipping).
  public var delta: Double?
  /// β, the weight of the divergence from the reference.
  public var klCoefficient = 0.0
  /// Multiplies k₃ by the ratio, which removes its bias off policy.
  public var correctsKLBias = false
  /// Only this share of the tokens, those of the highest entropy, is learnt; 1 learns all (Wang et al. 2025).
  public var topEntropyShare = 1.0
  /// Completions of negative advantage that drifted further than this mean log-ratio are left out.
  public var offPolicyThreshold: Double?
  /// Weighs the mean entropy, which is maximized.
  public var entropyCoefficient = 0.0
  /// `sapo`'s steepness for advantages above 0 and others.
  public var gateTemperatures = (positive: 1.0, negative: 1.05)
  /// `vespo`'s exponent k and rate λ for advantages from 0 on and below.
  public var gammaPositive = (k: 2.0, lambda: 3.0)
  public var gammaNegative = (k: 3.0, lambda: 2.0)
  /// For `dr_grpo`: the most tokens that a completion may have; the batch's width when nil.
  public var maximumCompletionLength: Int?
  /// Micro-batches of one update, by which the mean forms divide.
  public var accumulationSteps = 1

  public init(_ name: PolicyLossName = .grpo) { self.name = name }

  /// What a batch of completions brings: rows of equal width, with the counted tokens marked.
  public struct Batch: Sendable {
    /// Tokens of each row.
    public var width: Int
    /// [rows · width] each: of the sampling policy (nil on policy), of the reference (nil without KL).
    public var oldLogProbabilities: [Double]?
    public var referenceLogProbabilities: [Double]?
    /// [rows · width], what a token's loss is multiplied by, before the divergence from the reference joins it: the truncated
    /// ratio of the training forward to the sampling one (Yao et al. 2025); nil counts all alike.
    public var samplingWeights: [Double]?
    /// [rows · width], of the current policy; nil where neither the share nor the bonus asks for it.
    public var entropies: [Double]?
    /// [rows]
    public var advantages: [Double]
    /// [rows · width]; a row without any counted token adds nothing but is one of the completions.
    public var lossMask: [Bool]
    /// Counted tokens of the whole update, for the forms that divide by them; this batch's own when nil.
    public var countedTokens: Double?

    public init(width: Int, advantages: [Double], lossMask: [Bool]) {
      self.width = width
      self.advantages = advantages
      self.lossMask = lossMask
    }
  }

  public struct Value: Sendable {
    public var loss = 0.0
    /// dL / d log π, [rows · width].
    public var gradient: [Double]
    /// dL / dH of every counted token's entropy.
    public var entropySlope = 0.0
    /// `clip_ratio/…`, `kl`, `entropy`, by TRL's names.
    public var metrics: [String: Double] = [:]
  }

  /// The loss at the current log-probabilities [rows · width].
  public func callAsFunction(_ logProbabilities: [Double], _ batch: Batch) -> Value {
    let rows = batch.advantages.count, width = batch.width
    for (name, values) in [
      ("logProbabilities", logProbabilities), ("oldLogProbabilities", batch.oldLogProbabilities),
      ("referenceLogProbabilities", batch.referenceLogProbabilities), ("entropies", batch.entropies),
      ("samplingWeights", batch.samplingWeights),
    ] {
      requireShape(values?.count ?? rows * width == rows * width, "policy loss: \(name) is not rows × width")
    }
    requireShape(batch.lossMask.count == rows * width, "policy loss: lossMask is not rows × width")
    requireShape(
      klCoefficient == 0 || batch.referenceLogProbabilities != nil, "policy loss: β needs a reference")
    requireShape(
      (topEntropyShare >= 1 && entropyCoefficient == 0) || batch.entropies != nil, "policy loss: no entropies"
    )
    var value = Value(gradient: [Double](repeating: 0, count: rows * width))
    let counts = (0..<rows).map { row in batch.lossMask[row * width..<(row + 1) * width].count { $0 } }
    let total = Double(counts.reduce(0, +))
    let isLearnt = learntTokens(batch)
    var metrics = PolicyMetrics(self, rows: rows)
    for row in 0..<rows {
      let range = row * width..<(row + 1) * width
      let advantage = batch.advantages[row]
      let tokens = range.filter { batch.lossMask[$0] }
      let logRatios = range.map {
        logProbabilities[$0] - (batch.oldLogProbabilities?[$0] ?? logProbabilities[$0])
      }
      let mean = tokens.reduce(0) { $0 + logRatios[$1 - range.lowerBound] } / Double(max(1, tokens.count))
      // Off-policy masking looks at old − new.
      let isKept = offPolicyThreshold.map { advantage >= 0 || -mean <= $0 } ?? true
      let weight = tokenWeight(rows: rows, rowCount: counts[row], total: total, batch)
      let phi = gammaWeight(tokens.map { logRatios[$0 - range.lowerBound] }, advantage: advantage)
      if name == .vespo { metrics.addPhi(phi) }
      // The derivative by the ratio, summed, where all tokens share one.
      var sharedDerivative = 0.0
      let shared = exp(mean)
      for index in tokens {
        let ratio = level == .token ? exp(logRatios[index - range.lowerBound]) : shared
        var term = self.term(
          ratio: ratio, logProbability: logProbabilities[index], advantage: advantage, phi: phi)
        if !isLearnt[index] || !isKept { term = Term() }
        if let weights = batch.samplingWeights { term.scale(by: weights[index]) }
        var divergence = 0.0
        if klCoefficient != 0, let reference = batch.referenceLogProbabilities?[index] {
          let difference = reference - logProbabilities[index]
          let k3 = exp(difference) - difference - 1
          divergence = correctsKLBias ? k3 * ratio : k3
          term.value += klCoefficient * divergence
          term.byLogProbability += klCoefficient * (1 - exp(difference)) * (correctsKLBias ? ratio : 1)
          term.byRatio += correctsKLBias ? klCoefficient * k3 : 0
        }
        value.loss += weight * term.value
        value.gradient[index] += weight * term.byLogProbability
        if level == .token {
          value.gradient[index] += weight * term.byRatio * ratio
        } else {
          sharedDerivative += weight * term.byRatio
        }
        metrics.addToken(
          ratio: ratio, advantage: advantage, divergence: divergence, entropy: batch.entropies?[index])
      }
      if level == .sequence {
        for index in tokens {
          value.gradient[index] += sharedDerivative * shared / Double(max(1, tokens.count))
        }
      }
      metrics.endRow(ratio: shared, advantage: advantage, tokens: tokens.count)
    }
    value.metrics = metrics.values
    if entropyCoefficient != 0, let entropy = value.metrics["entropy"] {
      value.metrics["policy_loss"] = value.loss
      value.metrics["entropy_coef"] = entropyCoefficient
      // Micro-batches weigh by their tokens, so that they add up to the mean of the whole update.
      value.entropySlope = -entropyCoefficient / max(1, batch.countedTokens ?? total)
      value.loss += value.entropySlope * entropy * total
    }
    return value
  }

  /// A token's loss, its derivative by the log-probability with the ratio held, and by the ratio.
  private struct Term {
    var value = 0.0
    var byLogProbability = 0.0
    var byRatio = 0.0

    mutating func scale(by weight: Double) {
      value *= weight
      byLogProbability *= weight
      byRatio *= weight
    }
  }

  private func term(ratio: Double, logProbability: Double, advantage: Double, phi: Double) -> Term {
    switch name {
    case .cispo:
      let weight = min(ratio, epsilonHigh) * advantage
      return Term(value: -weight * logProbability, byLogProbability: -weight)
    case .vespo:
      return Term(value: -phi * advantage * logProbability, byLogProbability: -phi * advantage)
    case .sapo:
      let steepness = advantage > 0 ? gateTemperatures.positive : gateTemperatures.negative
      let gate = 1 / (1 + exp(-steepness * (ratio - 1)))
      return Term(value: -4 * gate / steepness * advantage, byRatio: -4 * gate * (1 - gate) * advantage)
    case .grpo, .bnpo, .drGRPO, .dapo, .luspo:
      let capped = delta.map { min(ratio, $0) } ?? ratio
      let clipped = min(max(ratio, 1 - epsilonLow), 1 + epsilonHigh)
      let slopes = (
        free: delta.map { ratio <= $0 } ?? true, clipped: ratio >= 1 - epsilonLow && ratio <= 1 + epsilonHigh
      )
      let (free, bound) = (capped * advantage, clipped * advantage)
      // Where both are equal each gives half of the slope.
      let share = free < bound ? 1.0 : free > bound ? 0 : 0.5
      let slope = share * (slopes.free ? 1 : 0) + (1 - share) * (slopes.clipped ? 1 : 0)
      return Term(value: -min(free, bound), byRatio: -slope * advantage)
    }
  }

  /// What a token's loss is multiplied by in the sum.
  private func tokenWeight(rows: Int, rowCount: Int, total: Double, _ batch: Batch) -> Double {
    let accumulation = Double(accumulationSteps)
    switch name {
    case .grpo, .sapo: return 1 / (Double(rows) * Double(max(1, rowCount)) * accumulation)
    case .bnpo: return 1 / (max(1, total) * accumulation)
    case .drGRPO: return 1 / (Double(rows) * Double(maximumCompletionLength ?? batch.width) * accumulation)
    case .luspo: return 1 / (Double(rows) * accumulation)
    case .dapo, .cispo, .vespo: return 1 / max(1, batch.countedTokens ?? total)
    }
  }

  /// φ(w) = w^k e^{λ(1 − w)} of the completion's whole ratio w, a constant.
  private func gammaWeight(_ logRatios: [Double], advantage: Double) -> Double {
    guard name == .vespo else { return 0 }
    let shape = advantage >= 0 ? gammaPositive : gammaNegative
    let sum = logRatios.reduce(0) { $0 + min(max($1, -20), 20) }
    let logWeight = min(max(sum, log(1e-8)), 20)
    return exp(shape.k * logWeight + shape.lambda * (1 - exp(logWeight)))
  }

  /// The counted tokens whose entropy is in the upper share.
  private func learntTokens(_ batch: Batch) -> [Bool] {
    guard topEntropyShare < 1, let entropies = batch.entropies else { return batch.lossMask }
    let counted = entropies.indices.filter { batch.lossMask[$0] }.map { Float(entropies[$0]) }.sorted()
    guard !counted.isEmpty else { return batch.lossMask }
    // The quantile with linear interpolation between its neighbours.
    let place = (1 - topEntropyShare) * Double(counted.count - 1)
    let lower = Int(place), upper = min(lower + 1, counted.count - 1)
    let threshold = counted[lower] + Float(place - Double(lower)) * (counted[upper] - counted[lower])
    return batch.lossMask.indices.map { batch.lossMask[$0] && Float(entropies[$0]) >= threshold }
  }
}

/// What is logged beside the loss: means over tokens, or over completions where a ratio is theirs.
private struct PolicyMetrics {
  private let loss: PolicyLoss
  private let rows: Int
  private var tokens = 0.0
  private var entropy = 0.0
  private var hasEntropy = false
  private var divergence = 0.0
  private var low = 0.0, high = 0.0, clippedAbove = 0.0
  private var rowLow = 0.0, rowHigh = 0.0
  private var lowShares: [Double] = [], highShares: [Double] = []
  private var phi = 0.0

  init(_ loss: PolicyLoss, rows: Int) {
    self.loss = loss
    self.rows = rows
  }

  private func clips(_ ratio: Double, _ advantage: Double) -> (low: Double, high: Double) {
    let ratio = loss.delta.map { min(ratio, $0) } ?? ratio
    return (
      ratio < 1 - loss.epsilonLow && advantage < 0 ? 1 : 0,
      ratio > 1 + loss.epsilonHigh && advantage > 0 ? 1 : 0
    )
  }

  mutating func addToken(ratio: Double, advantage: Double, divergence: Double, entropy: Double?) {
    tokens += 1
    self.divergence += divergence
    if let entropy {
      self.entropy += entropy
      hasEntropy = true
    }
    let clipped = clips(ratio, advantage)
    rowLow += clipped.low
    rowHigh += clipped.high
    clippedAbove += ratio > loss.epsilonHigh && advantage > 0 ? 1 : 0
  }

  mutating func endRow(ratio: Double, advantage: Double, tokens: Int) {
    if loss.level == .sequence { (rowLow, rowHigh) = clips(ratio, advantage) }
    low += rowLow
    high += rowHigh
    let count = loss.level == .sequence ? 1 : Double(max(1, tokens))
    lowShares.append(rowLow / count)
    highShares.append(rowHigh / count)
    (rowLow, rowHigh) = (0, 0)
  }

  mutating func addPhi(_ value: Double) { phi += value }

  var values: [String: Double] {
    var values: [String: Double] = [:]
    let count = max(1, tokens)
    if hasEntropy { values["entropy"] = entropy / count }
    if loss.klCoefficient != 0 { values["kl"] = divergence / count }
    switch loss.name {
    case .sapo: break
    case .vespo: values["vespo/phi_seq_mean"] = phi / Double(max(1, rows))
    case .cispo: values["cispo_clip_ratio"] = clippedAbove / count
    case .grpo, .bnpo, .drGRPO, .dapo, .luspo:
      let over = loss.level == .sequence ? Double(max(1, rows)) : count
      values["clip_ratio/low_mean"] = low / over
      values["clip_ratio/high_mean"] = high / over
      values["clip_ratio/region_mean"] = (low + high) / over
      values["clip_ratio/low_min"] = lowShares.min() ?? 0
      values["clip_ratio/high_max"] = highShares.max() ?? 0
    }
    return values
  }
}
