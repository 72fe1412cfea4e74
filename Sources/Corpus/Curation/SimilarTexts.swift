import Kernels

/// Finds texts that say nearly the same among any number of them, without comparing each with each.
///
/// The similarity is Jaccard's: common runs of five words over all runs of the two texts. MinHash (Broder 1997) keeps of
/// each text the smallest value under each of many hash functions; two texts agree in one with the probability of their
/// similarity s. The values are cut into 32 bands of r (locality-sensitive hashing, Indyk & Motwani 1998): texts that
/// agree in a whole band are compared exactly. A pair is missed with probability (1 − sʳ)³²: r = 6 misses 6e-5 at 0.8 and
/// compares two in five at 0.5; r = 4, for thresholds below 0.8, misses 1 % at 0.6 and compares nearly all at 0.5.
public struct SimilarTexts: Sendable {
  /// From this similarity on, two texts are near.
  public let threshold: Double
  private static let bands = 32, mostRows = 6
  /// Odd multipliers of the hash functions h(x) = a·x + b mod 2⁶⁴ (Carter & Wegman 1979).
  private static let functions: [(a: UInt64, b: UInt64)] = {
    var random = SeededRandom(seed: 0x4D69_6E48)
    return (0..<bands * mostRows).map { _ in (random.next() | 1, random.next()) }
  }()
  /// r
  private let rows: Int
  private var texts: [(pieces: Set<UInt64>, label: UInt64)] = []
  /// The texts by the hash of a band with its number.
  private var buckets: [UInt64: [Int32]] = [:]

  /// - Parameter threshold: above 0; 1 finds texts with the same runs alone.
  public init(threshold: Double) {
    self.threshold = threshold
    rows = threshold < 0.8 ? 4 : SimilarTexts.mostRows
  }

  /// Whether a text of at least `threshold` similarity was entered before, other than under the label `except`.
  public func containsNear(_ text: String, except label: UInt64? = nil) -> Bool {
    let pieces = WordPieces(text).set(of: 5)
    return candidates(for: pieces).contains { index in
      let other = texts[Int(index)].pieces
      if texts[Int(index)].label == label { return false }
      let common = pieces.intersection(other).count
      return Double(common) >= threshold * Double(pieces.count + other.count - common)
    }
  }

  /// The texts that are compared with this one.
  package func candidates(for text: String) -> Set<Int32> { candidates(for: WordPieces(text).set(of: 5)) }

  private func candidates(for pieces: Set<UInt64>) -> Set<Int32> {
    bandKeys(pieces).reduce(into: []) { found, key in found.formUnion(buckets[key] ?? []) }
  }

  public mutating func insert(_ text: String, label: UInt64 = 0) {
    let pieces = WordPieces(text).set(of: 5)
    for key in bandKeys(pieces) { buckets[key, default: []].append(Int32(texts.count)) }
    texts.append((pieces, label))
  }

  private func bandKeys(_ pieces: Set<UInt64>) -> [UInt64] {
    let minima = SimilarTexts.functions.prefix(SimilarTexts.bands * rows).map { function in
      pieces.reduce(UInt64.max) { min($0, function.a &* $1 &+ function.b) }
    }
    return (0..<SimilarTexts.bands).map { band in
      let values = minima[band * rows..<(band + 1) * rows]
      return StableHash.of("\(band)" + values.map { " \($0)" }.joined())
    }
  }
}
