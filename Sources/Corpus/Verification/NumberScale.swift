import Foundation

/// The word behind a number that multiplies it: `1.2 million`, `700만`, `1억 2천만`.
enum NumberScale {
  private static let words: [(word: String, factor: Decimal)] = [
    ("thousand", 1_000), ("million", 1_000_000), ("billion", 1_000_000_000), ("trillion", 1_000_000_000_000),
  ]
  private static let small: [Character: Decimal] = ["백": 100, "천": 1_000]
  private static let large: [Character: Decimal] = ["만": 10_000, "억": 100_000_000]

  /// The number of `digits` with what follows it in `text` from `index` on; nil, and no step, where no such word follows.
  static func scaled(_ digits: String, in text: String, at index: inout String.Index) -> String? {
    guard let number = Decimal(string: digits, locale: Locale(identifier: "en_US_POSIX")) else { return nil }
    return english(number, text, &index) ?? korean(number, text, &index)
  }

  private static func english(_ number: Decimal, _ text: String, _ index: inout String.Index) -> String? {
    let rest = text[index...].drop { $0 == " " }
    let word = rest.prefix { $0.isLetter }
    guard let factor = words.first(where: { $0.word == word.lowercased() })?.factor else { return nil }
    index = word.endIndex
    return plain(number * factor)
  }

  /// Sums of falling powers: hundreds and thousands within ten thousands (만) and hundred millions (억).
  private static func korean(_ first: Decimal, _ text: String, _ index: inout String.Index) -> String? {
    var (total, section): (Decimal, Decimal) = (0, 0)
    var current: Decimal? = first
    var (lastSmall, lastLarge) = (Decimal.greatestFiniteMagnitude, Decimal.greatestFiniteMagnitude)
    var place = index
    var known: (value: Decimal, end: String.Index)?
    while place < text.endIndex {
      let character = text[place]
      if let factor = small[character], factor < lastSmall, let number = current {
        section += number * factor
        (current, lastSmall) = (nil, factor)
      } else if let factor = large[character], factor < lastLarge, current != nil || section > 0 {
        total += (section + (current ?? 0)) * factor
        (section, current, lastSmall, lastLarge) = (0, nil, .greatestFiniteMagnitude, factor)
      } else if known != nil, current == nil, let (number, end) = nextNumber(text[place...]) {
        current = number
        place = end
        continue
      } else {
        break
      }
      place = text.index(after: place)
      known = (total + section, place)
    }
    guard let known else { return nil }
    index = known.end
    return plain(known.value)
  }

  /// A whole number that a power stands behind, at once or after a blank: the next part of a sum.
  private static func nextNumber(_ text: Substring) -> (Decimal, String.Index)? {
    let rest = text.drop { $0 == " " }
    let digits = rest.prefix { $0.isASCII && $0.isNumber || $0 == "," }
    guard !digits.isEmpty, digits.endIndex < text.endIndex,
      small[text[digits.endIndex]] != nil || large[text[digits.endIndex]] != nil,
      let number = Decimal(string: digits.filter { $0 != "," })
    else { return nil }
    return (number, digits.endIndex)
  }

  private static func plain(_ number: Decimal) -> String {
    NSDecimalNumber(decimal: number).description(withLocale: Locale(identifier: "en_US_POSIX"))
  }
}
