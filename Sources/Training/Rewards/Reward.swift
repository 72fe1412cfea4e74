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

  /// - Parameter maximumTokens: the most that an answer may have.
  func make(maximumTokens: Int) -> any Reward {
    switch self {
    case .accuracy: AccuracyReward()
    case .format: FormatReward()
    case .language: LanguageReward()
    case .repetition: RepetitionReward()
    case .cosineLength: CosineLengthReward(maximumTokens: maximumTokens)
    }
  }
}
