/// A reward, its weight in the sum and its numbers.
public struct RewardTerm: Sendable, Equatable {
  public var function = RewardName.accuracy
  public var weight = 1.0
  /// Tokens before the limit over which `soft_overlong_punishment` grows; a fifth of the limit when nil.
  public var softPunishCache: Int?
  public init() {}

  public init(_ function: RewardName, weight: Double = 1) {
    self.function = function
    self.weight = weight
  }

  /// - Parameter maximumTokens: the most that an answer may have.
  func make(maximumTokens: Int) -> any Reward {
    switch function {
    case .accuracy: AccuracyReward()
    case .format: FormatReward()
    case .language: LanguageReward()
    case .repetition: RepetitionReward()
    case .cosineLength: CosineLengthReward(maximumTokens: maximumTokens)
    case .softOverlong: SoftOverlongReward(maximumTokens: maximumTokens, cache: softPunishCache)
    }
  }
}

extension RewardTerm: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("function", &function)
    fields.field("weight", &weight)
    fields.field("soft_punish_cache", &softPunishCache)
    fields.require((softPunishCache ?? 1) > 0, "soft_punish_cache", expected: "of 1 or more")
    fields.require(
      softPunishCache == nil || function == .softOverlong, "soft_punish_cache",
      expected: "at soft_overlong_punishment alone")
  }
}
