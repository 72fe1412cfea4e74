/// What a collection of signals wrote.
public struct SignalSummary: Sendable {
  public let header: SignalHeader
  public let examples: Int
  /// Examples that are too long, have nothing to learn, or come a second time.
  public let leftOut: Int
  public let tokens: Int
  public let bytes: Int
  public let shards: Int
  /// The share of the learnt tokens, of those that were told of where servers told, that are among the teacher's first eight at their position.
  public internal(set) var foreseen: Double

  /// Learnt tokens beside ends of answers, and those of them that a server told of, where answers of servers are read; the
  /// others are taken as certain.
  public internal(set) var answers: (tokens: Int, told: Int)?

  public var bytesPerToken: Double { Double(bytes) / Double(max(1, tokens)) }
}
