import Kernels

/// Statutory damages: copies times a rate, less the owner's share of fault, at most a cap, plus costs.
///
/// Level 1: rate and costs; 2: the cap; 3: the share of fault and costs; 4: share and cap; 5: also
/// copies that are free.
struct StatutoryDamages: ProblemFamily {
  let name = "statutory_damages"
  var phrasings: [Language: [Phrasing]] { Self.writtenPhrasings }
  var sentenceBanks: [Language: SentenceBank] { Self.sentenceBanks }
  var statements: [Language: [String]] { Self.writtenStatements }

  func scenario(level: Int, using random: inout SeededRandom) -> Scenario {
    var copies = random.int(in: 11...99)
    let rate = Number(random.int(in: 2...9) * 10)
    var facts = LawNames.opening(
      ["owner": LawNames.firms], asking: Localized(en: "the sum awarded in dollars", ko: "인정되는 금액(만 원)"),
      using: &random)
    facts["copies"] = Localized(en: "\(copies) copies", ko: "\(copies)부")
    facts["rate"] = LawNames.money(rate)
    var sheet = SolutionSheet(level: level)
    sheet.state(en: "copies", ko: "복제물", copies)
    if level == 5 {
      let free = random.int(in: 2...9)
      facts["free"] = Localized(en: "\(free) copies", ko: "\(free)부")
      sheet.state(en: "free", ko: "면제", free)
      sheet.step(Worked.difference(Number(copies), Number(free)))
      copies -= free
    }
    sheet.state(en: "rate", ko: "단가", rate)
    sheet.step(Worked.product(Number(copies), rate))
    var award = Number(copies) * rate
    if level >= 3 {
      let fault = random.int(in: 1...9) * 10
      facts["fault"] = LawNames.percent(fault)
      sheet.state(en: "fault", ko: "과실", fault, sign: "%")
      award = sheet.lower(award, by: fault)
    }
    if level == 2 || level >= 4 {
      let step = max(1, award.units / 40)
      let binds = random.happens(50)
      let cap = Number(max(10, (award.units + (binds ? -1 : 1) * step * random.int(in: 1...15)) / 10 * 10))
      facts["cap"] = LawNames.money(cap)
      sheet.state(en: "cap", ko: "상한", cap)
      award = sheet.limit(award, to: cap)
    }
    if level != 2, level != 4 {
      let costs = Number(random.int(in: 5...95) * 10)
      facts["costs"] = LawNames.money(costs)
      sheet.state(en: "costs", ko: "비용", costs)
      sheet.step(Worked.sum(award, costs))
      award = award + costs
    }
    return sheet.scenario(facts, answer: .number(award))
  }
}
