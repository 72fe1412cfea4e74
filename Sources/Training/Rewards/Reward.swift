import Evaluation

/// What an answer is worth, by one rule.
public protocol Reward: Sendable {
  /// As in `rewards/NAME/mean`.
  var name: String { get }
  /// A number, or nil where the rule does not apply.
  func score(_ answer: GradedAnswer) -> Double?
}

/// The rewards that a recipe can name.
public enum RewardName: String, CaseIterable, Sendable {
  case accuracy, format, language, repetition
  case cosineLength = "cosine_length"
  case softOverlong = "soft_overlong_punishment"
}
