/// What a letter is written in; digits, signs and spaces are of none.
enum Script: Int, CaseIterable, Sendable {
  case latin
  case hangul
  /// Symbols of formulas and units in any language: Greek, letter-like signs, mathematical alphabets.
  case notation
  case other

  /// Nil for what is no letter.
  init?(_ scalar: Unicode.Scalar) {
    guard scalar.properties.isAlphabetic else { return nil }
    switch scalar.value {
    case 0xAA, 0xB5, 0xBA, 0x370...0x3FF, 0x2100...0x214F, 0x1D400...0x1D7FF: self = .notation
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0x1E00...0x1EFF, 0x24B6...0x24E9, 0xFF21...0xFF5A:
      self = .latin
    case 0x1100...0x11FF, 0x3130...0x318F, 0xAC00...0xD7A3: self = .hangul
    default: self = .other
    }
  }

  /// What a text in `language` is written in; nil in languages without a measure.
  static func own(of language: String) -> Script? {
    switch language {
    case "ko": .hangul
    case "en": .latin
    default: nil
    }
  }

  /// Whether a text in `language` has no use for it: terms and units in Latin letters are at home in Korean, notation
  /// everywhere. False in languages without a measure.
  func isForeign(in language: String) -> Bool {
    switch Script.own(of: language) {
    case .hangul: self == .other
    case .latin: self == .hangul || self == .other
    default: false
    }
  }
}

/// The letters of a text by script; the tags of reasoning are left out.
public struct ScriptCounts: Sendable, Equatable {
  /// By the scripts' numbers.
  private var counts = Array(repeating: 0, count: Script.allCases.count)

  public init(_ text: String) {
    let plain = text.replacing("<think>", with: "").replacing("</think>", with: "")
    for scalar in plain.unicodeScalars { if let script = Script(scalar) { counts[script.rawValue] += 1 } }
  }

  public var latin: Int { counts[Script.latin.rawValue] }
  public var hangul: Int { counts[Script.hangul.rawValue] }
  /// Symbols of formulas and units in any language.
  public var notation: Int { counts[Script.notation.rawValue] }
  public var others: Int { counts[Script.other.rawValue] }
  public var letters: Int { counts.reduce(0, +) }

  /// The share of the letters in the script of `language`: Hangul for "ko", Latin for "en" (DeepSeek-R1 2025, section
  /// 2.3.2, by characters instead of words). Nil for other languages and for a text without letters.
  public func share(of language: String) -> Double? {
    guard letters > 0, let own = Script.own(of: language) else { return nil }
    return Double(counts[own.rawValue]) / Double(letters)
  }

  /// The share of the letters that neither `language` nor notation uses. Nil as for `share`.
  public func foreignShare(in language: String) -> Double? {
    guard letters > 0, Script.own(of: language) != nil else { return nil }
    let foreign = Script.allCases.reduce(0) { $0 + ($1.isForeign(in: language) ? counts[$1.rawValue] : 0) }
    return Double(foreign) / Double(letters)
  }
}
