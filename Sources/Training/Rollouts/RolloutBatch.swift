import Evaluation
import Files

/// One sampled answer and what it was worth.
public struct Rollout: Sendable {
  public let answer: GradedAnswer
  /// Prompt and completion.
  public let tokens: [Int32]
  public let promptCount: Int
  /// Of each completion token, when it was drawn.
  public let samplingLogProbabilities: [Float]
  /// By name; rewards that do not apply are absent.
  public internal(set) var rewards: [String: Double]
  public internal(set) var advantage: Float

  package init(
    answer: GradedAnswer, tokens: [Int32], promptCount: Int, samplingLogProbabilities: [Float],
    rewards: [String: Double] = [:], advantage: Float = 0
  ) {
    self.answer = answer
    self.tokens = tokens
    self.promptCount = promptCount
    self.samplingLogProbabilities = samplingLogProbabilities
    self.rewards = rewards
    self.advantage = advantage
  }

  public var isTruncated: Bool { !answer.stopped }

  /// `{"accuracy": 1}`
  public var rewardsJSON: JSONValue {
    .object(JSONObject(rewards.sorted { $0.key < $1.key }.map { ($0.key, .double($0.value)) }))
  }
}

/// Sampled answers, packed one after another, for one policy update.
public struct RolloutBatch: CountedBatch, Sendable {
  public let rollouts: [Rollout]
  public let tokens: TokenBatch
  /// Whether a rollout is learnt.
  public let isCounted: [Bool]
  /// Learnt tokens of all micro-batches of the update.
  public let updateTokens: Int
  /// `reward`, `completions/…`, of the whole update.
  public let metrics: [String: Double]

  package init(
    _ rollouts: [Rollout], isCounted: [Bool], updateTokens: Int, metrics: [String: Double] = [:]
  ) {
    self.rollouts = rollouts
    self.isCounted = isCounted
    self.updateTokens = updateTokens
    self.metrics = metrics
    tokens = TokenBatch(rollouts.map { Example(tokens: $0.tokens, learntFrom: $0.promptCount) })
  }

  public var tokenCount: Int { tokens.tokenCount }
  public var labelCount: Int { tokens.labelCount }
  public var squaredLengths: Int { tokens.squaredLengths }
  /// The longest completion.
  var width: Int { rollouts.map(\.samplingLogProbabilities.count).max() ?? 0 }
}
