import Kernels

/// The rows of a table question, and the two endings that several questions share.
extension TableQuestion {
  static let quarters = (1...4).map { Localized(en: "Q\($0)", ko: "\($0)분기") }
  static let branches = zip(["North", "South", "East", "West"], ["북부", "남부", "동부", "서부"]).map {
    Localized(en: $0, ko: $1)
  }

  /// Four different values of two or three digits.
  static func distinctValues(using random: inout SeededRandom, largest: Int = 899) -> [Int] {
    var values: [Int] = []
    while values.count < 4 {
      let value = random.int(in: 21...largest)
      if !values.contains(value) { values.append(value) }
    }
    return values
  }

  /// Four values that add up to `total`; the one asked for is a multiple of `unit`, one percent of the total.
  static func values(
    ofTotal total: Int, asked: Int, unit: Int, using random: inout SeededRandom
  ) -> [Int] {
    let value = unit * random.int(in: 5...60)
    let rest = total - value
    let second = random.int(in: rest / 5...rest * 2 / 5)
    let third = random.int(in: rest / 5...rest * 2 / 5)
    var values = [second, third, rest - second - third]
    values.insert(value, at: asked)
    return values
  }

  /// The rows in one line, in one of four styles.
  static func table(_ labels: [Localized], _ values: [Int], style: Int) -> Localized {
    func line(_ language: Language, _ sales: String) -> String {
      let rows = zip(labels, values).map { label, value in
        switch style {
        case 0: "\(label[language]) \(value)"
        case 1: "\(label[language]): \(value)"
        case 2: "\(label[language]) \(sales) \(value)"
        default: "\(value) (\(label[language]))"
        }
      }
      return (style == 2 ? "" : sales + " ") + rows.joined(separator: style == 1 ? "; " : ", ")
    }
    return Localized(en: line(.en, "sales"), ko: line(.ko, "매출"))
  }

  /// Ends with the letter of the row of the largest value; the options stand in random order.
  static func largest(
    _ labels: [Localized], _ values: [Int], _ facts: [String: Localized], _ sheet: SolutionSheet,
    using random: inout SeededRandom
  ) -> Scenario {
    var sheet = sheet
    var facts = facts
    var best = 0
    for index in values.indices.dropFirst() {
      // The next row, how the largest so far stands to it, and the larger of both.
      let comparison = Worked.comparison(values[best], .greater, values[index])
      if values[index] > values[best] { best = index }
      func read(_ language: Language) -> String {
        "\(labels[index][language]) \(values[index]): \(comparison): \(labels[best][language]) \(values[best])"
      }
      sheet.step(Localized(en: read(.en), ko: read(.ko)))
    }
    let order = labels.indices.shuffled(using: &random)
    let options = LetteredOptions(names: order.map { labels[$0] })
    let chosen = order.firstIndex(of: best) ?? 0
    let letter = options.letter(of: chosen)
    facts["options"] = options.text
    sheet.step(options.search(for: chosen))
    return sheet.scenario(facts, answer: .choice(letter, count: labels.count))
  }

  /// Ends with `part` in percent of `whole`, which is a one-digit number of hundreds.
  static func percent(
    _ part: Number, of whole: Number, _ facts: [String: Localized], _ sheet: SolutionSheet
  ) -> Scenario {
    var sheet = sheet
    let onePercent = whole.divided(by: 100)
    sheet.step("\(whole)/100=\(onePercent), \(Worked.quotient(part, onePercent))")
    return sheet.scenario(facts, answer: .number(part.divided(by: onePercent)))
  }
}
