import Kernels
import LanguageModels
import Objectives

/// Batches of sampled answers with their advantages, for grpo.
///
/// All micro-batches of an update are drawn at once from the weights before it. `num_iterations` updates are made of them;
/// in the first every ratio to the old policy is 1 and no clip binds. Between two of these updates the answers are part
/// of the position, so that a checkpoint holds them.
public final class RolloutSource: BatchSource {
  private let sampler: PolicySampler
  private let rewards: [(reward: any Reward, weight: Double)]
  private let policy: PolicySettings
  /// Answers in a micro-batch, and micro-batches in an update.
  private let batchSize: Int
  private let accumulationSteps: Int
  private var update: [RolloutBatch] = []
  /// Updates made of `update`, and micro-batches handed out for the next one.
  private var iteration = 0
  private var handedOut = 0
  private var failures: [String: RewardFailures] = [:]
  /// Updates in a row in which no reward applied to any answer.
  private var mute = 0
  /// Receives the answers of every update before it is made, those that were drawn for it and are not learnt too.
  var onRollouts: (([Rollout]) -> Void)?

  init(
    sampler: PolicySampler, rewards: [RewardTerm], policy: PolicySettings, batchSize: Int,
    accumulationSteps: Int
  ) {
    self.sampler = sampler
    self.rewards = rewards.map {
      ($0.make(maximumTokens: sampler.settings.maximumNewTokens), $0.weight)
    }
    self.policy = policy
    self.batchSize = batchSize
    self.accumulationSteps = accumulationSteps
  }

  public var position: DataPosition {
    var position = sampler.position
    let done = iteration + (handedOut == update.count ? 1 : 0)
    if !update.isEmpty, done < policy.iterations {
      position.pending = PendingRollouts(batches: update, iteration: done)
    }
    return position
  }

  public func restore(_ position: DataPosition) throws {
    update = []
    if let pending = position.pending {
      let vocabulary = Int32(clamping: sampler.model.configuration.vocabularySize)
      let fits = pending.batches.allSatisfy { batch in
        batch.completions.allSatisfy { completion in
          completion.tokens.count <= sampler.maxLength && completion.tokens.allSatisfy { $0 < vocabulary }
        }
      }
      guard fits, pending.batches.map(\.index) == Array(0..<accumulationSteps),
        (1..<max(2, policy.iterations)).contains(pending.iteration),
        pending.batches.allSatisfy({ $0.oldLogProbabilities != nil })
      else {
        throw TrainingError.badCheckpoint(
          path: "data position", expected: "the answers of an update of \(accumulationSteps) micro-batches",
          found: "others")
      }
      update = pending.batches
      iteration = pending.iteration
      handedOut = 0
    }
    var rest = position
    rest.pending = nil
    try sampler.restore(rest)
  }

  public func nextBatch() throws -> RolloutBatch {
    if handedOut == update.count {
      handedOut = 0
      iteration += 1
    }
    if update.isEmpty || iteration >= policy.iterations {
      update = try drawUpdate()
      iteration = 0
    }
    defer { handedOut += 1 }
    var batch = update[handedOut]
    if iteration > 0 {
      // No time was spent on answers.
      for name in Self.costs { batch.metrics[name] = nil }
    }
    return batch
  }

  /// Notes the log-probabilities of a micro-batch in its first forward pass, which later updates compare with.
  func keep(_ logProbabilities: [Double], of index: Int) {
    guard policy.iterations > 1, update.indices.contains(index) else { return }
    update[index].keep(logProbabilities)
  }

  /// What an update without new answers does not have.
  private static let costs = ["rollout/seconds", "rollout/tokens_per_second", "rollout/groups"]

