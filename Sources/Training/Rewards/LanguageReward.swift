import Evaluation

/// The share of letters in the script of the question: Hangul for Korean, Latin for English (DeepSeek-R1 2025, section
/// 2.3.2, by characters instead of words).
///
/// The tags of reasoning are of no language. Nil for other languages and for answers without letters.
public struct LanguageReward: Reward {
  public let name = "language"

  public init() {}

  public func score(_ answer: GradedAnswer) -> Double? {
    var hangul = 0, latin = 0, others = 0
    let text = answer.completion.replacing("<think>", with: "").replacing("</think>", with: "")
    for scalar in text.unicodeScalars where scalar.properties.isAlphabetic {
      switch scalar.value {
      case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F: latin += 1
      case 0x1100...0x11FF, 0x3130...0x318F, 0xAC00...0xD7A3: hangul += 1
      default: others += 1
      }
    }
    let letters = hangul + latin + others
    guard letters > 0 else { return nil }
    switch answer.problem.language {
    case "ko": return Double(hangul) / Double(letters)
    case "en": return Double(latin) / Double(letters)
    default: return nil
    }
  }
}
