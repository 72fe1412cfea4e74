import Kernels

/// Examples from easy to hard: at first the easiest fifth is drawn from, then ever more, at last all of them.
///
/// c(i) = min(1, c₀ + (1 − c₀) i / (share · n)), the share of the examples, easiest first, from which draw i of n is made
/// (Platanios et al. 2019, eq. 1 and the linear competence of section 3.2, without repetition: an example is drawn once).
public struct Curriculum: Sendable, Equatable {
  /// The share of the pass after which all examples are drawn from, above 0, at most 1.
  public var share: Double
  /// c₀
  public static let start = 0.2

  public init(share: Double) { self.share = share }

  /// The place of each example among all of its source from easy to hard, 0…1; equally hard ones in a fixed random
  /// order.
  static func ranks(_ difficulties: [Double]) -> [Double] {
    var order = PackedBatchSource.order(count: difficulties.count, seed: StableHash.of("ranks"), epoch: 0)
      .enumerated().map { (example: $1, place: $0) }
    order.sort { (difficulties[$0.example], $0.place) < (difficulties[$1.example], $1.place) }
    var ranks = difficulties
    for (rank, entry) in order.enumerated() { ranks[entry.example] = Double(rank) / Double(order.count) }
    return ranks
  }

  /// - Parameters:
  ///   - shuffled: all examples in a seeded order, which decides between equally hard ones.
  ///   - difficulties: of each example; larger is harder.
  /// - Returns: a permutation of `shuffled`.
  func order(_ shuffled: [Int], difficulties: [Double], seed: UInt64) -> [Int] {
    let count = shuffled.count
    let ranked = shuffled.enumerated().map { (example: $1, place: $0, difficulty: difficulties[$1]) }
      .sorted { ($0.difficulty, $0.place) < ($1.difficulty, $1.place) }.map(\.example)
    var random = SeededRandom(seed: seed ^ StableHash.of("curriculum"))
    var pool: [Int] = []
    var admitted = 0
    return (0..<count).map { draw in
      let progress = Double(draw) / (share * Double(count))
      let competence = min(1, Curriculum.start + (1 - Curriculum.start) * progress)
      // One at least, so that the pool is never empty: fewer were drawn than are admitted.
      let wanted = max(draw + 1, Int((competence * Double(count)).rounded(.up)))
      pool += ranked[admitted..<min(wanted, count)]
      admitted = max(admitted, min(wanted, count))
      pool.swapAt(random.int(in: 0...pool.count - 1), pool.count - 1)
      return pool.removeLast()
    }
  }
}
