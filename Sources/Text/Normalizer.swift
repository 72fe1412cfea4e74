import Foundation

/// What happens to text before it is cut: nothing, or Unicode's canonical composition.
enum Normalizer: Sendable, Equatable {
  case none
  case nfc

  /// The normalized bytes, or nil when they are `text[range]` itself.
  ///
  /// Only stretches that composition may change are handed to Foundation, each with the scalar before it;
  /// scalars that never change bound them.
  func normalized(_ text: Span<UInt8>, _ range: Range<Int>) -> [UInt8]? {
    if self == .none { return nil }
    var result: [UInt8] = []
    var copied = range.lowerBound
    var previous = range.lowerBound
    var index = range.lowerBound
    while index < range.upperBound {
      let (code, next) = text.scalar(at: index)
      if Self.isInert(code) {
        previous = index
        index = next
        continue
      }
      var end = next
      while end < range.upperBound {
        let (code, next) = text.scalar(at: end)
        if Self.isInert(code) { break }
        end = next
      }
      for position in copied..<previous { result.append(text[position]) }
      result += Self.composed(text, previous..<end)
      copied = end
      previous = end
      index = end
    }
    if copied == range.lowerBound { return nil }
    for position in copied..<range.upperBound { result.append(text[position]) }
    return result
  }

  /// Composing what was decomposed first: by itself, composition on Linux leaves a Hangul syllable and a
  /// final consonant behind it (가 + ᆨ) apart.
  private static func composed(_ text: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    let bytes = range.map { text[$0] }
    let decomposed = String(decoding: bytes, as: UTF8.self).decomposedStringWithCanonicalMapping
    return Array(decomposed.precomposedStringWithCanonicalMapping.utf8)
  }

  /// True for blocks whose scalars have combining class 0, are composed already and never join the scalar
  /// before them (NFC_Quick_Check = Yes): Latin, Greek, Cyrillic, symbols, kana, Han, Hangul syllables,
  /// emoji. False only means that the text must be looked at.
  private static func isInert(_ code: UInt32) -> Bool {
    switch code {
    case 0..<0x300, 0xAC00...0xD7A3, 0x4E00...0x9FFF, 0x388...0x482, 0x48A...0x52F, 0x1E00...0x1EFF,
      0x2002...0x20CF, 0x2100...0x2125, 0x212C...0x2328, 0x232B...0x2ADB, 0x2ADD...0x2BFF, 0x2E00...0x3029,
      0x3030...0x3098, 0x309B...0x4DFF, 0xFF00...0xFFEF, 0x1F000...0x1FAFF:
      true
    default: false
    }
  }
}
