import Kernels

/// The return of a portfolio of a stock fund and a bond fund, each weighted by its amount; less a fee, against a
/// benchmark at the higher levels.
struct PortfolioReturn: ProblemFamily {
  let name = "portfolio_return"
  var phrasings: [Language: [Phrasing]] { Self.writtenPhrasings }
  var sentenceBanks: [Language: SentenceBank] { Self.sentenceBanks }
  var statements: [Language: [String]] { Self.writtenStatements }

  func scenario(level: Int, using random: inout SeededRandom) -> Scenario {
    // Amounts in hundreds; from level 3 on their sum is a whole number of thousands below ten.
    let thousands = random.int(in: 2...9)
    func share(_ random: inout SeededRandom) -> Int {
      random.int(in: level < 3 ? 2...60 : 3...(10 * thousands - 3))
    }
    var stockHundreds = share(&random)
    var stockReturn = random.int(in: 1...9)
    var bondReturn = random.int(in: 1...9)
    // Two different returns; at level 3, where no fee rounds the gain, a portfolio return of one decimal. One
    // draw in nine or more will do, so the search is short.
    while stockReturn == bondReturn
      || (level == 3 && stockHundreds * (stockReturn - bondReturn) % thousands != 0)
    {
      stockHundreds = share(&random)
      stockReturn = random.int(in: 1...9)
      bondReturn = random.int(in: 1...9)
    }
    let bondHundreds = level < 3 ? random.int(in: 2...60) : 10 * thousands - stockHundreds
    let stock = Number(stockHundreds * 100)
    let bond = Number(bondHundreds * 100)
    var facts = [
      "investor": random.pick(Names.people), "stock": FinanceNames.money(stock),
      "bond": FinanceNames.money(bond), "stockReturn": FinanceNames.percent(stockReturn),
      "bondReturn": FinanceNames.percent(bondReturn), "ask": PortfolioReturn.asked[level - 1],
    ]
    var sheet = SolutionSheet(level: level)
    sheet.state(en: "stock", ko: "주식", stock)
    sheet.state(en: "return", ko: "수익률", stockReturn, sign: "%")
    sheet.state(en: "bond", ko: "채권", bond)
    sheet.state(en: "return", ko: "수익률", bondReturn, sign: "%")
    let stockGain = PercentOf(stockReturn, of: stock)
    let bondGain = PercentOf(bondReturn, of: bond)
    var gain = stockGain.value + bondGain.value
    sheet.step(en: "stock", ko: "주식", stockGain.text)
    sheet.step(en: "bond", ko: "채권", bondGain.text)
    sheet.step(Worked.sum(stockGain.value, bondGain.value))
    if level == 2 || level >= 4 {
      let whole = gain.units
      let fee = Number(
        level == 2
          ? random.int(in: 1...max(1, whole / 3))
          : whole % thousands + thousands * random.int(in: 1...max(1, whole / (4 * thousands))))
      facts["fee"] = FinanceNames.money(fee)
      sheet.state(en: "fee", ko: "수수료", fee)
      sheet.step(Worked.difference(gain, fee))
      gain = gain - fee
    }
    guard level >= 3 else { return sheet.scenario(facts, answer: .number(gain)) }
    let onePercent = Number(10 * thousands)
    let earned = gain.divided(by: onePercent, decimals: 1)
    sheet.step(Worked.sum(stock, bond))
    sheet.step("\(stock + bond)/100=\(onePercent), \(Worked.quotient(gain, onePercent, decimals: 1))")
    guard level == 5 else { return sheet.scenario(facts, answer: .number(earned)) }
    let tenths = (earned * 10).units
    let benchmark = Number(random.int(in: max(1, tenths - 30)...max(1, tenths - 1)), decimals: 1)
    facts["benchmark"] = Localized("\(benchmark)%")
    sheet.state(en: "benchmark", ko: "기준", benchmark, sign: "%")
    sheet.step(Worked.difference(earned, benchmark))
    return sheet.scenario(facts, answer: .number(earned - benchmark))
  }

  /// What each level asks for.
  private static let asked = [
    Localized(en: "the total gain in dollars", ko: "총이익(만 원)"),
    Localized(en: "the gain after the fee in dollars", ko: "수수료 차감 후 이익(만 원)"),
    Localized(en: "the portfolio return in percent", ko: "포트폴리오 수익률(%)"),
    Localized(en: "the portfolio return after the fee in percent", ko: "수수료 차감 후 포트폴리오 수익률(%)"),
    Localized(
      en: "the excess return over the benchmark, after the fee, in percentage points",
      ko: "수수료 차감 후 기준 대비 초과수익률(%p)"),
  ]
}
