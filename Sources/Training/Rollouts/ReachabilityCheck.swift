import Evaluation
import Foundation
import Kernels
import LanguageModels

/// Whether the policy, as it is, gets different rewards within a group: only there is anything to learn from comparing
/// answers.
struct ReachabilityCheck {
  private struct Cell {
    var groups = 0
    var mixed = 0
    var right = 0
    var solved = 0
  }

  private let foundation: RunFoundation
  private let rewards: [RewardTerm]
  private static let prompts = 64

  init(_ foundation: RunFoundation, rewards: [RewardTerm]) {
    self.foundation = foundation
    self.rewards = rewards
  }

  /// pass@1 and pass@G of all, by family and by level, a line each.
  ///
  /// - Throws: `TrainingError.unreachable` when the rewards are equal in every group.
  func summary(_ watch: AnsweringWatch) throws -> String {
    let size = foundation.recipe.rollouts.groupSize
    let sampler = foundation.sampler(seed: foundation.recipe.training.seed ^ 0x7265_6163_68)
    let rollouts = try Precision.$current.withValue(foundation.recipe.training.precision.resolved) {
      try sampler.rollouts(prompts: Self.prompts, samples: size, with: Generator(foundation.model)) {
        try watch.report($0, stage: "reach")
      }
    }
    let scores = try scores(rollouts.map(\.answer))
    guard scores.contains(where: { $0.contains { $0 != nil } }) else {
      throw TrainingError.noRewardApplies(
        names: rewards.filter { $0.weight != 0 }.map(\.label), answers: rollouts.count)
    }
    var cells: [String: Cell] = [:]
    for first in stride(from: 0, to: rollouts.count, by: size) {
      let answers = rollouts[first..<first + size].map(\.answer)
      let problem = answers[0].problem
      let right = answers.count { $0.isCorrect }
      let names = ["all", problem.level.map { "level \($0)" }, problem.family.isEmpty ? nil : problem.family]
      for name in names.compactMap({ $0 }) {
        cells[name, default: Cell()].groups += 1
        cells[name, default: Cell()].right += right
        cells[name, default: Cell()].mixed += isMixed(scores, first..<first + size) ? 1 : 0
        cells[name, default: Cell()].solved += right > 0 ? 1 : 0
      }
    }
    let all = cells["all"] ?? Cell()
    guard all.mixed > 0 else {
      throw TrainingError.unreachable(groups: all.groups, groupSize: size, solved: all.solved)
    }
    return cells.sorted { $0.key < $1.key }.map { name, cell in
      func percent(_ part: Int, _ whole: Int) -> String {
        String(format: "%.1f %%", 100 * Double(part) / Double(max(1, whole)))
      }
      return "reach, \(name): pass@1 \(percent(cell.right, cell.groups * size)), pass@\(size) "
        + "\(percent(cell.solved, cell.groups)), \(cell.mixed) of \(cell.groups) groups mixed"
    }.joined(separator: "\n")
  }

  /// Of each reward that counts, one an answer.
  private func scores(_ answers: [GradedAnswer]) throws -> [[Double?]] {
    try rewards.filter { $0.weight != 0 }.map { term in
      let reward = term.make(maximumTokens: foundation.recipe.rollouts.maximumNewTokens)
      let scores = reward.scores(answers)
      try RewardFailures.check(reward.name, scores)
      return scores.values
    }
  }

  private func isMixed(_ scores: [[Double?]], _ group: Range<Int>) -> Bool {
    scores.contains { Set($0[group].compactMap { $0 }).count > 1 }
  }
}
