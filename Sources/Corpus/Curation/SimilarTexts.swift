import Kernels

/// Finds texts that say nearly the same among any number of them, without comparing each with each.
///
/// The similarity is Jaccard's: common runs of five words over all runs of the two texts. MinHash (Broder 1997) keeps of
/// each text the smallest value under each of 128 hash functions; two texts agree in one with the probability of
/// their similarity s. The 128 values are cut into 32 bands of 4 (locality-sensitive hashing, Indyk & Motwani 1998): texts
/// that agree in a whole band are compared exactly. A pair of similarity s is missed with probability (1 − s⁴)³²: 5e-8
/// at 0.8, and 1 % at 0.6.
public struct SimilarTexts: Sendable {
  /// From this similarity on, two texts are near.
  public let threshold: Double
  private static let bands = 32, rows = 4
  /// Odd multipliers of the hash functions h(x) = a·x + b mod 2⁶⁴ (Carter & Wegman 1979).
  private static let functions: [(a: UInt64, b: UInt64)] = {
    var random = SeededRandom(seed: 0x4D69_6E48)
    return (0..<bands * rows).map { _ in (random.next() | 1, random.next()) }
  }()
  private var texts: [Set<UInt64>] = []
  /// The texts by the hash of a band with its number.
  private var buckets: [UInt64: [Int32]] = [:]

  /// - Parameter threshold: above 0; 1 finds texts with the same runs alone.
  public init(threshold: Double) { self.threshold = threshold }

  /// Whether a text of at least `threshold` similarity was entered before.
  public func containsNear(_ text: String) -> Bool {
    let pieces = WordPieces(text).set(of: 5)
    var compared = Set<Int32>()
    for key in SimilarTexts.bandKeys(pieces) {
      for index in buckets[key] ?? [] where compared.insert(index).inserted {
        let other = texts[Int(index)]
        let common = pieces.intersection(other).count
        if Double(common) >= threshold * Double(pieces.count + other.count - common) { return true }
      }
    }
    return false
  }

  public mutating func insert(_ text: String) {
    let pieces = WordPieces(text).set(of: 5)
    for key in SimilarTexts.bandKeys(pieces) { buckets[key, default: []].append(Int32(texts.count)) }
    texts.append(pieces)
  }

  private static func bandKeys(_ pieces: Set<UInt64>) -> [UInt64] {
    let minima = functions.map { function in
      pieces.reduce(UInt64.max) { min($0, function.a &* $1 &+ function.b) }
    }
    return (0..<bands).map { band in
      let values = minima[band * rows..<(band + 1) * rows]
      return StableHash.of("\(band)" + values.map { " \($0)" }.joined())
    }
  }
}
