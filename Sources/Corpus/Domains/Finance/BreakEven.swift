import Kernels

/// Contribution margin, break-even quantity, target profit and profit after tax of one product.
struct BreakEven: ProblemFamily {
  let name = "break_even"
  var phrasings: [Language: [Phrasing]] { Self.writtenPhrasings }
  var sentenceBanks: [Language: SentenceBank] { Self.sentenceBanks }
  var statements: [Language: [String]] { Self.writtenStatements }

  func scenario(level: Int, using random: inout SeededRandom) -> Scenario {
    let margin = random.int(in: 2...9)
    let cost = random.int(in: 11...90)
    let splitsFixedCosts = level == 3 || level == 5
    var facts = [
      "item": random.pick(FinanceNames.goods), "firm": random.pick(FinanceNames.firms),
      "price": FinanceNames.money(Number(cost + margin)), "cost": FinanceNames.money(Number(cost)),
      "ask": BreakEven.asked[level - 1],
    ]
    var sheet = SolutionSheet(level: level)
    sheet.state(en: "price", ko: "판매가", cost + margin)
    sheet.state(en: "cost", ko: "변동비", cost)
    sheet.step(en: "margin", ko: "공헌이익", Worked.difference(Number(cost + margin), Number(cost)))

    /// States the fixed costs, as one sum or as rent and wages.
    func stateFixedCosts(_ fixed: Int, _ random: inout SeededRandom) {
      guard splitsFixedCosts else {
        facts["fixed"] = FinanceNames.money(Number(fixed))
        return sheet.state(en: "fixed", ko: "고정비", fixed)
      }
      let rent = random.int(in: fixed / 5...fixed / 2)
      facts["rent"] = FinanceNames.money(Number(rent))
      facts["wages"] = FinanceNames.money(Number(fixed - rent))
      sheet.state(en: "rent", ko: "임차료", rent)
      sheet.state(en: "wages", ko: "급여", fixed - rent)
      sheet.step(en: "fixed", ko: "고정비", Worked.sum(Number(rent), Number(fixed - rent)))
    }

    if level <= 3 {
      let units = random.int(in: 31...250)
      let target = level == 1 ? 0 : random.int(in: 2...(margin * units / 25)) * 10
      let fixed = margin * units - target
      stateFixedCosts(fixed, &random)
      if level > 1 {
        facts["target"] = FinanceNames.money(Number(target))
        sheet.state(en: "target", ko: "목표", target)
        sheet.step(Worked.sum(Number(fixed), Number(target)))
      }
      sheet.step(Worked.quotient(Number(margin * units), Number(margin)))
      return sheet.scenario(facts, answer: .number(Number(units)))
    }
    let units = random.int(in: 6...60) * 10
    let contribution = margin * units
    let fixed = random.int(in: contribution / 4...contribution * 3 / 4)
    let tax = random.int(in: 1...4) * 10
    stateFixedCosts(fixed, &random)
    facts["units"] = Localized(en: "\(units) units", ko: "\(units)대")
    facts["tax"] = FinanceNames.percent(tax)
    sheet.state(en: "units", ko: "판매량", units)
    sheet.state(en: "tax", ko: "세율", tax, sign: "%")
    sheet.step(Worked.product(Number(margin), Number(units)))
    sheet.step(Worked.difference(Number(contribution), Number(fixed)))
    let kept = sheet.lower(
      Number(contribution - fixed), by: tax, label: Localized(en: "tax", ko: "세금"))
    return sheet.scenario(facts, answer: .number(kept))
  }

  /// What each level asks for.
  private static let asked = [
    Localized(en: "the break-even quantity in units", ko: "손익분기 판매량(대)"),
    Localized(en: "the quantity in units that reaches the target profit", ko: "목표 이익을 내는 판매량(대)"),
    Localized(en: "the quantity in units that reaches the target profit", ko: "목표 이익을 내는 판매량(대)"),
    Localized(en: "the profit after tax in dollars", ko: "세후 이익(만 원)"),
    Localized(en: "the profit after tax in dollars", ko: "세후 이익(만 원)"),
  ]
}
