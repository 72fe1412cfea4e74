import Evaluation
import Testing

@Suite struct PairedTTestTests {
  /// Reference: scipy 1.17.1, `ttest_1samp(differences, 0)`; one, two, four, five and ten degrees of freedom.
  @Test(
    arguments: [
      ([1, 3], 2.0, 0.2951672353008665), ([1.0, 1.1, 0.9], 17.320508075688767, 0.003316758722356862),
      ([0.3, -0.1, 0.4, 0.25, 0.05], 1.9938555922381607, 0.11693430104240451),
      ([0.3, -0.1, 0.4, 0.25, 0.05, -0.02], 1.812988415546724, 0.12957306773402477),
      (
        [0.01, 0.02, 0.015, 0.011, 0.018, 0.02, 0.016, 0.013, 0.012, 0.019, 0.011], 13.020005681458263,
        1.3516433666007187e-07
      ),
    ] as [([Double], Double, Double)])
  func references(differences: [Double], t: Double, p: Double) throws {
    let test = try #require(PairedTTest(differences))
    // The sum is subtracted from 1: a few units of 1e-16.
    #expect(abs(test.t - t) < 1e-12 * abs(t) && abs(test.p - p) < 1e-14, "\(test)")
    let mirrored = try #require(PairedTTest(differences.map { -$0 }))
    #expect(mirrored.p == test.p && mirrored.t == -test.t)
  }

  @Test func withoutSpread() {
    #expect(PairedTTest([]) == nil && PairedTTest([1]) == nil && PairedTTest([2, 2, 2]) == nil)
    #expect(PairedTTest([0, 0])?.p == 1)
    // All 0.1, but for the rounding of each difference.
    let rounded = zip([0.9, 0.8, 0.7], [0.8, 0.7, 0.6]).map { $0 - $1 }
    #expect(Set(rounded).count > 1 && PairedTTest(rounded) == nil)
    #expect(PairedTTest([1, 1 + 1e-9, 1 - 1e-9]) != nil)
  }
}
