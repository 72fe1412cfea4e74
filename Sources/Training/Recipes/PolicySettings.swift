import Objectives

/// The loss of grpo and how rewards become advantages. Keys as in TRL, but `kl_coefficient` for its `beta`, which
/// preference has too.
public struct PolicySettings: Sendable, Equatable {
  public var loss = PolicyLossName.dapo
  public var level = RatioLevel.token
  /// Updates made of the same answers; in the first every ratio is 1, and no clip binds.
  public var iterations = 1
  public var epsilon = 0.2
  /// `epsilon` when nil.
  public var epsilonHigh: Double?
  public var delta: Double?
  /// Tokens weigh by the ratio of the training forward's probability to the sampling one's, at most this (truncated importance
  /// sampling); nil leaves the sampling probabilities out of the loss.
  public var importanceCap: Double?
  /// 0 for grpo, where it needs no reference model, and 0.1 for preference when nil.
  public var klCoefficient: Double?
  /// Multiplies the divergence by the ratio, which removes its bias off policy; false when nil.
  public var correctsKLBias: Bool?
  /// Answers of negative advantage that drifted further than this mean log-ratio are left out.
  public var offPolicyThreshold: Double?
  /// `sapo`'s steepness for advantages above 0, 1 when nil, and others, 1.05 when nil.
  public var gatePositive: Double?
  public var gateNegative: Double?
  /// `vespo`'s exponent and rate for advantages from 0 on, 2 and 3 when nil, and below, 3 and 2 when nil.
  public var gammaPositiveExponent: Double?
  public var gammaPositiveRate: Double?
  public var gammaNegativeExponent: Double?
  public var gammaNegativeRate: Double?
  public var scaling = RewardScaling.group
  public var aggregation = RewardAggregation.sumThenNormalize
  /// Answers cut off at the token limit are not learnt.
  public var masksTruncated = false
  /// The share of tokens that are learnt, those of the highest entropy.
  public var topEntropyShare = 1.0
  /// The weight of the mean entropy, which is maximized.
  public var entropyCoefficient = 0.0
  /// Whether the reference follows the policy; needs a `klCoefficient`.
  public var refreshesReference = false
  /// The policy's share when it does, 0.6 when nil; the updates between, 512 when nil.
  public var referenceMixture: Double?
  public var referenceSteps: Int?
  public init() {}
}

