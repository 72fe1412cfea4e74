import Kernels

/// A percentile bootstrap (Efron 1979) of what the models of several seeds made of the same problems: whole groups of
/// problems are drawn with replacement, as what belongs together is right or wrong together, and, of several, the seeds too.
public struct NestedBootstrap: Sendable {
  /// One draw: which problems and which seeds, some several times.
  public struct Draw: Sendable {
    let problems: [Int]
    let seeds: [Int]

    /// - Parameter values: of each seed, of each problem.
    public func mean(_ values: [[Double]]) -> Double {
      var sum = 0.0
      for seed in seeds {
        let values = values[seed]
        for problem in problems { sum += values[problem] }
      }
      return sum / Double(max(1, problems.count * seeds.count))
    }
  }

  private let groups: [[Int]]
  private let seeds: Int

  /// - Parameters: `groups` names that of each problem; `seeds` is their number, 1 or more.
  public init(groups: [String], seeds: Int) {
    precondition(seeds > 0, "NestedBootstrap: no seeds")
    let members = Dictionary(grouping: groups.indices) { groups[$0] }
    // In the order of the problems, so that the same seed gives the same draws.
    self.groups = members.values.sorted { $0[0] < $1[0] }
    self.seeds = seeds
  }

  /// The statistic of each draw.
  public func draws(count: Int = 2000, seed: UInt64 = 1, _ statistic: (Draw) -> Double) -> [Double] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in
      let problems = groups.indices.flatMap { _ in groups[random.int(in: 0...groups.count - 1)] }
      let drawn = seeds == 1 ? [0] : (0..<seeds).map { _ in random.int(in: 0...seeds - 1) }
      return statistic(Draw(problems: problems, seeds: drawn))
    }
  }
}

extension ConfidenceInterval {
  /// The middle 95 % of what a bootstrap drew; nil where it drew nothing, or what is no number.
  public init?(draws: [Double]) {
    guard !draws.isEmpty, draws.allSatisfy(\.isFinite) else { return nil }
    let sorted = draws.sorted()
    self.init(
      low: sorted[Int(0.025 * Double(sorted.count - 1))], high: sorted[Int(0.975 * Double(sorted.count - 1))])
  }
}
