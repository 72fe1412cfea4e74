import Foundation

/// The words behind a number that make it an amount: `1.2 million`, `700만 원`, `1억 2천만`.
enum NumberScale {
  private static let words: [(word: String, factor: Decimal)] = [
    ("thousand", 1_000), ("million", 1_000_000), ("billion", 1_000_000_000), ("trillion", 1_000_000_000_000),
  ]
  private static let small: [Character: Decimal] = ["백": 100, "천": 1_000]
  private static let large: [Character: Decimal] = ["만": 10_000, "억": 100_000_000, "조": 1_000_000_000_000]
  /// What may stand at once behind an amount: 만 is a particle too (5만큼), 억 a syllable (억제제).
  private static let counters: Set<Character> = [
    "원", "달", "유", "엔", "명", "개", "건", "톤", "대", "주", "회", "배", "평", "가", "인", "㎡", "장", "권",
  ]
  private static let locale = Locale(identifier: "en_US_POSIX")

  /// Whether a unit says itself how large its numbers are: `million USD`, `만원`.
  static func begins(_ unit: String) -> Bool {
    words.contains { unit.lowercased().hasPrefix($0.word) }
      || unit.first.map { small[$0] != nil || large[$0] != nil } ?? false
  }

  /// The amount that begins with `digits` and goes on with `text`, and where it ends; nil where no such word follows.
  ///
  /// - Parameter before: the character before the digits: 제3조 is an article.
  static func amount(
    of digits: String, in text: Substring, after before: Character?
  ) -> (value: String, end: String.Index)? {
    guard let number = Decimal(string: digits, locale: locale) else { return nil }
    let found = english(number, text) ?? (before == "제" ? nil : korean(number, text))
    return found.map { (NSDecimalNumber(decimal: $0.value).description(withLocale: locale), $0.end) }
  }

  private static func english(_ number: Decimal, _ text: Substring) -> (value: Decimal, end: String.Index)? {
    let word = text.drop { $0 == " " }.prefix { $0.isLetter }
    return words.first { $0.word == word.lowercased() }.map { (number * $0.factor, word.endIndex) }
  }

  /// Sums of falling powers, hundreds and thousands within ten thousands (만), hundred millions (억) and billions (조); a bare
  /// number may end one: 1만 2000원.
  private static func korean(_ first: Decimal, _ text: Substring) -> (value: Decimal, end: String.Index)? {
    var (total, section): (Decimal, Decimal) = (0, 0)
    var current: Decimal? = first
    var (lastSmall, lastLarge) = (Decimal.greatestFiniteMagnitude, Decimal.greatestFiniteMagnitude)
    var rest = text
    var known: (value: Decimal, end: String.Index)?
    while let character = rest.first {
      if let factor = small[character], factor < lastSmall, let number = current {
        section += number * factor
        (current, lastSmall) = (nil, factor)
        rest = rest.dropFirst()
      } else if let factor = large[character], factor < lastLarge, current != nil || section > 0 {
        total += (section + (current ?? 0)) * factor
        (section, current, lastSmall, lastLarge) = (0, nil, .greatestFiniteMagnitude, factor)
        rest = rest.dropFirst()
      } else if known != nil, current == nil, let (number, after) = number(in: rest) {
        guard let next = after.first, small[next] != nil || large[next] != nil else {
          // A last part without a power, of fewer figures than the power before it.
          if number < min(lastSmall, lastLarge), counts(after), after.first.map(counters.contains) == true {
            known = (total + section + number, after.startIndex)
          }
          break
        }
        (current, rest) = (number, after)
        continue
      } else {
        break
      }
      if counts(rest) || number(in: rest) != nil { known = (total + section, rest.startIndex) }
    }
    return known
  }

  /// A whole number at once or behind a blank, and what follows it.
  private static func number(in text: Substring) -> (value: Decimal, after: Substring)? {
    let rest = text.drop { $0 == " " }
    let digits = rest.prefix { $0.isASCII && $0.isNumber || $0 == "," }
    return Decimal(string: digits.filter { $0 != "," }, locale: locale).map { ($0, rest[digits.endIndex...]) }
  }

  /// Whether an amount may end before `rest`.
  private static func counts(_ rest: Substring) -> Bool {
    guard let next = rest.first else { return true }
    return !next.isLetter && !next.isNumber || counters.contains(next) || small[next] != nil
      || large[next] != nil
  }
}
