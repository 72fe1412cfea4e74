import Corpus
import Foundation
import LanguageModels
import Objectives
import Testing
import Training

/// What a recipe of grpo can ask for beside its loss.
@Suite(.serialized) struct PolicyOptionsTests {
  private static func recipe(_ more: String, _ overrides: [String] = []) throws -> Recipe.Reading {
    try Recipe.parse(
      """
      method: grpo
      model: \(RunTests.root.path)/Models/student-750k
      dataset: {task: law, languages: [en], levels: [1], train: 400, eval: 4, seed: 5}
      rollouts: {num_generations: 4, max_completion_length: 24}
      training: {max_steps: 2, per_device_train_batch_size: 8, max_length: 256, learning_rate: 1.0e-3, seed: 2,
                 precision: fp32, logging_steps: 1, save_steps: 50}
      evaluation: {problems: 0}
      \(more)
      """, file: "r.yaml", overrides: overrides)
  }

  // MARK: The sampling probabilities

  /// On policy and without a reference, a weight of a token is a factor of its advantage.
  @Test(arguments: [PolicyLossName.dapo, .cispo, .sapo])
  func aWeightOfATokenIsAFactorOfItsAdvantage(name: PolicyLossName) {
    let advantages = [0.5, -2, 1.25], weights = [2, 0.25, 1.5]
    let logs = [-0.3, -1.1, -0.01]
    func value(_ advantages: [Double], _ weights: [Double]?) -> PolicyLoss.Value {
      var batch = PolicyLoss.Batch(width: 1, advantages: advantages, lossMask: [true, true, true])
      batch.samplingWeights = weights
      return PolicyLoss(name)(logs, batch)
    }
    let weighted = value(advantages, weights)
    let scaled = value(zip(advantages, weights).map { $0 * $1 }, nil)
    #expect(abs(weighted.loss - scaled.loss) < 1e-12)
    #expect(zip(weighted.gradient, scaled.gradient).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(abs(weighted.loss - value(advantages, nil).loss) > 1e-3)
  }

  /// The divergence from the reference is no matter of who sampled.
  @Test func aWeightLeavesTheReferenceAlone() {
    var loss = PolicyLoss(.grpo)
    loss.klCoefficient = 0.5
    var batch = PolicyLoss.Batch(width: 2, advantages: [0], lossMask: [true, true])
    batch.referenceLogProbabilities = [-0.5, -2]
    let plain = loss([-1, -1], batch)
    batch.samplingWeights = [0, 0]
    #expect(loss([-1, -1], batch).loss == plain.loss && plain.loss > 0.01)
  }

  /// Answers that were drawn with probabilities of 1/e count by what the forward pass thinks of them, up to the cap.
  @Test func theWeightIsTheRatioOfBothForwards() throws {
    let rollouts = PolicyTests.rollouts([1, -1, 0.5, -0.5])
    let batch = RolloutBatch(rollouts, isCounted: rollouts.map { _ in true }, updateTokens: 13)
    func report(_ cap: Double?) throws -> LossReport {
      let objective = PolicyObjective(
        PolicyLoss(.dapo), reference: nil, temperature: 1, importanceCap: cap)
      return try objective.evaluate(
        batch, model: Tiny.model(), normalizer: 1, differentiates: false, isDetailed: true)
    }
    let (free, capped, none) = (try report(1e9), try report(0.05), try report(nil))
    let mean = "sampling/importance_sampling_ratio/mean"
    let (high, low) = (free.sums[mean]?.value ?? 0, capped.sums[mean]?.value ?? 1)
    #expect(none.sums[mean] == nil && low <= 0.05 && low < high)
    #expect(free.loss != none.loss && capped.loss != free.loss)
  }

