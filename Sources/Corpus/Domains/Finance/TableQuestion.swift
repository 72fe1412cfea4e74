import Kernels

/// A small table of quarters or branches in the text: sum, difference, total, largest row, share, growth, and
/// which row earned most.
struct TableQuestion: ProblemFamily {
  let name = "table_question"
  var phrasings: [Language: [Phrasing]] { Self.writtenPhrasings }
  var sentenceBanks: [Language: SentenceBank] { Self.sentenceBanks }
  var statements: [Language: [String]] { Self.writtenStatements }

  func scenario(level: Int, using random: inout SeededRandom) -> Scenario {
    if level == 5 { return mostProfitable(using: &random) }
    let asksGrowth = level == 4 && random.int(in: 0...1) == 1
    let usesQuarters = asksGrowth || random.int(in: 0...1) == 1
    let labels = usesQuarters ? TableQuestion.quarters : TableQuestion.branches.shuffled(using: &random)
    let first = random.int(in: 0...2)
    let second = random.int(in: (first + 1)...3)
    var values = TableQuestion.distinctValues(using: &random)
    var sheet = SolutionSheet(level: level)
    if level == 4 {
      // One percent of the base is a single digit, so that the percentage is a short division.
      let onePercent = random.int(in: 2...9)
      if asksGrowth {
        values[first] = onePercent * 100
        values[second] = onePercent * (100 + random.int(in: 2...60))
      } else {
        values = TableQuestion.values(
          ofTotal: onePercent * 100, asked: first, unit: onePercent, using: &random)
      }
    }
    for (label, value) in zip(labels, values) { sheet.state(en: label.en, ko: label.ko, value) }
    let numbers = values.map { Number($0) }
    var facts = [
      "firm": random.pick(FinanceNames.firms),
      "table": TableQuestion.table(labels, values, style: random.int(in: 0...3)),
    ]
    let pair = Localized(
      en: "\(labels[first].en) and \(labels[second].en)",
      ko: "\(labels[first].ko)와 \(labels[second].ko)")
    /// The step that reads the two rows in question: `growth: Q1 300, Q2 351`.
    func restate(_ en: String, _ ko: String) {
      func rows(_ language: Language) -> String {
        [first, second].map { "\(labels[$0][language]) \(values[$0])" }.joined(separator: ", ")
      }
      sheet.step(Localized(en: "\(en): \(rows(.en))", ko: "\(ko): \(rows(.ko))"))
    }
    let larger = max(numbers[first], numbers[second])
    let smaller = min(numbers[first], numbers[second])
    switch level {
    case 1 where random.int(in: 0...1) == 0:
      sheet.decide("sum \(first) \(second)")
      facts["ask"] = Localized(en: "the sum of the sales of \(pair.en)", ko: "\(pair.ko) 매출의 합계")
      restate("sum", "합계")
      sheet.step(Worked.sum(numbers[first], numbers[second]))
      return sheet.scenario(facts, answer: .number(numbers[first] + numbers[second]))
    case 1:
      sheet.decide("difference \(first) \(second)")
      facts["ask"] = Localized(
        en: "the difference between the sales of \(pair.en)", ko: "\(pair.ko) 매출의 차이")
      restate("difference", "차이")
      sheet.step(Worked.difference(larger, smaller))
      return sheet.scenario(facts, answer: .number(larger - smaller))
    case 2:
      facts["ask"] = Localized(en: "the total of all sales", ko: "전체 매출의 합계")
      sheet.step(Worked.sum(numbers))
      return sheet.scenario(facts, answer: .number(numbers.reduce(0, +)))
    case 3:
      facts["ask"] = Localized(
        en: "the row with the largest sales (its letter)", ko: "매출이 가장 큰 항목의 기호")
      return TableQuestion.largest(labels, values, facts, sheet, using: &random)
    default: break
    }
    if asksGrowth {
      sheet.decide("growth \(first) \(second)")
      facts["ask"] = Localized(
        en: "the percentage growth of sales from \(labels[first].en) to \(labels[second].en)",
        ko: "\(labels[first].ko)에서 \(labels[second].ko)까지의 매출 증가율(%)")
      restate("growth", "증가율")
      sheet.step(Worked.difference(larger, smaller))
      return TableQuestion.percent(larger - smaller, of: smaller, facts, sheet)
    }
    sheet.decide("share \(first)")
    facts["ask"] = Localized(
      en: "the percentage share of \(labels[first].en) in the total of all sales",
      ko: "전체 매출의 합계에서 \(labels[first].ko)의 비중(%)")
    sheet.step(
      Localized(
        en: "share: \(labels[first].en) \(values[first])", ko: "비중: \(labels[first].ko) \(values[first])"))
    sheet.step(Worked.sum(numbers))
    return TableQuestion.percent(numbers[first], of: numbers.reduce(0, +), facts, sheet)
  }

  /// Level 5: three rows with sales and costs; the answer is the letter of the row with the largest profit.
  private func mostProfitable(using random: inout SeededRandom) -> Scenario {
    let labels = Array(
      (random.int(in: 0...1) == 1 ? TableQuestion.quarters : TableQuestion.branches.shuffled(using: &random))
        .prefix(3))
    let profits = Array(TableQuestion.distinctValues(using: &random, largest: 99).prefix(3))
    let costs = labels.map { _ in random.int(in: 11...89) * 10 }
    var sheet = SolutionSheet(level: 5)
    var rows: (en: [String], ko: [String]) = ([], [])
    for (index, label) in labels.enumerated() {
      let sales = costs[index] + profits[index]
      sheet.decide("\(sales) \(costs[index])")
      sheet.step(en: label.en, ko: label.ko, Worked.difference(Number(sales), Number(costs[index])))
      rows.en.append("\(label.en) sales \(sales), costs \(costs[index])")
      rows.ko.append("\(label.ko) 매출 \(sales), 비용 \(costs[index])")
    }
    let facts = [
      "firm": random.pick(FinanceNames.firms),
      "table": Localized(en: rows.en.joined(separator: "; "), ko: rows.ko.joined(separator: "; ")),
      "ask": Localized(en: "the row with the largest profit (its letter)", ko: "이익이 가장 큰 항목의 기호"),
    ]
    return TableQuestion.largest(labels, profits, facts, sheet, using: &random)
  }
}
