import Evaluation
import Testing

@Suite struct SignFlipTests {
  /// By hand: of the eight patterns of (1, 2, 3), only +++ and −−− reach 6.
  @Test func byHand() {
    let test = SignFlipTest([1, 2, 3])
    #expect(test.p == 0.25 && test.meanDifference == 2 && test.pairs == 3)
    #expect(SignFlipTest([-1, -2, -3]).p == 0.25)
    for differences: [Double] in [[], [5], [1, -1], [0, 0, 0]] { #expect(SignFlipTest(differences).p == 1) }
    // Equal sums in another order: 0.1 + 0.2 + 0.3 ≠ 0.3 + 0.2 + 0.1 in the last bit.
    #expect(SignFlipTest([0.3, 0.2, 0.1]).p == SignFlipTest([0.1, 0.2, 0.3]).p)
  }

  /// Reference: scipy 1.17.1, `permutation_test(..., permutation_type="samples", n_resamples=inf)` of |Σ d|.
  @Test func exact() {
    #expect(SignFlipTest([0.3, -0.1, 0.4, 0.25, 0.05, -0.02, 0.6, 0.1]).p == 0.0625)
  }

  /// All 2²⁰ patterns counted by numpy: 0.0243225. Four standard errors of 65,536 draws are 0.0024.
  @Test func drawn() {
    let differences = (0..<20).map { 0.1 * Double($0 * 7 % 11 - 3) }
    let test = SignFlipTest(differences)
    #expect(abs(test.p - 0.0243225) < 0.0024, "\(test.p)")
    #expect(test == SignFlipTest(differences))
  }

  /// What no pattern but the given one and its mirror image reaches has the least p.
  @Test(arguments: [2, 3, 16, 40]) func least(_ pairs: Int) {
    let test = SignFlipTest((0..<pairs).map { 1 + 0.1 * Double($0) })
    #expect(test.p == test.leastP, "\(test.p), \(test.leastP)")
  }
}
