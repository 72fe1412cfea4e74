import Foundation

/// Turns the text of an answer into its canonical form.
enum AnswerParser {
  static func parse(_ text: String, as answer: Answer, choices: [String]) -> (parsed: String, method: String)?
  {
    switch answer {
    case .number: number(text)
    case .choice(let letter, let count):
      // A word may be a single character too: 예.
      OptionLetter.first(max(1, count)).contains(letter)
        ? choice(text, count: count, choices: choices) : word(text, among: choices)
    case .boolean: boolean(text)
    case .date: date(text)
    case .text: text.isEmpty ? nil : (normalized(text), "whole answer")
    }
  }

  /// Lower case, single spaces, no closing punctuation.
  static func normalized(_ text: String) -> String {
    let words = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.trimmingCharacters(in: CharacterSet(charactersIn: " .。,;:!\"'"))
  }

  /// The last number of the text; grouping commas are dropped, signs and units around it are allowed.
  static func number(_ text: String) -> (parsed: String, method: String)? {
    var numbers: [(value: String, range: Range<String.Index>)] = []
    var index = text.startIndex
    while index < text.endIndex {
      guard text[index].isASCII, text[index].isNumber else {
        index = text.index(after: index)
        continue
      }
      let start = index
      var digits = ""
      while index < text.endIndex {
        let next = text.index(after: index)
        let character = text[index]
        let digitFollows = next < text.endIndex && text[next].isASCII && text[next].isNumber
        if character.isASCII, character.isNumber {
          digits.append(character)
        } else if character == ".", !digits.contains("."), digitFollows {
          digits.append(character)
        } else if character != "," || !digitFollows {
          break
        }
        index = next
      }
      if let exponent = exponent(in: text, at: &index), let shifted = shifted(digits, by: exponent) {
        digits = shifted
      }
      if let scaled = NumberScale.scaled(digits, in: text, at: &index) { digits = scaled }
      let isNegative = isMinus(before: start, in: text)
      numbers.append(((isNegative ? "-" : "") + digits, start..<index))
    }
    guard let last = numbers.last else { return nil }
    return (last.value, numbers.count == 1 ? "the number in the answer" : "last number in the answer")
  }

  /// Passes over the power of ten of `1.5e3`; nil, and no step, where there is none.
  private static func exponent(in text: String, at index: inout String.Index) -> Int? {
    var rest = text[index...]
    guard let mark = rest.popFirst(), mark == "e" || mark == "E" else { return nil }
    let isNegative = rest.first == "-"
    if isNegative || rest.first == "+" { rest = rest.dropFirst() }
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    let after = rest.dropFirst(digits.count)
    guard let size = Int(digits), size <= 300, after.first?.isLetter != true else { return nil }
    index = after.startIndex
    return isNegative ? -size : size
  }

  /// The digits without a power of ten: `1.5` by 3 is `1500`. Nil for more digits than numbers here have.
  private static func shifted(_ digits: String, by exponent: Int) -> String? {
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    var all = String(parts[0]) + fraction
    var point = parts[0].count + exponent
    guard abs(exponent) <= 300 else { return nil }
    if point <= 0 {
      all = String(repeating: "0", count: 1 - point) + all
      point = 1
    }
    if point >= all.count { return all + String(repeating: "0", count: point - all.count) }
    let place = all.index(all.startIndex, offsetBy: point)
    return all[..<place] + "." + all[place...]
  }

  private static func isMinus(before index: String.Index, in text: String) -> Bool {
    guard index > text.startIndex else { return false }
    var sign = text.index(before: index)
    if "$€£¥₩".contains(text[sign]), sign > text.startIndex { sign = text.index(before: sign) }
    guard text[sign] == "-" || text[sign] == "−" else { return false }
    guard sign > text.startIndex else { return true }
    let before = text[text.index(before: sign)]
    // "10 -5" takes away.
    if before == " " { return text[..<sign].last { $0 != " " }?.isNumber != true }
    return !before.isNumber && !before.isLetter
  }

