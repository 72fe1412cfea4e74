import Kernels

/// The cost of imported goods: price times exchange rate, customs duty, handling fee; at level 5 against an offer
/// at home.
struct ImportCost: ProblemFamily {
  let name = "import_cost"
  var phrasings: [Language: [Phrasing]] { Self.writtenPhrasings }
  var sentenceBanks: [Language: SentenceBank] { Self.sentenceBanks }
  var statements: [Language: [String]] { Self.writtenStatements }

  func scenario(level: Int, using random: inout SeededRandom) -> Scenario {
    let currency = random.pick(ImportCost.currencies)
    let price = Number(random.int(in: 2...(level < 4 ? 99 : 30)) * 10)
    let rate = Number(random.pick(ImportCost.tenths), decimals: 1)
    var facts = [
      "firm": random.pick(FinanceNames.firms), "item": random.pick(FinanceNames.goods),
      "price": Localized(en: "\(price) \(currency.en)", ko: "\(price)\(currency.ko)"),
      "rate": Localized(
        en: "\(rate) dollars per \(currency.en.dropLast())", ko: "1\(currency.ko)당 \(rate)달러"),
      "ask": level < 5
        ? Localized(en: "the total cost in dollars", ko: "총비용(달러)")
        : Localized(en: "the cheaper offer (A or B)", ko: "더 싼 쪽(A 또는 B)"),
    ]
    var sheet = SolutionSheet(level: level)
    sheet.state(en: "price", ko: "가격", price)
    sheet.state(en: "rate", ko: "환율", rate)
    var value = price * rate
    if level >= 4 {
      let quantity = Number(random.int(in: 2...9))
      facts["quantity"] = Localized(en: "\(quantity) units", ko: "\(quantity)대")
      sheet.state(en: "quantity", ko: "수량", quantity)
      sheet.step(Worked.product(price, quantity))
      sheet.step(Worked.product(price * quantity, rate))
      value = price * quantity * rate
    } else {
      sheet.step(Worked.product(price, rate))
    }
    if level >= 2 {
      let duty = random.int(in: 1...5) * 10
      facts["duty"] = FinanceNames.percent(duty)
      sheet.state(en: "duty", ko: "관세율", duty, sign: "%")
      value = sheet.raise(value, by: duty, label: Localized(en: "duty", ko: "관세"))
    }
    if level != 2 && level < 5 {
      let fee = Number(random.int(in: 3...60))
      facts["fee"] = Localized(en: "\(fee) dollars", ko: "\(fee)달러")
      sheet.state(en: "fee", ko: "수수료", fee)
      sheet.step(Worked.sum(value, fee))
      value = value + fee
    }
    guard level == 5 else { return sheet.scenario(facts, answer: .number(value)) }
    let importIsCheaper = random.int(in: 0...1) == 1
    let importIsA = random.int(in: 0...1) == 1
    let whole = value.rounded(0)
    let distance = Number(random.int(in: 1...max(1, whole.units / 5)))
    let offer = importIsCheaper ? whole + distance : whole - distance
    facts["offer"] = Localized(en: "\(offer) dollars", ko: "\(offer)달러")
    let offers = [Localized(en: "import", ko: "수입"), Localized(en: "domestic", ko: "국내")]
    let options = LetteredOptions(names: importIsA ? offers : offers.reversed())
    facts["options"] = options.text
    sheet.state(en: "domestic", ko: "국내", offer)
    let chosen = importIsCheaper == importIsA ? 0 : 1
    let winner = options.names[chosen]
    sheet.step(Worked.comparison(value, .less, offer), en: winner.en, ko: winner.ko)
    sheet.step(options.search(for: chosen))
    return sheet.scenario(facts, answer: .choice(options.letter(of: chosen), count: 2))
  }

  /// Units of foreign money; English drops the last letter for one.
  private static let currencies = [
    Localized(en: "euros", ko: "유로"), Localized(en: "pounds", ko: "파운드"), Localized(en: "francs", ko: "프랑"),
    Localized(en: "crowns", ko: "크로네"),
  ]
  /// Exchange rates in tenths of a dollar.
  private static let tenths = [2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19]
}
