/// A reward, its weight in the sum and its numbers.
public struct RewardTerm: Sendable, Equatable {
  public var function = RewardName.accuracy
  public var weight = 1.0
  /// Tokens before the limit over which `soft_overlong_punishment` grows; a fifth of the limit when nil.
  public var softPunishCache: Int?
  /// What `command` runs, by the shell.
  public var command: String?
  /// The metrics' word for a `command`.
  public var name: String?
  /// Seconds in which a `command` must have scored the answers of an update; 60 when nil.
  public var timeoutSeconds: Double?
  public init() {}

  public init(_ function: RewardName, weight: Double = 1) {
    self.function = function
    self.weight = weight
  }

  /// As in `rewards/NAME/mean`.
  public var label: String { name ?? function.rawValue }

  /// - Parameter maximumTokens: the most that an answer may have.
  func make(maximumTokens: Int) -> any Reward {
    switch function {
    case .accuracy: AccuracyReward()
    case .format: FormatReward()
    case .language: LanguageReward()
    case .length: LengthReward(maximumTokens: maximumTokens)
    case .repetition: RepetitionReward()
    case .cosineLength: CosineLengthReward(maximumTokens: maximumTokens)
    case .softOverlong: SoftOverlongReward(maximumTokens: maximumTokens, cache: softPunishCache)
    case .command: CommandReward(command ?? "", name: label, timeoutSeconds: timeoutSeconds ?? 60)
    }
  }
}

extension RewardTerm: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("function", &function)
    fields.field("weight", &weight)
    fields.field("soft_punish_cache", &softPunishCache)
    fields.field("command", &command)
    fields.field("name", &name)
    fields.field("timeout_seconds", &timeoutSeconds)
    fields.require((softPunishCache ?? 1) > 0, "soft_punish_cache", expected: "of 1 or more")
    fields.require(
      softPunishCache == nil || function == .softOverlong, "soft_punish_cache",
      expected: "at soft_overlong_punishment alone")
    fields.require(
      function != .command || command?.contains { !$0.isWhitespace } == true, "command",
      expected: "with what is to be run, for function command")
    for (key, isGiven) in [
      ("command", command != nil), ("name", name != nil), ("timeout_seconds", timeoutSeconds != nil),
    ] {
      fields.require(!isGiven || function == .command, key, expected: "at function command alone")
    }
    fields.require(
      name?.isEmpty != true && name?.contains(where: \.isWhitespace) != true, "name",
      expected: "of one word")
    fields.require(
      (timeoutSeconds ?? 1) > 0 && (timeoutSeconds ?? 1) <= 86_400, "timeout_seconds",
      expected: "above 0, at most 86400")
  }
}
