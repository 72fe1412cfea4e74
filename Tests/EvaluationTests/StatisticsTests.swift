import Evaluation
import Testing

@Suite struct StatisticsTests {
  /// Reference: scipy 1.17.1, `binomtest(85, 100).proportion_ci(method="wilson")`.
  @Test func wilson() {
    let interval = WilsonInterval(successes: 85, trials: 100)
    #expect(abs(interval.low - 0.7671600) < 1e-4 && abs(interval.high - 0.9069378) < 1e-4, "\(interval)")
    #expect(abs(WilsonInterval(successes: 0, trials: 10).low) < 1e-12)
    #expect(abs(WilsonInterval(successes: 10, trials: 10).high - 1) < 1e-12)
    #expect(WilsonInterval(successes: 0, trials: 0).high == 1)
  }

  /// By hand: 2 · Σ_{k≤2} C(10, k) / 2¹⁰ = 2 · 56 / 1024.
  @Test func mcNemar() {
    #expect(abs(McNemarTest(onlyFirst: 2, onlySecond: 8).p - 112.0 / 1024) < 1e-12)
    #expect(McNemarTest(onlyFirst: 8, onlySecond: 2).p == McNemarTest(onlyFirst: 2, onlySecond: 8).p)
    #expect(McNemarTest(onlyFirst: 5, onlySecond: 5).p == 1)
    #expect(McNemarTest(onlyFirst: 0, onlySecond: 0).p == 1)
    #expect(McNemarTest(onlyFirst: 0, onlySecond: 2000).p < 1e-300)
    let test = McNemarTest([true, true, false, false], [true, false, true, true])
    #expect(test.onlyFirst == 1 && test.onlySecond == 2)
  }

  @Test func holm() {
    let adjusted = HolmCorrection.adjusted([0.01, 0.04, 0.03])
    for (found, expected) in zip(adjusted, [0.03, 0.06, 0.06]) { #expect(abs(found - expected) < 1e-12) }
  }

  @Test func bootstrapHoldsTheDifference() {
    let first = (0..<400).map { $0 % 10 < 8 }, second = (0..<400).map { $0 % 10 < 6 }
    let interval = PairedBootstrap(first, second)
    #expect(abs(interval.difference - 0.2) < 1e-12)
    #expect(interval.low < 0.2 && interval.high > 0.2 && interval.low > 0.14 && interval.high < 0.26)
    #expect(interval == PairedBootstrap(first, second))
    #expect(PairedBootstrap(first, first).high == 0)
  }
}
