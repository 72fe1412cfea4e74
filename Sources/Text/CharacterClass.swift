/// The classes that the split patterns tell apart.
enum CharacterClass: UInt8 {
  /// `\p{L}`
  case letter
  /// `\p{N}`: decimal digits, letter numbers (Ⅷ) and others (½)
  case number
  /// `\s`
  case space
  case other

  private static let ascii: [CharacterClass] = (0..<128).map { code in
    switch UInt8(code) {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): .letter
    case UInt8(ascii: "0")...UInt8(ascii: "9"): .number
    case 9...13, 32: .space
    default: .other
    }
  }

  init(_ code: UInt32) {
    if code < 128 {
      self = Self.ascii[Int(code)]
    } else if 0xAC00...0xD7A3 ~= code || 0x4E00...0x9FFF ~= code {  // Hangul syllables, Han
      self = .letter
    } else {
      self = Self.bySearch(code)
    }
  }

  private static func bySearch(_ code: UInt32) -> CharacterClass {
    guard let properties = Unicode.Scalar(code)?.properties else { return .other }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return .letter
    case .decimalNumber, .letterNumber, .otherNumber: return .number
    default: return properties.isWhitespace ? .space : .other
    }
  }

  /// `\w`: what may stand inside a word.
  static func isWordCharacter(_ code: UInt32) -> Bool {
    guard let properties = Unicode.Scalar(code)?.properties else { return false }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation: return true
    default: return properties.isAlphabetic || properties.isJoinControl
    }
  }
}

/// Scalars of valid UTF-8.
extension Span<UInt8> {
  /// The scalar that begins at `index`, and the index behind it.
  @inline(__always)
  func scalar(at index: Int) -> (code: UInt32, end: Int) {
    let first = UInt32(self[index])
    if first < 0x80 { return (first, index + 1) }
    if first < 0xE0 { return ((first & 0x1F) << 6 | continuation(index + 1), index + 2) }
    if first < 0xF0 {
      return ((first & 0x0F) << 12 | continuation(index + 1) << 6 | continuation(index + 2), index + 3)
    }
    let high = (first & 0x07) << 18 | continuation(index + 1) << 12
    return (high | continuation(index + 2) << 6 | continuation(index + 3), index + 4)
  }

  /// The start of the scalar that ends before `index`.
  func startOfScalar(before index: Int) -> Int {
    var start = index - 1
    while self[start] & 0xC0 == 0x80 { start -= 1 }
    return start
  }

  @inline(__always)
  private func continuation(_ index: Int) -> UInt32 { UInt32(self[index] & 0x3F) }
}
