import Foundation
import TensorCore

/// How far the policy may go from the reference is measured by this divergence, under TRL's names (Wang et al. 2024, f-DPO).
public enum PreferenceDivergence: String, CaseIterable, Sendable {
  case reverseKL = "reverse_kl"
  case forwardKL = "forward_kl"
  case jensenShannon = "js_divergence"
}

/// Direct preference optimization: a chosen answer should gain more over the reference than a rejected one
/// (Rafailov et al. 2023), in the sigmoid form.
///
/// L = mean over pairs of −log σ(β (f(u_chosen) − f(u_rejected))),   u = Σ over tokens of log π − log π_ref
///
/// with f(u) = u for the reverse KL, −e^(−u) for the forward KL and log σ(u) for the Jensen-Shannon divergence. Equal to
/// TRL's `DPOTrainer` 1.16 with `loss_type` sigmoid.
public struct PreferenceLoss: Sendable {
  /// β, above 0
  public var klCoefficient = 0.1
  public var divergence = PreferenceDivergence.reverseKL
  /// The weight of tokens beyond the length of the shorter answer, 0...1; nil weighs all alike (Liu et al. 2024, LD-DPO).
  public var tailWeight: Double?

  public init() {}

  /// Log-probabilities of an answer's tokens.
  public struct Answer: Sendable {
    public var policy: [Double]
    public var reference: [Double]

    public init(policy: [Double], reference: [Double]) {
      requireShape(
        policy.count == reference.count,
        "preference loss: \(policy.count) tokens of the policy, \(reference.count) of the reference")
      self.policy = policy
      self.reference = reference
    }
  }

  public struct Pair: Sendable {
    public var chosen: Answer
    public var rejected: Answer

    public init(chosen: Answer, rejected: Answer) {
      self.chosen = chosen
      self.rejected = rejected
    }
  }

  public struct Value: Sendable {
    /// The mean over pairs.
    public var loss = 0.0
    /// dL / d log π of each token, a chosen and a rejected answer a pair.
    public var gradients: [(chosen: [Double], rejected: [Double])] = []
    /// `rewards/chosen`, `rewards/rejected`, `rewards/accuracies`, `rewards/margins`, `logps/chosen`, `logps/rejected`: means
    /// over pairs, a reward being β u.
    public var metrics: [String: Double] = [:]
  }

  public func callAsFunction(_ pairs: [Pair]) -> Value {
    var value = Value()
    let share = 1 / Double(max(1, pairs.count))
    for pair in pairs {
      let shorter = min(pair.chosen.policy.count, pair.rejected.policy.count)
      let (chosen, rejected) = (sums(pair.chosen, shorter), sums(pair.rejected, shorter))
      let (better, worse) = (score(chosen.gain), score(rejected.gain))
      let logit = klCoefficient * (better.value - worse.value)
      value.loss -= share * logSigmoid(logit)
      // d −log σ(z) / dz = −σ(−z)
      let slope = -share * klCoefficient * exp(logSigmoid(-logit))
      value.gradients.append(
        (
          weights(pair.chosen, shorter).map { slope * better.slope * $0 },
          weights(pair.rejected, shorter).map { -slope * worse.slope * $0 }
        ))
      let margin = klCoefficient * (chosen.gain - rejected.gain)
      for (name, number) in [
        ("rewards/chosen", klCoefficient * chosen.gain), ("rewards/rejected", klCoefficient * rejected.gain),
        ("rewards/accuracies", margin > 0 ? 1 : 0), ("rewards/margins", margin),
        ("logps/chosen", chosen.policy), ("logps/rejected", rejected.policy),
      ] {
        value.metrics[name, default: 0] += share * number
      }
    }
    return value
  }

  /// Of each token.
  private func weights(_ answer: Answer, _ shorter: Int) -> [Double] {
    answer.policy.indices.map { $0 < shorter ? 1 : tailWeight ?? 1 }
  }

  private func sums(_ answer: Answer, _ shorter: Int) -> (gain: Double, policy: Double) {
    let weights = weights(answer, shorter)
    let policy = zip(answer.policy, weights).reduce(0) { $0 + $1.0 * $1.1 }
    return (policy - zip(answer.reference, weights).reduce(0) { $0 + $1.0 * $1.1 }, policy)
  }

  /// f and its derivative.
  private func score(_ gain: Double) -> (value: Double, slope: Double) {
    switch divergence {
    case .reverseKL: (gain, 1)
    case .forwardKL: (-exp(-gain), exp(-gain))
    case .jensenShannon: (logSigmoid(gain), exp(logSigmoid(-gain)))
    }
  }

  private func logSigmoid(_ x: Double) -> Double { min(x, 0) - log1p(exp(-abs(x))) }
}
