import Kernels

/// A balance that grows or shrinks year by year, with a deposit or a withdrawal between the years.
struct CompoundGrowth: ProblemFamily {
  let name = "compound_growth"
  var phrasings: [Language: [Phrasing]] { Self.writtenPhrasings }
  var sentenceBanks: [Language: SentenceBank] { Self.sentenceBanks }
  var statements: [Language: [String]] { Self.writtenStatements }

  func scenario(level: Int, using random: inout SeededRandom) -> Scenario {
    let years = [1, 2, 2, 2, 3][level - 1]
    let start = Number(level == 5 ? random.int(in: 1...9) * 1000 : random.int(in: 10...99) * 100)
    var balance = start
    var facts = [
      "investor": random.pick(Names.people), "start": FinanceNames.money(start),
      "ask": Localized(
        en: "the balance after \(years) \(years == 1 ? "year" : "years") in dollars",
        ko: "\(years)년 뒤 잔액(만 원)"),
    ]
    var sheet = SolutionSheet(level: level)
    sheet.state(en: "start", ko: "시작", start)
    for year in 1...years {
      let percent = random.pick(CompoundGrowth.rates(year: year, of: years))
      let falls = percent <= 30 && random.int(in: 0...2) == 0
      let signed = (falls ? "-" : "+") + "\(percent)%"
      facts["year\(year)"] = Localized(signed)
      sheet.state(en: "year \(year)", ko: "\(year)년차", signed)
      let change = PercentOf(percent, of: balance)
      sheet.step(
        en: "year \(year)", ko: "\(year)년차",
        change.text + ", " + (falls ? Worked.difference : Worked.sum)(balance, change.value))
      balance = falls ? balance - change.value : balance + change.value
      if year == 1, level != 2 {
        let deposit = Number(random.int(in: 1...9) * 100)
        facts["deposit"] = FinanceNames.money(deposit)
        sheet.state(en: "deposit", ko: "입금", deposit)
        sheet.step(en: "deposit", ko: "입금", Worked.sum(balance, deposit))
        balance = balance + deposit
      }
      if year == 2, level == 4 {
        let withdrawal = Number(random.int(in: 1...4) * 100)
        facts["withdrawal"] = FinanceNames.money(withdrawal)
        sheet.state(en: "withdrawal", ko: "출금", withdrawal)
        sheet.step(en: "withdrawal", ko: "출금", Worked.difference(balance, withdrawal))
        balance = balance - withdrawal
      }
    }
    return sheet.scenario(facts, answer: .number(balance))
  }

  /// Rates in percent; over three years the later ones are the easiest, as the balance has more digits by then.
  private static func rates(year: Int, of years: Int) -> [Int] {
    switch (year, years) {
    case (3, _): [10, 20]
    case (2, 3): [10, 20, 50]
    default: [10, 20, 30, 40, 50]
    }
  }
}
