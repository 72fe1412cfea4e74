/// Reads a day out of an answer.
enum DateReader {
  /// ISO dates and the forms "14 March 2026", "March 14, 2026", "2026년 3월 14일".
  static func read(_ text: String) -> AnswerParser.Reading? {
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
      var rest = word[...]
      while let first = rest.first {
        let run = rest.prefix { $0.isNumber == first.isNumber }
        rest = rest.dropFirst(run.count)
        if !between.contains(run) { tokens.append(run) }
      }
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
