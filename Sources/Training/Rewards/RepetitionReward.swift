import Corpus
import Evaluation

/// Minus the share of runs of words that occurred before in the answer; 0 when none did (Yeo et al. 2025, section 4.3).
public struct RepetitionReward: Reward {
  public let name = "repetition"
  /// Words in a run.
  public let size: Int

  public init(size: Int = 6) { self.size = max(1, size) }

  public func score(_ answer: GradedAnswer) -> Double? {
    let share = RepeatedRuns.share(of: answer.completion, size: size)
    return share == 0 ? 0 : -share
  }
}
