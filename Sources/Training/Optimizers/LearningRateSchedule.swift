import Foundation

/// The learning rate of each step as a multiple of the base rate, as in transformers' `optimization` module.
///
/// All but `constant` climb linearly from 0 over the warm-up steps. Progress p runs from 0 after the warm-up to 1 at the
/// last step; past the end the formulas go on, as they do there.
public enum LearningRateSchedule: Sendable, Equatable {
  case constant
  case constantWithWarmup(warmupSteps: Int)
  /// 1 − p
  case linear(warmupSteps: Int, totalSteps: Int)
  /// ½ (1 + cos(2π cycles p)); half a cycle ends at 0
  case cosine(warmupSteps: Int, totalSteps: Int, cycles: Double = 0.5)
  /// The cosine between 1 and `minimumRatio`
  case cosineWithMinimum(warmupSteps: Int, totalSteps: Int, minimumRatio: Double, cycles: Double = 0.5)
  /// 1 / sqrt((step − warmup + timescale) / timescale); the timescale is the warm-up, or 10 000 without one
  case inverseSquareRoot(warmupSteps: Int, timescale: Int? = nil)
  /// Climb from the minimum, stay at 1, fall to `minimumRatio` over the last `decaySteps` (WSD, Hu et al. 2024)
  case warmupStableDecay(
    warmupSteps: Int, stableSteps: Int, decaySteps: Int, decay: Decay = .linear, minimumRatio: Double = 0)

  /// The shape of the fall of `warmupStableDecay`.
  public enum Decay: String, CaseIterable, Sendable {
    case linear
    case cosine
    /// 1 − sqrt(p)
    case oneMinusSquareRoot = "1-sqrt"

    func factor(_ progress: Double) -> Double {
      switch self {
      case .linear: 1 - progress
      case .cosine: 0.5 * (1 + cos(.pi * progress))
      case .oneMinusSquareRoot: 1 - progress.squareRoot()
      }
    }
  }

  /// The multiple of the base rate for update `step`, counted from 0.
  public func factor(step: Int) -> Double {
    switch self {
    case .constant: return 1
    case .constantWithWarmup(let warmup): return climb(step, warmup) ?? 1
    case .linear(let warmup, let total):
      return climb(step, warmup) ?? max(0, Double(total - step) / Double(max(1, total - warmup)))
    case .cosine(let warmup, let total, let cycles):
      return climb(step, warmup) ?? wave(step, warmup, total, cycles)
    case .cosineWithMinimum(let warmup, let total, let minimum, let cycles):
      return climb(step, warmup) ?? wave(step, warmup, total, cycles) * (1 - minimum) + minimum
    case .inverseSquareRoot(let warmup, let given):
      let timescale = given ?? (warmup > 0 ? warmup : 10_000)
      return climb(step, warmup)
        ?? 1 / (Double(step + timescale - warmup) / Double(timescale)).squareRoot()
    case .warmupStableDecay(let warmup, let stable, let decaySteps, let decay, let minimum):
      if let factor = climb(step, warmup) { return factor * (1 - minimum) + minimum }
      if step < warmup + stable { return 1 }
      guard step < warmup + stable + decaySteps else { return minimum }
      let progress = Double(step - warmup - stable) / Double(max(1, decaySteps))
      return max(0, decay.factor(progress) * (1 - minimum) + minimum)
    }
  }

  /// The linear climb of the warm-up, nil after it.
  private func climb(_ step: Int, _ warmup: Int) -> Double? {
    step < warmup ? Double(step) / Double(max(1, warmup)) : nil
  }

  private func wave(_ step: Int, _ warmup: Int, _ total: Int, _ cycles: Double) -> Double {
    let progress = Double(step - warmup) / Double(max(1, total - warmup))
    return max(0, 0.5 * (1 + cos(.pi * cycles * 2 * progress)))
  }
}

/// The schedules that a recipe can name (`training.lr_scheduler_type`), under transformers' names.
public enum ScheduleName: String, CaseIterable, Sendable {
  case constant
  case constantWithWarmup = "constant_with_warmup"
  case linear
  case cosine
  case cosineWithMinimum = "cosine_with_min_lr"
  case inverseSquareRoot = "inverse_sqrt"
  /// Warm-up, stable, decay.
  case wsd = "warmup_stable_decay"

  /// The schedule for a run of `totalSteps`.
  ///
  /// - Parameters: `minimumRatio` is read by the schedules that have a floor; `decaySteps` (by default a fifth of the
  ///   run) and `decay` by `warmup_stable_decay`.
  public func schedule(
    totalSteps: Int, warmupSteps: Int, minimumRatio: Double = 0, decaySteps: Int? = nil,
    decay: LearningRateSchedule.Decay = .linear
  ) -> LearningRateSchedule {
    switch self {
    case .constant: return .constant
    case .constantWithWarmup: return .constantWithWarmup(warmupSteps: warmupSteps)
    case .linear: return .linear(warmupSteps: warmupSteps, totalSteps: totalSteps)
    case .cosine: return .cosine(warmupSteps: warmupSteps, totalSteps: totalSteps)
    case .cosineWithMinimum:
      return .cosineWithMinimum(
        warmupSteps: warmupSteps, totalSteps: totalSteps, minimumRatio: minimumRatio)
    case .inverseSquareRoot: return .inverseSquareRoot(warmupSteps: warmupSteps)
    case .wsd:
      let falling = min(decaySteps ?? totalSteps / 5, max(0, totalSteps - warmupSteps))
      return .warmupStableDecay(
        warmupSteps: warmupSteps, stableSteps: max(0, totalSteps - warmupSteps - falling),
        decaySteps: falling,
        decay: decay, minimumRatio: minimumRatio)
    }
  }
}
