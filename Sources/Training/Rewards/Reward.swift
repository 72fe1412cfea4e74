import Evaluation

/// What an answer is worth, by one rule.
public protocol Reward: Sendable {
  /// As in `rewards/NAME/mean`.
  var name: String { get }
  /// A number, or nil where the rule does not apply.
  func score(_ answer: GradedAnswer) -> Double?
  /// The scores of all answers of an update; one by one unless the reward knows better.
  func scores(_ answers: [GradedAnswer]) -> RewardScores
}

extension Reward {
  public func scores(_ answers: [GradedAnswer]) -> RewardScores { RewardScores(answers.map(score)) }
}

/// What a reward said about several answers.
public struct RewardScores: Sendable, Equatable {
  /// One an answer; nil where the rule does not apply or failed.
  public var values: [Double?]
  /// How many of the nils are failures of the reward itself.
  public var failures = 0
  /// Of the first failure.
  public var reason: String?

  public init(_ values: [Double?], failures: Int = 0, reason: String? = nil) {
    // What is not a number does not apply.
    self.values = values.map { $0.flatMap { $0.isFinite ? $0 : nil } }
    self.failures = failures
    self.reason = reason
  }
}

/// The rewards that a recipe can name.
public enum RewardName: String, CaseIterable, Sendable {
  case accuracy, format, language, length, repetition
  case cosineLength = "cosine_length"
  case softOverlong = "soft_overlong_punishment"
  case command
}