  private func drawUpdate() throws -> [RolloutBatch] {
    let start = ContinuousClock.now
    let groupSize = sampler.settings.groupSize
    let wanted = batchSize * accumulationSteps / groupSize
    let generator = Generator(sampler.model)
    for name in failures.keys { failures[name]?.startUpdate() }
    var groups: [[Rollout]] = []
    var spare: [[Rollout]] = []
    var drawn = 0
    let limit = wanted + Int(sampler.settings.refillFactor * Double(wanted))
    // Groups whose rewards are all equal teach nothing: others take their places, as long as there are draws left.
    while groups.count < wanted, drawn < limit {
      let count = min(wanted - groups.count, limit - drawn)
      var rollouts = try sampler.rollouts(prompts: count, samples: groupSize, with: generator)
      drawn += count
      score(&rollouts)
      for first in stride(from: 0, to: rollouts.count, by: groupSize) {
        let group = Array(rollouts[first..<first + groupSize])
        if sampler.settings.refillFactor > 0, isUniform(group) {
          spare.append(group)
        } else {
          groups.append(group)
        }
      }
    }
    for (name, failed) in failures.sorted(by: { $0.key < $1.key }) { try failed.endUpdate(name) }
    let missing = wanted - groups.count
    groups += spare.prefix(missing)
    try requireRewards(groups + spare.dropFirst(missing))
    let draw = Draw(
      groups: drawn, unused: spare.dropFirst(missing).flatMap { $0 },
      seconds: (ContinuousClock.now - start).seconds)
    return batches(of: groups.flatMap { $0 }, draw)
  }

  /// What it took to draw the answers of an update.
  private struct Draw {
    var groups: Int
    /// The answers that are not learnt.
    var unused: [Rollout]
    var seconds: Double
  }

  /// - Throws: `TrainingError.noRewardApplies` at the third update in a row that no reward says anything about.
  private func requireRewards(_ groups: [[Rollout]]) throws {
    let counted = rewards.filter { $0.weight != 0 }.map(\.reward.name)
    let isMute = groups.joined().allSatisfy { rollout in counted.allSatisfy { rollout.rewards[$0] == nil } }
    mute = isMute ? mute + 1 : 0
    guard mute >= RewardFailures.badUpdateLimit else { return }
    throw TrainingError.noRewardApplies(names: counted, answers: groups.joined().count)
  }

  private func score(_ rollouts: inout [Rollout]) {
    for (reward, _) in rewards {
      let scores = reward.scores(rollouts.map(\.answer))
      for (index, value) in scores.values.enumerated() { rollouts[index].rewards[reward.name] = value }
      failures[reward.name, default: RewardFailures()].add(scores)
    }
  }

  /// Whether comparing the answers teaches nothing.
  private func isUniform(_ group: [Rollout]) -> Bool {
    advantages(group).values.allSatisfy { abs($0) < 1e-6 }
  }

  private func advantages(_ rollouts: [Rollout]) -> GroupAdvantages {
    GroupAdvantages(
      rewards: rollouts.map { rollout in rewards.map { rollout.rewards[$0.reward.name] ?? .nan } },
      groupSize: sampler.settings.groupSize, weights: rewards.map(\.weight), scaling: policy.scaling,
      aggregation: policy.aggregation, names: rewards.map(\.reward.name))
  }

  private func batches(of rollouts: [Rollout], _ draw: Draw) -> [RolloutBatch] {
    let advantages = advantages(rollouts)
    var rollouts = rollouts
    for index in rollouts.indices { rollouts[index].advantage = advantages.values[index] }
    onRollouts?(
      rollouts
        + draw.unused.map { rollout in
          var rollout = rollout
          rollout.isLearnt = false
          return rollout
        })
    var metrics = advantages.metrics.filter { $0.value.isFinite }
    let lengths = rollouts.map { Double($0.length) }
    let count = Double(max(1, rollouts.count))
    metrics["completions/mean_length"] = lengths.reduce(0, +) / count
    metrics["completions/max_length"] = lengths.max()
    metrics["completions/clipped_ratio"] = Double(rollouts.count { $0.isTruncated }) / count
    metrics["completions/unparsed_ratio"] = Double(rollouts.count { $0.isUnparsed }) / count
    for (name, failed) in failures where failed.haveHappened {
      metrics["rewards/\(name)/failed"] = Double(failed.count)
    }
    metrics["rollout/seconds"] = draw.seconds
    metrics["rollout/groups"] = Double(draw.groups)
    let written = draw.unused.reduce(lengths.reduce(0, +)) { $0 + Double($1.length) }
    metrics["rollout/tokens_per_second"] = written / max(draw.seconds, 1e-9)
    return RolloutBatch.microBatches(
      of: rollouts, size: batchSize, masksTruncated: policy.masksTruncated, metrics: metrics)
  }
}
