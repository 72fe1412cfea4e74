/// What a collection of signals wrote.
public struct SignalSummary: Sendable {
  public let header: SignalHeader
  public let examples: Int
  /// Examples that are too long, have nothing to learn, or come a second time.
  public let leftOut: Int
  public let tokens: Int
  public let bytes: Int
  public let shards: Int
  /// The share of the learnt tokens that are among the teacher's first eight at their position.
  public let foreseen: Double

  /// Learnt tokens that a server told of, where answers of servers are read; the others are taken as certain.
  public internal(set) var toldTokens: Int?

  public var bytesPerToken: Double { Double(bytes) / Double(max(1, tokens)) }
}
