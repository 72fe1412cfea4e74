/// The letters of a text by script; digits, signs and the tags of reasoning are of none.
public struct ScriptCounts: Sendable, Equatable {
  public private(set) var latin = 0
  public private(set) var hangul = 0
  /// Apart from the others: symbols of formulas in any language.
  public private(set) var greek = 0
  public private(set) var others = 0

  public init(_ text: String) {
    let plain = text.replacing("<think>", with: "").replacing("</think>", with: "")
    for scalar in plain.unicodeScalars where scalar.properties.isAlphabetic {
      switch scalar.value {
      case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F: latin += 1
      case 0x1100...0x11FF, 0x3130...0x318F, 0xAC00...0xD7A3: hangul += 1
      case 0x370...0x3FF: greek += 1
      default: others += 1
      }
    }
  }

  public var letters: Int { latin + hangul + greek + others }

  /// The share of the letters in the script of `language`: Hangul for "ko", Latin for "en" (DeepSeek-R1 2025, section
  /// 2.3.2, by characters instead of words). Nil for other languages and for a text without letters.
  public func share(of language: String) -> Double? {
    guard letters > 0 else { return nil }
    switch language {
    case "ko": return Double(hangul) / Double(letters)
    case "en": return Double(latin) / Double(letters)
    default: return nil
    }
  }

  /// The share of the letters that neither `language` nor notation uses: terms and units in Latin letters are at home in
  /// Korean, Greek symbols everywhere. Nil as for `share`.
  public func foreignShare(in language: String) -> Double? {
    guard letters > 0 else { return nil }
    switch language {
    case "ko": return Double(others) / Double(letters)
    case "en": return Double(hangul + others) / Double(letters)
    default: return nil
    }
  }
}
