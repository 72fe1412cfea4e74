import LanguageModels

/// How a policy answers prompts while it learns, for grpo and on_policy_distillation. Keys as in TRL.
public struct RolloutSettings: Sendable, Equatable {
  /// Answers to one prompt, which are compared with one another. They divide the batch.
  public var groupSize = 8
  public var maximumNewTokens = 384
  public var temperature = 1.0
  public var topP = 1.0
  public var topK = 0
  /// Prompts drawn anew, as a multiple of those of an update, to replace groups whose rewards are all equal (dynamic
  /// sampling, Yu et al. 2025); 0 keeps every group.
  public var refillFactor = 0.0
  /// Lowers the levels of the dataset's tasks by one as long as every answer before the first update is wrong; false when nil.
  public var lowersLevels: Bool?
  /// The share of batches that the student writes in on_policy_distillation; the others are the dataset's.
  public var onPolicyShare = 1.0
  public init() {}
}

extension RolloutSettings: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("num_generations", &groupSize)
    fields.field("max_completion_length", &maximumNewTokens)
    fields.field("temperature", &temperature)
    fields.field("top_p", &topP)
    fields.field("top_k", &topK)
    fields.field("refill_factor", &refillFactor)
    fields.field("lower_levels", &lowersLevels)
    fields.field("lmbda", &onPolicyShare)
    fields.require((1...100_000).contains(groupSize), "num_generations", expected: "from 1 to 100000")
    fields.require(
      (1...1_000_000).contains(maximumNewTokens), "max_completion_length", expected: "from 1 to 1000000")
    fields.require(temperature > 0, "temperature", expected: "above 0")
    fields.require(topP > 0 && topP <= 1, "top_p", expected: "above 0, at most 1")
    fields.require(topK >= 0, "top_k", expected: "of 0 or more")
    fields.require((0...16).contains(refillFactor), "refill_factor", expected: "from 0 to 16")
    fields.require((0...1).contains(onPolicyShare), "lmbda", expected: "from 0 to 1")
  }

  var sampling: SamplingParameters {
    SamplingParameters(temperature: Float(temperature), topK: topK, topP: Float(topP))
  }
}
