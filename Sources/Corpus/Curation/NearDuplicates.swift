/// Finds prompts that say nearly the same as one of a fixed set, by the share of five-word pieces they have in common.
///
/// Numbers are words here, so the same frame with other values is not near: a five-word piece that holds a value
/// differs with it, and one without a value counts for every problem of that frame alike.
public struct NearDuplicates: Sendable {
  /// From this share of common pieces on, two prompts count as near.
  public let threshold: Double
  private var owners: [UInt64: [Int32]] = [:]

  public init(_ prompts: [String], threshold: Double = 0.9) {
    self.threshold = threshold
    for (index, prompt) in prompts.enumerated() {
      for piece in WordPieces(prompt).set(of: 5) { owners[piece, default: []].append(Int32(index)) }
    }
  }

  /// Whether some prompt of the set holds at least `threshold` of the pieces of `prompt`.
  public func containsNear(_ prompt: String) -> Bool {
    let pieces = WordPieces(prompt).set(of: 5)
    var common: [Int32: Int] = [:]
    for piece in pieces { for owner in owners[piece] ?? [] { common[owner, default: 0] += 1 } }
    let most = common.values.max() ?? 0
    return Double(most) >= threshold * Double(max(1, pieces.count))
  }
}
