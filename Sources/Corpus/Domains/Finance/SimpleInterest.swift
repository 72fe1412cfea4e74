import Kernels

/// Simple interest on a deposit or loan: I = P · r · t; later levels add a bonus rate and a tax on the interest.
struct SimpleInterest: ProblemFamily {
  let name = "simple_interest"
  var phrasings: [Language: [Phrasing]] { Self.writtenPhrasings }
  var sentenceBanks: [Language: SentenceBank] { Self.sentenceBanks }
  var statements: [Language: [String]] { Self.writtenStatements }

  func scenario(level: Int, using random: inout SeededRandom) -> Scenario {
    let hasBonus = level == 3 || level == 5
    let principal = Number(random.int(in: 2...99) * 100)
    let baseRate = random.int(in: 2...(hasBonus ? 6 : 9))
    let years = random.int(in: 2...9)
    var facts: [String: Localized] = [
      "customer": random.pick(Names.people),
      "principal": FinanceNames.money(principal),
      "rate": FinanceNames.percent(baseRate),
      "years": Localized(en: "\(years) years", ko: "\(years)년"),
      "ask": SimpleInterest.asked[level - 1],
    ]
    var sheet = SolutionSheet(level: level)
    sheet.state(en: "principal", ko: "원금", principal)
    sheet.state(en: "rate", ko: "이율", baseRate)
    sheet.state(en: "years", ko: "기간", years)
    var rate = baseRate
    if hasBonus {
      let bonus = random.int(in: 1...3)
      facts["bonus"] = FinanceNames.percent(bonus)
      sheet.state(en: "bonus", ko: "우대", bonus)
      sheet.step(Worked.sum(Number(baseRate), Number(bonus)))
      rate += bonus
    }
    let yearly = PercentOf(rate, of: principal)
    var interest = yearly.value * Number(years)
    sheet.step(yearly.text)
    sheet.step(Worked.product(yearly.value, Number(years)))
    if level >= 4 {
      let tax = random.int(in: 1...4) * 10
      facts["tax"] = FinanceNames.percent(tax)
      sheet.state(en: "tax", ko: "세율", tax)
      interest = sheet.lower(interest, by: tax, label: Localized(en: "tax", ko: "세금"))
    }
    guard level == 2 || level == 5 else { return sheet.scenario(facts, answer: .number(interest)) }
    sheet.step(Worked.sum(principal, interest))
    return sheet.scenario(facts, answer: .number(principal + interest))
  }

  /// What each level asks for.
  private static let asked = [
    Localized(en: "the total interest in dollars", ko: "총이자(만 원)"),
    Localized(en: "the amount at maturity in dollars", ko: "만기 원리금(만 원)"),
    Localized(en: "the total interest in dollars", ko: "총이자(만 원)"),
    Localized(en: "the interest after tax in dollars", ko: "세후 이자(만 원)"),
    Localized(en: "the amount received after tax in dollars", ko: "세후 수령액(만 원)"),
  ]
}
