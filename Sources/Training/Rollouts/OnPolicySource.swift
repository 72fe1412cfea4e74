import Kernels
import LanguageModels

/// Batches for on_policy_distillation: a share of them the student's own answers, the others the dataset's
/// (Agarwal et al. 2024, GKD).
public final class OnPolicySource: BatchSource {
  private let sampler: PolicySampler
  private let dataset: PackedBatchSource
  private let batchSize: Int
  private var random: SeededRandom
  /// Receives the answers of every own batch before it is learnt.
  var onRollouts: (([Rollout]) -> Void)?

  /// - Parameter batchSize: prompts in an own batch.
  init(sampler: PolicySampler, dataset: PackedBatchSource, batchSize: Int) {
    self.sampler = sampler
    self.dataset = dataset
    self.batchSize = batchSize
    random = SeededRandom(seed: sampler.seed ^ 0x6f6e_706f_6c69_6379)
  }

  public var position: DataPosition {
    var position = sampler.position
    let others = dataset.position
    position.random = random.state + [UInt64(others.epoch), UInt64(others.offset), UInt64(others.dropped)]
    return position
  }

  public func restore(_ position: DataPosition) throws {
    let count = random.state.count
    guard position.random.count == count + 3,
      let state = SeededRandom(state: Array(position.random[..<count]))
    else {
      throw TrainingError.badCheckpoint(
        path: "data position", expected: "a state of on_policy_distillation",
        found: "\(position.random.count) numbers")
    }
    random = state
    var others = dataset.position
    others.epoch = Int(clamping: position.random[count])
    others.offset = Int(clamping: position.random[count + 1])
    others.dropped = Int(clamping: position.random[count + 2])
    try dataset.restore(others)
    try sampler.restore(position)
  }

  public func nextBatch() throws -> TokenBatch {
    guard random.uniformDouble() < sampler.settings.onPolicyShare else { return try dataset.nextBatch() }
    let rollouts = try sampler.rollouts(prompts: batchSize, samples: 1, with: Generator(sampler.model))
    onRollouts?(rollouts)
    return TokenBatch(
      rollouts.map { rollout in
        var example = Example(tokens: rollout.tokens, learntFrom: rollout.promptCount)
        example.domain = rollout.answer.problem.domain
        return example
      })
  }
}
