import Kernels

/// Debt ratio: debt over equity in percent; later levels ask for its rise and whether a covenant is kept.
struct DebtRatio: ProblemFamily {
  let name = "debt_ratio"
  var phrasings: [Language: [Phrasing]] { Self.writtenPhrasings }
  var sentenceBanks: [Language: SentenceBank] { Self.sentenceBanks }
  var statements: [Language: [String]] { Self.writtenStatements }

  func scenario(level: Int, using random: inout SeededRandom) -> Scenario {
    let limit = random.int(in: 5...15) * 10
    let isKept = random.int(in: 0...1) == 1
    let distance = isKept ? -random.int(in: 0...25) : random.int(in: 1...25)
    let ratio = level < 4 ? random.int(in: 20...150) : limit + distance
    let onePercent = random.int(in: 2...9)
    let totalEquity = onePercent * 100
    let debt = onePercent * ratio
    let bonds = random.int(in: debt / 5...debt * 4 / 5)
    let repaid = level == 5 ? random.int(in: 1...9) * 10 : 0
    let loans = debt - bonds + repaid
    let retained = level == 1 || level == 3 ? 0 : random.int(in: 11...89)
    let equity = totalEquity - retained

    func amount(_ value: Int) -> Localized { FinanceNames.millions(Number(value)) }
    var facts = [
      "firm": random.pick(FinanceNames.firms), "loans": amount(loans), "bonds": amount(bonds),
      "equity": amount(equity), "ask": DebtRatio.asked[level - 1],
    ]
    var sheet = SolutionSheet(level: level)
    sheet.state(en: "loans", ko: "차입금", loans)
    sheet.state(en: "bonds", ko: "사채", bonds)
    sheet.state(en: "equity", ko: "자본", equity)
    sheet.step(en: "debt", ko: "부채", Worked.sum(Number(loans), Number(bonds)))
    if retained > 0 {
      facts["retained"] = amount(retained)
      sheet.state(en: "retained", ko: "유보", retained)
    }
    if repaid > 0 {
      facts["repaid"] = amount(repaid)
      sheet.state(en: "repaid", ko: "상환", repaid)
      sheet.step(Worked.difference(Number(debt + repaid), Number(repaid)))
    }
    if retained > 0 { sheet.step(en: "equity", ko: "자본", Worked.sum(Number(equity), Number(retained))) }
    sheet.step("\(totalEquity)/100=\(onePercent), \(Worked.quotient(Number(debt), Number(onePercent)))")
    if level == 3 {
      let rise = random.int(in: 1...min(40, ratio - 10))
      facts["last"] = FinanceNames.percent(ratio - rise)
      sheet.state(en: "last", ko: "전년", ratio - rise, sign: "%")
      sheet.step(Worked.difference(Number(ratio), Number(ratio - rise)))
      return sheet.scenario(facts, answer: .number(Number(rise)))
    }
    guard level >= 4 else { return sheet.scenario(facts, answer: .number(Number(ratio))) }
    facts["limit"] = FinanceNames.percent(limit)
    sheet.state(en: "limit", ko: "한도", limit, sign: "%")
    sheet.step(Worked.comparison(ratio, .atMost, limit))
    return sheet.scenario(facts, answer: .boolean(isKept))
  }

  /// What each level asks for.
  private static let asked = [
    Localized(en: "the debt ratio in percent", ko: "부채비율(%)"),
    Localized(en: "the debt ratio in percent", ko: "부채비율(%)"),
    Localized(en: "the rise of the debt ratio in percentage points", ko: "부채비율 상승폭(%p)"),
    Localized(en: "whether the debt ratio stays within the limit (yes or no)", ko: "부채비율의 한도 준수 여부(yes/no)"),
    Localized(en: "whether the debt ratio stays within the limit (yes or no)", ko: "부채비율의 한도 준수 여부(yes/no)"),
  ]
}