extension PolicySettings: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("loss_type", &loss)
    fields.field("importance_sampling_level", &level)
    fields.field("num_iterations", &iterations)
    fields.field("epsilon", &epsilon)
    fields.field("epsilon_high", &epsilonHigh)
    fields.field("delta", &delta)
    fields.field("importance_sampling_cap", &importanceCap)
    fields.field("use_bias_correction_kl", &correctsKLBias)
    fields.field("off_policy_mask_threshold", &offPolicyThreshold)
    fields.field("sapo_temperature_pos", &gatePositive)
    fields.field("sapo_temperature_neg", &gateNegative)
    fields.field("vespo_k_pos", &gammaPositiveExponent)
    fields.field("vespo_lambda_pos", &gammaPositiveRate)
    fields.field("vespo_k_neg", &gammaNegativeExponent)
    fields.field("vespo_lambda_neg", &gammaNegativeRate)
    fields.field("kl_coefficient", &klCoefficient)
    fields.field("scale_rewards", &scaling)
    fields.field("multi_objective_aggregation", &aggregation)
    fields.field("mask_truncated_completions", &masksTruncated)
    fields.field("top_entropy_quantile", &topEntropyShare)
    fields.field("entropy_coef", &entropyCoefficient)
    fields.field("sync_ref_model", &refreshesReference)
    fields.field("ref_model_mixup_alpha", &referenceMixture)
    fields.field("ref_model_sync_steps", &referenceSteps)
    fields.require((1...1000).contains(iterations), "num_iterations", expected: "from 1 to 1000")
    fields.require(epsilon > 0, "epsilon", expected: "above 0")
    fields.require((epsilonHigh ?? 1) > 0, "epsilon_high", expected: "above 0")
    fields.require((delta ?? 2) > 1, "delta", expected: "above 1")
    fields.require((importanceCap ?? 1) > 0, "importance_sampling_cap", expected: "above 0")
    fields.require(
      correctsKLBias != true || (klCoefficient ?? 0) > 0, "use_bias_correction_kl",
      expected: "with a kl_coefficient above 0")
    fields.require((offPolicyThreshold ?? 0) >= 0, "off_policy_mask_threshold", expected: "of 0 or more")
    for (key, value, name) in [
      ("sapo_temperature_pos", gatePositive, PolicyLossName.sapo),
      ("sapo_temperature_neg", gateNegative, .sapo),
      ("vespo_k_pos", gammaPositiveExponent, .vespo), ("vespo_lambda_pos", gammaPositiveRate, .vespo),
      ("vespo_k_neg", gammaNegativeExponent, .vespo), ("vespo_lambda_neg", gammaNegativeRate, .vespo),
    ] {
      fields.require(value == nil || loss == name, key, expected: "only with loss_type \(name.rawValue)")
      fields.require((value ?? 1) > 0, key, expected: "above 0")
    }
    fields.require((klCoefficient ?? 0) >= 0, "kl_coefficient", expected: "of 0 or more")
    fields.require(
      topEntropyShare > 0 && topEntropyShare <= 1, "top_entropy_quantile", expected: "above 0, at most 1")
    fields.require(entropyCoefficient >= 0, "entropy_coef", expected: "of 0 or more")
    fields.require(
      !refreshesReference || (klCoefficient ?? 0) > 0, "sync_ref_model",
      expected: "with a kl_coefficient above 0: without one there is no reference")
    for (key, isGiven) in [
      ("ref_model_mixup_alpha", referenceMixture != nil), ("ref_model_sync_steps", referenceSteps != nil),
    ] {
      fields.require(!isGiven || refreshesReference, key, expected: "with sync_ref_model: true")
    }
    fields.require((0...1).contains(referenceMixture ?? 0), "ref_model_mixup_alpha", expected: "from 0 to 1")
    fields.require((referenceSteps ?? 1) > 0, "ref_model_sync_steps", expected: "of 1 or more")
  }

  /// Nil when the reference stays as it was.
  var refresh: ReferenceRefresh? {
    guard refreshesReference else { return nil }
    return ReferenceRefresh(mixture: Float(referenceMixture ?? 0.6), everySteps: referenceSteps ?? 512)
  }

  /// - Parameter accumulationSteps: micro-batches of an update.
  func makeLoss(accumulationSteps: Int, maximumNewTokens: Int) -> PolicyLoss {
    var policy = PolicyLoss(loss)
    policy.level = level
    policy.epsilonLow = epsilon
    policy.epsilonHigh = epsilonHigh ?? epsilon
    policy.delta = delta
    policy.klCoefficient = klCoefficient ?? 0
    policy.correctsKLBias = correctsKLBias ?? false
    policy.offPolicyThreshold = offPolicyThreshold
    policy.gateTemperatures.positive = gatePositive ?? policy.gateTemperatures.positive
    policy.gateTemperatures.negative = gateNegative ?? policy.gateTemperatures.negative
    policy.gammaPositive.k = gammaPositiveExponent ?? policy.gammaPositive.k
    policy.gammaPositive.lambda = gammaPositiveRate ?? policy.gammaPositive.lambda
    policy.gammaNegative.k = gammaNegativeExponent ?? policy.gammaNegative.k
    policy.gammaNegative.lambda = gammaNegativeRate ?? policy.gammaNegative.lambda
    policy.topEntropyShare = topEntropyShare
    policy.entropyCoefficient = entropyCoefficient
    policy.maximumCompletionLength = maximumNewTokens
    policy.accumulationSteps = accumulationSteps
    return policy
  }
}
