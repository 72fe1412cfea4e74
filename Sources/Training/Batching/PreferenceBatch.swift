/// A prompt with an answer that is preferred and one that is not, as the model meets them.
public struct PreferencePair: Sendable, Equatable {
  public var chosen: Example
  public var rejected: Example

  public init(chosen: Example, rejected: Example) {
    self.chosen = chosen
    self.rejected = rejected
  }
}

/// Pairs of answers, packed: the first pair's chosen and rejected answer, then the next pair's.
public struct PreferenceBatch: CountedBatch, Sendable {
  public let pairs: [PreferencePair]
  public let tokens: TokenBatch

  public init(_ pairs: [PreferencePair]) {
    self.pairs = pairs
    tokens = TokenBatch(pairs.flatMap { [$0.chosen, $0.rejected] })
  }

  public var tokenCount: Int { tokens.tokenCount }
  /// The loss is a mean over pairs.
  public var labelCount: Int { pairs.count }
  public var squaredLengths: Int { tokens.squaredLengths }
}
