import Evaluation
import Foundation

/// Rewards short right answers and long wrong ones: from long to short (Yeo et al. 2025, section 4.2).
///
/// Along half a cosine of the answer's share of the most tokens it falls from 1 to 0.5 for a right answer and rises from
/// −1 to −0.5 for a wrong one.
public struct CosineLengthReward: Reward {
  public let name = "cosine_length"
  public let maximumTokens: Int

  public init(maximumTokens: Int) { self.maximumTokens = max(1, maximumTokens) }

  public func score(_ answer: GradedAnswer) -> Double? {
    let share = min(1, Double(answer.tokenCount) / Double(maximumTokens))
    let (short, long) = answer.isCorrect ? (1.0, 0.5) : (-1.0, -0.5)
    return long + (short - long) * (1 + cos(.pi * share)) / 2
  }
}