  static func choice(_ text: String, count: Int, choices: [String]) -> (parsed: String, method: String)? {
    let letters = OptionLetter.first(max(1, count))
    let marks = text.split { !$0.isLetter && !$0.isNumber }
    if marks.count == 1, let mark = marks.first, letters.contains(mark.uppercased()) {
      return (mark.uppercased(), "whole answer")
    }
    if let position = choices.firstIndex(where: { normalized($0) == normalized(text) }) {
      return (letters[min(position, letters.count - 1)], "the option's words")
    }
    if let letter = leadingLetter(text), letters.contains(letter) {
      return (letter, "the letter before an option")
    }
    // Options may hold letters of their own: vitamin C.
    var rest = text
    for option in choices.sorted(by: { $0.count > $1.count }) where option.count > 1 {
      rest = rest.replacing(option, with: " ")
    }
    let single = rest.split { !$0.isLetter && !$0.isNumber }.filter { letters.contains(String($0)) }
    return single.last.map { (String($0), "last letter in the answer") }
  }

  /// The letter of `B. a writ`, `b) a writ`, `(B) a writ`, `B: a writ`.
  private static func leadingLetter(_ text: String) -> String? {
    var rest = Substring(text).drop(while: \.isWhitespace)
    if rest.first == "(" { rest = rest.dropFirst() }
    guard let letter = rest.popFirst(), let mark = rest.popFirst(), ".):".contains(mark),
      rest.first?.isWhitespace ?? true
    else { return nil }
    return letter.uppercased()
  }

  static func word(_ text: String, among choices: [String]) -> (parsed: String, method: String)? {
    let words = normalized(text)
    if let exact = choices.first(where: { normalized($0) == words }) { return (exact, "whole answer") }
    let named = choices.filter { words.split { !$0.isLetter }.contains(Substring(normalized($0))) }
    return named.count == 1 ? (named[0], "the one option named") : nil
  }

  static func boolean(_ text: String) -> (parsed: String, method: String)? {
    let words = Set(normalized(text).split { !$0.isLetter }.map(String.init))
    let saysYes = !words.isDisjoint(with: ["yes", "true", "예", "네", "그렇다", "참"])
    let saysNo = !words.isDisjoint(with: ["no", "false", "아니요", "아니오", "아니다", "거짓"])
    guard saysYes != saysNo else { return nil }
    return (saysYes ? "yes" : "no", words.count == 1 ? "whole answer" : "the one word of yes or no")
  }

  /// ISO dates and the forms "14 March 2026", "March 14, 2026", "2026년 3월 14일".
  static func date(_ text: String) -> (parsed: String, method: String)? {
    let numbers = text.split { !($0.isASCII && $0.isNumber) }.compactMap { Int($0) }
    if numbers.count == 3, numbers[0] > 31 {
      return iso(numbers[0], numbers[1], numbers[2]).map { ($0, "date") }
    }
    if numbers.count == 2, let month = month(text), let year = numbers.first(where: { $0 > 31 }),
      let day = numbers.first(where: { $0 <= 31 })
    {
      return iso(year, month, day).map { ($0, "date in words") }
    }
    return nil
  }

  /// The month that stands at a number ("until 14 March", "the 14th of March"), else the only one that is named: "may be filed"
  /// names none.
  private static func month(_ text: String) -> Int? {
    let names = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
      "november", "december",
    ]
    let between: Set<Substring> = ["st", "nd", "rd", "th", "of", "the"]
    // Letters and digits apart: 14th is 14 and th.
    var tokens: [Substring] = []
    for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
      let digits = word.prefix { $0.isNumber }
      tokens += [digits, word.dropFirst(digits.count)].filter { !$0.isEmpty && !between.contains($0) }
    }
    let months = tokens.indices.compactMap { index -> (number: Int, isAtNumber: Bool)? in
      let word = tokens[index]
      guard
        let month = names.firstIndex(where: {
          $0 == word || $0.prefix(3) == word || word == "sept" && $0 == "september"
        })
      else { return nil }
      let beside = [index - 1, index + 1].filter(tokens.indices.contains)
      return (month + 1, beside.contains { tokens[$0].first?.isNumber == true })
    }
    if let month = months.first(where: \.isAtNumber) { return month.number }
    return months.count == 1 ? months[0].number : nil
  }

  private static func days(of month: Int, _ year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func iso(_ year: Int, _ month: Int, _ day: Int) -> String? {
    guard (1...12).contains(month), (1...9999).contains(year), (1...days(of: month, year)).contains(day)
    else { return nil }
    func padded(_ value: Int, _ width: Int) -> String {
      String(repeating: "0", count: max(0, width - String(value).count)) + String(value)
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}
