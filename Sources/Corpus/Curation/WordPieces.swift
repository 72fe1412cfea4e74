import Kernels

/// The runs of words of a text, as hashes: what duplicates and leaks are found by.
///
/// Words are runs of letters and numbers in lower case, so punctuation and layout make no difference; a number with a point
/// is two words.
package struct WordPieces {
  package let words: [Substring]

  package init(_ text: String) {
    words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
  }

  /// The hash of the whole text.
  package var whole: UInt64 { StableHash.of(words.joined(separator: " ")) }

  /// The hashes of all runs of `size` words in order; none for a text of fewer words.
  package func runs(of size: Int) -> [UInt64] {
    guard words.count >= size else { return [] }
    return (0...words.count - size).map { StableHash.of(words[$0..<$0 + size].joined(separator: " ")) }
  }

  /// The set of runs of `size` words; the whole text where it has no more than one of them.
  package func set(of size: Int) -> Set<UInt64> {
    words.count > size ? Set(runs(of: size)) : [whole]
  }
}
