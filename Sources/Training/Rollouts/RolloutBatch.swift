/// Sampled answers, packed one after another, for one policy update; the prompt of a group is computed once.
public struct RolloutBatch: CountedBatch, Sendable, Equatable {
  public internal(set) var completions: [SampledCompletion]
  public let tokens: TokenBatch
  /// Learnt tokens of all micro-batches of the update.
  public let updateTokens: Int
  /// `reward`, `completions/…`, of the whole update.
  public internal(set) var metrics: [String: Double]
  /// Which micro-batch of the update it is.
  public let index: Int

  /// - Parameter isCounted: whether a rollout is learnt.
  package init(
    _ rollouts: [Rollout], isCounted: [Bool], updateTokens: Int, metrics: [String: Double] = [:],
    index: Int = 0
  ) {
    self.init(
      zip(rollouts, isCounted).map { SampledCompletion($0, isCounted: $1) }, updateTokens: updateTokens,
      metrics: metrics, index: index)
  }

  /// The micro-batches of an update, each of `size` answers.
  ///
  /// - Parameter masksTruncated: whether answers cut off at the token limit are not learnt.
  package static func microBatches(
    of rollouts: [Rollout], size: Int, masksTruncated: Bool, metrics: [String: Double] = [:]
  ) -> [RolloutBatch] {
    let isCounted = rollouts.map { !(masksTruncated && $0.isTruncated) }
    let tokens = zip(rollouts, isCounted).reduce(0) { $0 + ($1.1 ? $1.0.length : 0) }
    return stride(from: 0, to: rollouts.count, by: size).enumerated().map { index, first in
      let range = first..<min(rollouts.count, first + size)
      return RolloutBatch(
        Array(rollouts[range]), isCounted: Array(isCounted[range]), updateTokens: tokens, metrics: metrics,
        index: index)
    }
  }

  private init(
    _ completions: [SampledCompletion], updateTokens: Int, metrics: [String: Double], index: Int
  ) {
    self.completions = completions
    self.updateTokens = updateTokens
    self.metrics = metrics
    self.index = index
    tokens = TokenBatch(continuations: completions.map { ($0.tokens, $0.promptCount) })
  }

  public var tokenCount: Int { tokens.tokenCount }
  public var labelCount: Int { tokens.labelCount }
  public var squaredLengths: Int { tokens.squaredLengths }
  /// The longest completion.
  var width: Int { completions.map(\.length).max() ?? 0 }

  /// Of all completion tokens, one after another, from the forward pass of the first update; nil before that.
  var oldLogProbabilities: [Double]? {
    let old = completions.compactMap(\.oldLogProbabilities)
    return old.count == completions.count ? old.flatMap { $0.map(Double.init) } : nil
  }

  /// Notes the log-probabilities of the first forward pass, [labels].
  package mutating func keep(_ logProbabilities: [Double]) {
    var start = 0
    for index in completions.indices {
      let end = start + completions[index].length
      completions[index].oldLogProbabilities = logProbabilities[start..<end].map { Float($0) }
      start = end
    }
  }
}

extension RolloutBatch: Codable {
  private enum Key: String, CodingKey { case completions, updateTokens, metrics, index }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(completions, forKey: .completions)
    try container.encode(updateTokens, forKey: .updateTokens)
    try container.encode(metrics, forKey: .metrics)
    try container.encode(index, forKey: .index)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      try container.decode([SampledCompletion].self, forKey: .completions),
      updateTokens: try container.decode(Int.self, forKey: .updateTokens),
      metrics: try container.decode([String: Double].self, forKey: .metrics),
      index: try container.decode(Int.self, forKey: .index))
  }
}
