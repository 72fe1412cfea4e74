import Kernels

/// The two-sided sign-flip permutation test of paired differences (Fisher 1935).
///
/// Where nothing differs, each difference is as likely with the other sign. p is the share of sign patterns s with
/// |Σ sᵢdᵢ| ≥ |Σ dᵢ|: of all 2ⁿ for up to 16 pairs, of 65,536 drawn ones above, the given one counted
/// (Phipson & Smyth 2010).
public struct SignFlipTest: Sendable, Equatable {
  public let meanDifference: Double
  public let pairs: Int
  public let p: Double

  private static let mostExactPairs = 16
  private static let draws = 1 << 16

  /// What p is at least with so many pairs: the given pattern, and among all of them its mirror image.
  public var leastP: Double {
    switch pairs {
    case ...1: 1
    case ...Self.mostExactPairs: 2 / Double(1 << pairs)
    default: 1 / Double(Self.draws)
    }
  }

  /// - Parameter differences: of each pair, first minus second; finite.
  public init(_ differences: [Double], seed: UInt64 = 1) {
    pairs = differences.count
    let sum = differences.reduce(0, +)
    meanDifference = sum / Double(max(1, pairs))
    // Sums of the same terms in another order may differ in their last bits.
    let bound = abs(sum) - 1e-12 * differences.reduce(0) { $0 + abs($1) }
    func isAsLarge(_ flips: (Int) -> Bool) -> Bool {
      abs(differences.indices.reduce(0) { $0 + (flips($1) ? -differences[$1] : differences[$1]) }) >= bound
    }
    if pairs <= Self.mostExactPairs {
      let patterns = 0..<1 << pairs
      p = Double(patterns.count { pattern in isAsLarge { pattern >> $0 & 1 == 1 } }) / Double(patterns.count)
    } else {
      var random = SeededRandom(seed: seed)
      var hits = 1
      for _ in 1..<Self.draws where isAsLarge({ _ in random.next() >> 63 == 1 }) { hits += 1 }
      p = Double(hits) / Double(Self.draws)
    }
  }
}
