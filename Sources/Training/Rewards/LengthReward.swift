import Evaluation

/// The share of the token limit that an answer takes, as a punishment: 0 for nothing, −1 at the limit, right or wrong.
///
/// With a weight below 0 long answers are rewarded. Beside `accuracy` its weight says what a whole limit of tokens costs.
public struct LengthReward: Reward {
  public let name = "length"
  public let maximumTokens: Int

  public init(maximumTokens: Int) { self.maximumTokens = max(1, maximumTokens) }

  public func score(_ answer: GradedAnswer) -> Double? {
    -min(1, Double(answer.tokenCount) / Double(maximumTokens))
  }
}
