import Foundation

/// What happens to text before it is cut: nothing, or Unicode's canonical composition.
enum Normalizer: Sendable, Equatable {
  case none
  case nfc

  /// The normalized bytes, or nil when they are `text` itself.
  func normalized(_ text: Span<UInt8>, _ range: Range<Int>) -> [UInt8]? {
    guard self == .nfc, !Self.isSurelyComposed(text, range) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    for index in range { bytes.append(text[index]) }
    return Array(String(decoding: bytes, as: UTF8.self).precomposedStringWithCanonicalMapping.utf8)
  }

  /// True when each scalar is of a block that canonical composition leaves alone: Latin, Hangul syllables, Han
  /// and common punctuation. False only means that the text must be looked at.
  private static func isSurelyComposed(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    while index < range.upperBound {
      let (code, next) = text.scalar(at: index)
      switch code {
      case 0..<0x300, 0x2010...0x2027, 0x3001...0x3020, 0x4E00...0x9FFF, 0xAC00...0xD7A3: break
      default: return false
      }
      index = next
    }
    return true
  }
}