  @Test func aRunWeighsByTheSamplingProbabilities() throws {
    let output = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: output) }
    let outcome = try PolicyRunTests.run(
      Self.recipe("rewards: [{function: language}]\nimportance_sampling_cap: 2"), in: output)
    let ratio = outcome.metrics["sampling/importance_sampling_ratio/mean"] ?? 0
    #expect(abs(ratio - 1) < 1e-3, "\(ratio)")
    // Answers of 24 tokens from a model that has only read: some cannot be read.
    let unparsed = outcome.metrics["completions/unparsed_ratio"] ?? -1
    #expect((0...1).contains(unparsed) && outcome.metrics["rollout/groups"] == 2)
  }

  @Test(arguments: [
    ("objective.importance_sampling_cap=0", "above 0"),
    ("objective.use_bias_correction_kl=true", "kl_coefficient above 0"),
    ("objective.off_policy_mask_threshold=-1", "of 0 or more"),
    ("objective.sapo_temperature_pos=2", "only with loss_type sapo"),
    ("objective.vespo_k_neg=2", "only with loss_type vespo"),
  ])
  func numbersThatChangeNothingAreRefused(override: String, words: String) {
    let error = #expect(throws: RecipeError.self) { _ = try Self.recipe("", [override]) }
    #expect(error.map { "\($0)".contains(words) } == true, "\(String(describing: error))")
  }

  // MARK: Rewards

  @Test func lengthIsTheShareOfTheLimit() {
    let reward = LengthReward(maximumTokens: 40)
    #expect(reward.score(PolicyTests.answer("7", "7", tokens: 10)) == -0.25)
    #expect(reward.score(PolicyTests.answer("8", "7", tokens: 10)) == -0.25)
    #expect(reward.score(PolicyTests.answer("7", "7", tokens: 90)) == -1)
  }

  /// The program has an opinion at first alone; the run ends with what it had trained until then.
  @Test func rewardsThatFallSilentEndTheRunWithACheckpoint() throws {
    let output = CheckpointTests.temporaryDirectory(), folder = CheckpointTests.temporaryDirectory()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { for url in [output, folder] { try? FileManager.default.removeItem(at: url) } }
    let count = folder.appendingPathComponent("count").path
    let command =
      "echo x >> \(count); if test $(wc -l < \(count)) -le 2; then awk '{print NR % 3}'; else sed 's/.*/null/'; fi"
    let reading = try Self.recipe(
      "rewards: [{function: command, command: \"\(command)\"}]", ["training.max_steps=9"])
    let error = #expect(throws: TrainingError.self) { try PolicyRunTests.run(reading, in: output) }
    #expect(error?.exitCode == .badData && error?.description.contains("for any of 8 answers") == true)
    let checkpoints = CheckpointDirectory(output.appendingPathComponent("checkpoints"), kept: 9)
    #expect(try checkpoints.latest()?.state.step == 3)
  }

  // MARK: Levels

  @Test func levelsAreLoweredAsLongAsEveryAnswerIsWrong() throws {
    let recipe = try Self.recipe("", ["dataset.levels=[3, 5]", "rollouts.lower_levels=true"]).recipe
    func tried(_ recipe: Recipe, until last: [Int]?, solved: Int = 0) throws -> (levels: [[Int]], notes: Int)
    {
      var (levels, notes): ([[Int]], Int) = ([], 0)
      _ = try recipe.loweringLevels(note: { _ in notes += 1 }) { recipe in
        levels.append(recipe.dataset.levels)
        if recipe.dataset.levels != last {
          throw TrainingError.unreachable(groups: 64, groupSize: 4, solved: solved)
        }
      }
      return (levels, notes)
    }
    let lowered = try tried(recipe, until: [1, 2])
    #expect(lowered.levels == [[3, 5], [2, 4], [1, 3], [1, 2]] && lowered.notes == 3)
    #expect(throws: TrainingError.self) { try tried(recipe, until: nil) }
    // Where all answers are right, easier problems are no help.
    #expect(throws: TrainingError.self) { try tried(recipe, until: [1, 2], solved: 64) }
    var fixed = recipe
    fixed.rollouts.lowersLevels = nil
    #expect(throws: TrainingError.self) { try tried(fixed, until: [1, 2]) }
  }

  /// Scores differ at level 1 alone, where nothing is right either.
  @Test func aRunGoesOnAtTheLevelThatItReaches() throws {
    let output = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: output) }
    let script = #"awk '{print (index($0, \"\\\"level\\\":1,\") > 0) * (NR % 3)}'"#
    let overrides = [
      "dataset.task=finance", "dataset.levels=[3]", "rollouts.lower_levels=true", "training.max_steps=3",
      "training.save_steps=2", "rollouts.max_completion_length=1",
    ]
    let reading = try Self.recipe("rewards: [{function: command, command: \"\(script)\"}]", overrides)
    let recorder = Recorder()
    let outcome = try PolicyRunTests.run(reading, in: output, recorder)
    #expect(outcome.steps == 3)
    let notes = recorder.events.compactMap { event in
      if case .note(let text) = event, text.contains("going on") { text } else { nil }
    }
    #expect(notes.map { String($0.suffix(8)) } == ["levels 2", "levels 1"])
    let levels = recorder.events.compactMap { event in
      if case .sampled(_, let rollouts) = event { rollouts.map(\.answer.problem.level) } else { nil }
    }.joined()
    #expect(!levels.isEmpty && levels.allSatisfy { $0 == 1 })
    // The recipe that asked for level 3 resumes what went on at level 1.
    let model = output.appendingPathComponent("model.safetensors")
    let whole = try Data(contentsOf: model)
    try FileManager.default.removeItem(at: output.appendingPathComponent("checkpoints/checkpoint-0000003"))
    _ = try PolicyRunTests.run(reading, in: output, resumes: true)
    #expect(try Data(contentsOf: model) == whole)
  }
}
