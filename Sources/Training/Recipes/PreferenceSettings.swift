import Objectives

/// What preference has beside `kl_coefficient`. Keys as in TRL.
public struct PreferenceSettings: Sendable, Equatable {
  public var divergence = PreferenceDivergence.reverseKL
  public var tailWeight: Double?
  public init() {}
}

extension PreferenceSettings: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("f_divergence_type", &divergence)
    fields.field("ld_alpha", &tailWeight)
    fields.require((0...1).contains(tailWeight ?? 0), "ld_alpha", expected: "from 0 to 1")
  }
}

extension ObjectiveSettings {
  /// TRL's default weight of the divergence holds where the recipe names none.
  var preferenceLoss: PreferenceLoss {
    var loss = PreferenceLoss()
    loss.klCoefficient = policy.klCoefficient ?? 0.1
    loss.divergence = preference.divergence
    loss.tailWeight = preference.tailWeight
    return loss
  }
}
