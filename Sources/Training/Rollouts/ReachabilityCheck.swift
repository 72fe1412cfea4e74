import Evaluation
import Foundation
import Kernels
import LanguageModels

/// Whether the policy, as it is, answers some prompts right and others wrong within a group: only there is anything to
/// learn from comparing answers.
struct ReachabilityCheck {
  private struct Cell {
    var groups = 0
    var mixed = 0
    var right = 0
    var solved = 0
  }

  private let foundation: RunFoundation
  private static let prompts = 64

  init(_ foundation: RunFoundation) { self.foundation = foundation }

  /// pass@1 and pass@G by level, a line each.
  ///
  /// - Throws: `TrainingError.unreachable` when every group is all right or all wrong.
  func summary() throws -> String {
    let size = foundation.recipe.rollouts.groupSize
    let rollouts = try Precision.$current.withValue(foundation.recipe.training.precision.resolved) {
      try foundation.sampler.rollouts(prompts: Self.prompts, samples: size, with: Generator(foundation.model))
    }
    var cells: [String: Cell] = [:]
    for first in stride(from: 0, to: rollouts.count, by: size) {
      let group = rollouts[first..<first + size]
      let right = group.count { $0.answer.isCorrect }
      let problem = group[first].answer.problem
      for name in ["all", problem.level.map { "level \($0)" }].compactMap({ $0 }) {
        cells[name, default: Cell()].groups += 1
        cells[name, default: Cell()].right += right
        cells[name, default: Cell()].mixed += right > 0 && right < size ? 1 : 0
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
}
