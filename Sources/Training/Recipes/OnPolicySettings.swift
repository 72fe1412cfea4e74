import Objectives

/// How on_policy_distillation learns from the student's answers.
public enum OnPolicyVariant: String, CaseIterable, Sendable {
  /// A divergence of the loss functions at each token (Agarwal et al. 2024, GKD).
  case divergence
  /// Reverse KL by policy gradient (Gu et al. 2024, MiniLLM).
  case miniLLM = "minillm"
}

/// What on_policy_distillation has beside its loss functions. Keys of minillm as in TRL, whose `gamma` is 0 by default.
public struct OnPolicySettings: Sendable, Equatable {
  public var variant = OnPolicyVariant.divergence
  public var advantages = ReverseKLAdvantages()
  public var decomposes = true
  public init() {}
}

extension OnPolicySettings: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("variant", &variant)
    fields.field("gamma", &advantages.gamma)
    fields.field("length_normalization", &advantages.normalizesLength)
    fields.field("single_step_decomposition", &decomposes)
    fields.require((0...1).contains(advantages.gamma), "gamma", expected: "from 0 to 1")
  }
}
