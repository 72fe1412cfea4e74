import Kernels

/// The texts seen so far, word for word; how they are laid out makes no difference.
public struct ExactDuplicates: Sendable {
  private var seen = Set<UInt64>()

  public init() {}

  /// Whether a text of the same words was entered before.
  public func contains(_ text: String) -> Bool { seen.contains(ExactDuplicates.key(text)) }

  public mutating func insert(_ text: String) { seen.insert(ExactDuplicates.key(text)) }

  /// Signs stay: an answer of -5 is not one of 5.
  private static func key(_ text: String) -> UInt64 {
    StableHash.of(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
  }
}
