import TensorCore

/// How rewards of several kinds become one advantage a completion.
public enum RewardAggregation: String, CaseIterable, Sendable {
  /// The weighted sum, then centred and scaled.
  case sumThenNormalize = "sum_then_normalize"
  /// Each kind centred and scaled in its group, then the weighted sum, scaled over the batch.
  case normalizeThenSum = "normalize_then_sum"
}

/// What a centred reward is divided by.
public enum RewardScaling: String, CaseIterable, Sendable {
  /// The deviation within the group (Shao et al. 2024, GRPO).
  case group
  /// The deviation over the batch.
  case batch
  /// Nothing (Liu et al. 2025, Dr. GRPO).
  case none
}

/// Advantages of completions relative to the others of their group.
///
/// Aᵢ = (rᵢ − mean of the group) / (deviation + 1e-4), deviations with n − 1. A reward that does not apply is NaN and
/// counts nowhere; a completion without any reward has advantage 0.
public struct GroupAdvantages: Sendable, Equatable {
  /// One a completion.
  public private(set) var values: [Float]
  /// `reward`, `reward_std`, `frac_reward_zero_std`, and mean and deviation of each kind.
  public private(set) var metrics: [String: Double]

  /// Keeps the quotient finite where all rewards are equal.
  private static let epsilon = 1e-4

  /// - Parameters:
  ///   - rewards: one row a completion, one number a kind; groups lie one after another.
  ///   - groupSize: completions of one prompt; divides the number of rows.
  ///   - weights: one a kind.
  ///   - names: of the kinds, for the metrics.
  public init(
    rewards: [[Double]], groupSize: Int, weights: [Double], scaling: RewardScaling = .group,
    aggregation: RewardAggregation = .sumThenNormalize, names: [String]
  ) {
    requireShape(groupSize > 0 && rewards.count % groupSize == 0, "rewards are not whole groups")
    requireShape(
      rewards.allSatisfy { $0.count == weights.count } && names.count == weights.count,
      "one weight and name a kind")
    let groups = stride(from: 0, to: rewards.count, by: groupSize).map { $0..<$0 + groupSize }
    let summed = rewards.map { row in
      row.allSatisfy(\.isNaN) ? .nan : zip(row, weights).reduce(0) { $1.0.isNaN ? $0 : $0 + $1.0 * $1.1 }
    }
    var advantages = [Double](repeating: 0, count: rewards.count)
    let wholeDeviation = Statistics(summed).deviation
    let groupDeviations = groups.map { Statistics(summed[$0]).deviation }
    switch aggregation {
    case .sumThenNormalize:
      for (group, deviation) in zip(groups, groupDeviations) {
        let mean = Statistics(summed[group]).mean
        for row in group {
          let centred = summed[row] - mean
          advantages[row] =
            switch scaling {
            case .group: centred / (deviation + Self.epsilon)
            case .batch: centred / (wholeDeviation + Self.epsilon)
            case .none: centred
            }
        }
      }
    case .normalizeThenSum:
      for (kind, weight) in weights.enumerated() {
        for group in groups {
          let statistics = Statistics(group.map { rewards[$0][kind] })
          for row in group where !rewards[row][kind].isNaN {
            advantages[row] +=
              weight * (rewards[row][kind] - statistics.mean) / (statistics.deviation + Self.epsilon)
          }
        }
      }
      let whole = Statistics(advantages)
      advantages = advantages.map { ($0 - whole.mean) / (whole.deviation + Self.epsilon) }
    }
    values = advantages.map { $0.isNaN ? 0 : Float($0) }
    // With the batch's deviation there is one deviation to be zero or not.
    let deviations = scaling == .batch ? [wholeDeviation] : groupDeviations
    metrics = [
      "reward": Statistics(summed).mean, "reward_std": wholeDeviation,
      "frac_reward_zero_std": Double(deviations.count { abs($0) <= 1e-8 }) / Double(max(1, deviations.count)),
    ]
    for (kind, name) in names.enumerated() {
      let statistics = Statistics(rewards.map { $0[kind] })
      metrics["rewards/\(name)/mean"] = statistics.mean
      metrics["rewards/\(name)/std"] = statistics.deviation
    }
  }

  /// Mean and deviation (n − 1) of the numbers that are not NaN.
  private struct Statistics {
    let mean: Double
    let deviation: Double

    init(_ numbers: some Sequence<Double>) {
      let kept = numbers.filter { !$0.isNaN }
      let mean = kept.isEmpty ? .nan : kept.reduce(0, +) / Double(kept.count)
      self.mean = mean
      deviation =
        kept.count < 2
        ? (kept.isEmpty ? .nan : 0)
        : (kept.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(kept.count - 1)).squareRoot()
    }
  }
}
