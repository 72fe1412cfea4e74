import Files
import GoldenVectors
import Objectives
import TensorCore
import Testing

/// The policy losses and the group advantages against TRL.
@Suite struct PolicyGoldenTests {
  @Test func policyLossesMatchTRL() throws {
    try GoldenGroup("grpo/grpo_loss").run { golden in
      let settings = try #require(golden["settings"])
      func number(_ key: String) -> Double? { settings[key]?.double }
      var loss = PolicyLoss(try #require(PolicyLossName(rawValue: settings["loss_type"]?.string ?? "")))
      loss.level = RatioLevel(rawValue: settings["importance_sampling_level"]?.string ?? "token") ?? .token
      loss.epsilonLow = number("epsilon_low") ?? 0.2
      loss.epsilonHigh = number("epsilon_high") ?? 0.2
      loss.delta = number("delta")
      loss.klCoefficient = number("beta") ?? 0
      loss.correctsKLBias = settings["use_bias_correction_kl"]?.bool ?? false
      loss.topEntropyShare = number("top_entropy_quantile") ?? 1
      loss.offPolicyThreshold = number("off_policy_mask_threshold")
      loss.entropyCoefficient = number("entropy_coef") ?? 0
      loss.gateTemperatures = (number("sapo_temperature_pos") ?? 1, number("sapo_temperature_neg") ?? 1.05)
      loss.gammaPositive = (number("vespo_k_pos") ?? 2, number("vespo_lambda_pos") ?? 3)
      loss.gammaNegative = (number("vespo_k_neg") ?? 3, number("vespo_lambda_neg") ?? 2)
      loss.maximumCompletionLength = settings["max_completion_length"]?.int
      loss.accumulationSteps = settings["current_gradient_accumulation_steps"]?.int ?? 1

      let mask = try golden.array("mask").numbers.map { $0 == 1 }
      let logProbabilities = try golden.array("logps")
      var batch = PolicyLoss.Batch(
        width: logProbabilities.shape[1], advantages: try golden.array("advantages").numbers, lossMask: mask)
      if golden["old_logps_absent"]?.bool != true {
        batch.oldLogProbabilities = try golden.array("old_logps").numbers
      }
      batch.referenceLogProbabilities = try golden.array("ref_logps").numbers
      batch.entropies = try golden.array("entropies").numbers
      if let steps = settings["steps_per_generation"]?.int {
        // TRL's count is of the whole generation: the update has its share of it.
        batch.countedTokens = Double(mask.count { $0 }) * Double(loss.accumulationSteps) / Double(steps)
      }
      let value = loss(try logProbabilities.numbers, batch)
      try requireClose(value.loss, try golden.array("loss").numbers[0], tolerance: 1e-5, "loss")
      try requireClose(value.gradient, try golden.array("d_logps").numbers, tolerance: 1e-5, "d_logps")
      for (key, expected) in try #require(golden["logged"]?.object).entries.map({ ($0.key, $0.value) }) {
        try requireClose(
          try #require(value.metrics[key], "\(key)"), try #require(expected.double), tolerance: 1e-6, key)
      }
    }
  }

  @Test func advantagesMatchTRL() throws {
    try GoldenGroup("grpo/advantages").run { golden in
      let rewards = try #require(golden["rewards_per_func"]?.array).map { row in
        (row.array ?? []).map { $0.goldenDouble ?? .nan }
      }
      let weights = try #require(golden["reward_weights"]?.array).compactMap(\.double)
      let advantages = GroupAdvantages(
        rewards: rewards, groupSize: try golden.int("num_generations"), weights: weights,
        scaling: try #require(RewardScaling(rawValue: golden.string("scale_rewards"))),
        aggregation: try #require(RewardAggregation(rawValue: golden.string("multi_objective_aggregation"))),
        names: weights.indices.map { "f\($0)" })
      try requireClose(
        advantages.values.map(Double.init), try #require(golden["advantages"]?.array).compactMap(\.double),
        tolerance: 1e-4, "advantages")
      for (key, expected) in try #require(golden["logged"]?.object).entries.map({ ($0.key, $0.value) }) {
        try requireClose(
          try #require(advantages.metrics[key], "\(key)"), try #require(expected.double), tolerance: 1e-6, key
        )
      }
    }
  }

  /// Equal rewards give no advantage, and no advantage gives no gradient, exactly.
  @Test func equalRewardsGiveExactlyNoGradient() {
    let advantages = GroupAdvantages(
      rewards: Array(repeating: [0.7], count: 4), groupSize: 4, weights: [1], names: ["score"])
    #expect(advantages.values == [0, 0, 0, 0])
    for name in PolicyLossName.allCases {
      let batch = PolicyLoss.Batch(
        width: 2, advantages: advantages.values.map(Double.init), lossMask: Array(repeating: true, count: 8))
      let value = PolicyLoss(name)((0..<8).map { -0.1 * Double($0) }, batch)
      #expect(value.loss == 0 && value.gradient.allSatisfy { $0 == 0 }, "\(name)")
    }
  }

  @Test func logProbabilitiesAndEntropiesMatchTorch() throws {
    try GoldenGroup("grpo/logps_entropy").run { golden in
      let logits = try golden.array("logits"), ids = try golden.array("ids")
      let temperature = try golden.float("temperature")
      let parameter = Parameter(
        name: "logits", value: Tensor([ids.shape.reduce(1, *), logits.shape[2]], try logits.floats))
      let chosen = labelLogProbabilities(parameter(), labels: try ids.int32s, temperature: temperature)
      try requireClose(chosen.values, golden.array("logps"), tolerance: 1e-5)
      try requireClose(
        entropies(parameter.value, temperature: temperature), golden.array("entropy"), tolerance: 1e-5)
      sum(multiply(chosen, Tensor(chosen.shape, try golden.array("dy").floats))).backward()
      try requireClose(parameter.gradient?.array() ?? [], golden.array("d_logits"), tolerance: 1e-5)
    }
  }

  @Test func preferenceLossesMatchTRL() throws {
    let group = try GoldenGroup("grpo/dpo_loss")
    let isSigmoid = { (golden: GoldenCase) in golden["loss_type"]?.string == "sigmoid" }
    try group.run(where: isSigmoid) { golden in
      var loss = PreferenceLoss()
      loss.klCoefficient = try golden.double("beta")
      loss.divergence = try #require(PreferenceDivergence(rawValue: golden.string("f_divergence_type")))
      loss.tailWeight = golden["ld_alpha"]?.double
      #expect(try golden.double("label_smoothing") == 0)
      let mask = try golden.array("mask"), width = mask.shape[1], count = mask.shape[0] / 2
      func row(_ array: GoldenArray, _ row: Int) throws -> [Double] {
        let (values, marks) = (try array.numbers, try mask.ints)
        return (row * width..<(row + 1) * width).filter { marks[$0] == 1 }.map { values[$0] }
      }
      func answer(_ index: Int) throws -> PreferenceLoss.Answer {
        PreferenceLoss.Answer(
          policy: try row(golden.array("logps"), index), reference: try row(golden.array("ref_logps"), index))
      }
      let pairs = try (0..<count).map {
        PreferenceLoss.Pair(chosen: try answer($0), rejected: try answer($0 + count))
      }
      let value = loss(pairs)
      try requireClose(value.loss, golden.array("loss").numbers[0], tolerance: 1e-5, "loss")
      let slopes = value.gradients.map(\.chosen) + value.gradients.map(\.rejected)
      for (index, found) in slopes.enumerated() {
        try requireClose(found, row(golden.array("d_logps"), index), tolerance: 1e-5, "d_logps of \(index)")
      }
      for entry in try #require(golden["logged"]?.object).entries {
        try requireClose(
          try #require(value.metrics[entry.key], "\(entry.key)"), try #require(entry.value.double),
          tolerance: 1e-6, entry.key)
      }
    }
    for type in Set(group.cases.compactMap { $0["loss_type"]?.string }).subtracting(["sigmoid"]).sorted() {
      GoldenRegistry.skip(
        "grpo/dpo_loss, \(type)", cases: group.cases.count { $0["loss_type"]?.string == type },
        reason: "preference has the sigmoid form alone")
    }
  }
}
