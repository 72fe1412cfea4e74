import Corpus
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
  /// False for an answer of a group whose place another took, because all its rewards were equal.
  public internal(set) var isLearnt = true

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

  /// Whether the verifier could read nothing, rather than a wrong answer.
  public var isUnparsed: Bool { answer.verification.verdict == .unparsable }

  /// Tokens of the completion.
  public var length: Int { samplingLogProbabilities.count }

  /// The mean over the completion's tokens when they were drawn; nil for an empty one.
  public var meanLogProbability: Double? {
    length == 0 ? nil : samplingLogProbabilities.reduce(0) { $0 + Double($1) } / Double(length)
  }

  /// `{"accuracy": 1}`
  public var rewardsJSON: JSONValue {
    .object(JSONObject(rewards.sorted { $0.key < $1.key }.map { ($0.key, .double($0.value)) }))
  }
}
