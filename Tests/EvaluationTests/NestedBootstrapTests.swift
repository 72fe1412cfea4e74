import Evaluation
import Testing

@Suite struct NestedBootstrapTests {
  private func interval(_ groups: [String], _ values: [[Double]]) throws -> ConfidenceInterval {
    let draws = NestedBootstrap(groups: groups, seeds: values.count).draws { $0.mean(values) }
    return try #require(ConfidenceInterval(draws: draws))
  }

  /// Of a single seed and problems that stand alone it is the plain bootstrap: p ± 1.96 √(p (1 − p) / n).
  @Test func aSingleSeedIsThePlainBootstrap() throws {
    let values = (0..<400).map { $0 % 4 == 0 ? 0.0 : 1.0 }
    let found = try interval(values.indices.map(String.init), [values])
    #expect(abs(found.low - (0.75 - 0.0424)) < 0.006 && abs(found.high - (0.75 + 0.0424)) < 0.006)
  }

  /// Groups of four that are right or wrong together count as one: twice the width.
  @Test func problemsThatBelongTogetherCountOnce() throws {
    let values = (0..<400).map { $0 / 4 % 4 == 0 ? 0.0 : 1.0 }
    let alone = try interval(values.indices.map(String.init), [values])
    let together = try interval(values.indices.map { "\($0 / 4)" }, [values])
    let ratio = (together.high - together.low) / (alone.high - alone.low)
    #expect((1.8...2.2).contains(ratio))
  }

  /// What differs between seeds alone is seen: of three seeds at 0.6, 0.7 and 0.8 the spread of their mean.
  @Test func seedsAreDrawnToo() throws {
    let values = [0.6, 0.7, 0.8].map { Array(repeating: $0, count: 50) }
    let found = try interval((0..<50).map(String.init), values)
    // All three draws of one seed: probability 1/27, more than 2.5 %.
    #expect(abs(found.low - 0.6) < 1e-9 && abs(found.high - 0.8) < 1e-9)
    let equal = try interval((0..<50).map(String.init), [values[1], values[1]])
    #expect(abs(equal.low - 0.7) < 1e-9 && abs(equal.high - 0.7) < 1e-9)
  }

  @Test func theSameSeedGivesTheSameDraws() {
    let bootstrap = NestedBootstrap(groups: ["b", "a", "b", "c"], seeds: 2)
    let values = [[0.0, 1, 1, 0], [1.0, 0, 1, 1]]
    #expect(bootstrap.draws(seed: 3) { $0.mean(values) } == bootstrap.draws(seed: 3) { $0.mean(values) })
    #expect(bootstrap.draws(seed: 3) { $0.mean(values) } != bootstrap.draws(seed: 4) { $0.mean(values) })
    #expect(ConfidenceInterval(draws: []) == nil && ConfidenceInterval(draws: [1, .nan]) == nil)
  }
}
