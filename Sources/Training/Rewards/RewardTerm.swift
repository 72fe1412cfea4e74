/// A reward and its weight in the sum.
public struct RewardTerm: Sendable, Equatable {
  public var function = RewardName.accuracy
  public var weight = 1.0
  public init() {}

  public init(_ function: RewardName, weight: Double = 1) {
    self.function = function
    self.weight = weight
  }
}

extension RewardTerm: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("function", &function)
    fields.field("weight", &weight)
  }
}
