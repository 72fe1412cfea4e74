import Evaluation

/// Punishes answers that come near the token limit, the more the nearer (Yu et al. 2025, DAPO, eq. 13).
///
/// With the limit L and the last C tokens before it: 0 up to L − C, then falling in a line to −1 at L.
public struct SoftOverlongReward: Reward {
  public let name = "soft_overlong_punishment"
  /// L
  public let maximumTokens: Int
  /// C
  public let cache: Int

  /// - Parameter cache: a fifth of the limit when nil, as in the paper.
  public init(maximumTokens: Int, cache: Int? = nil) {
    self.maximumTokens = max(1, maximumTokens)
    self.cache = max(1, cache ?? maximumTokens / 5)
  }

  public func score(_ answer: GradedAnswer) -> Double? {
    let over = Double(answer.tokenCount) - Double(maximumTokens) + Double(cache)
    return over <= 0 ? 0 : max(-1, -over / Double(cache))
  }
}
