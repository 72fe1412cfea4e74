import Kernels

/// Whether a keeper is liable: a rule, its exception, its counter-exception; what is not proven is absent.
///
/// Level 1: the rule on the damage; 2: the exception of a warning; 3: the counter-exception of earlier
/// incidents; 4: points that were not proven; 5: the damage is items times a value.
struct LiabilityException: ProblemFamily {
  let name = "liability_exception"
  var phrasings: [Language: [Phrasing]] { Self.writtenPhrasings }
  var sentenceBanks: [Language: SentenceBank] { Self.sentenceBanks }
  var statements: [Language: [String]] { Self.writtenStatements }

  func scenario(level: Int, using random: inout SeededRandom) -> Scenario {
    let ruleHolds = random.happens(level == 1 ? 50 : level == 2 ? 75 : 70)
    let isExcepted = random.happens(level == 2 ? 33 : 60)
    let isCountered = random.happens(50)
    let isLiable = ruleHolds && (level == 1 || !isExcepted || (level > 2 && isCountered))
    var facts = LawNames.opening(
      ["keeper": Names.people, "thing": LiabilityException.things],
      asking: Localized(en: "whether the keeper is liable (yes or no)", ko: "보유자의 책임 여부(yes 또는 no)"),
      using: &random)
    var sheet = SolutionSheet(level: level)
    let damage = LiabilityException.damage(level: level, &facts, &sheet, &random)
    let limit = ruleHolds ? damage - random.int(in: 1...20) : damage + random.int(in: 0...20)
    facts["limit"] = LawNames.money(Number(limit))
    sheet.state(en: "limit", ko: "기준", limit)
    let comparison = Worked.comparison(damage, .greater, limit)
    guard level > 1 else {
      sheet.step(comparison)
      return sheet.scenario(facts, answer: .boolean(ruleHolds))
    }
    sheet.step(comparison, en: ruleHolds ? "rule" : "no rule, no", ko: ruleHolds ? "원칙" : "원칙 불성립, no")

    let need = random.int(in: 2...9)
    let warning = LiabilityException.point(need, isMet: isExcepted, level: level, &random)
    facts["need"] = LawNames.days(need)
    facts["warning"] =
      warning.map { Localized(en: "given \(LawNames.days($0).en) before", ko: "\($0)일 전") } ?? unproven
    sheet.state(en: "need", ko: "경고 요건", need)
    sheet.state(en: "warning", ko: "경고", warning.map { Localized($0) } ?? unproven)
    if ruleHolds {
      let comparison = warning.map { Worked.comparison($0, .atLeast, need) + ": " } ?? ""
      let last = isExcepted ? level == 2 ? ", no" : "" : ", yes"
      sheet.step(
        Localized(
          en: comparison + (isExcepted ? "exception" : "no exception") + last,
          ko: comparison + (isExcepted ? "예외" : "예외 불성립") + last))
    }
    guard level > 2 else { return sheet.scenario(facts, answer: .boolean(isLiable)) }

    let least = random.int(in: 2...9)
    let incidents = LiabilityException.point(least, isMet: isCountered, level: level, &random)
    facts["least"] = Localized(en: "\(least)", ko: "\(least)건")
    facts["incidents"] = incidents.map { Localized(en: "\($0)", ko: "\($0)건") } ?? unproven
    sheet.state(en: "least", ko: "사고 요건", least)
    sheet.state(en: "incidents", ko: "사고", incidents.map { Localized($0) } ?? unproven)
    if ruleHolds && isExcepted {
      let comparison = incidents.map { Worked.comparison($0, .atLeast, least) + ": " } ?? ""
      sheet.step(
        Localized(
          en: comparison + (isCountered ? "counter-exception, yes" : "no counter-exception, no"),
          ko: comparison + (isCountered ? "재예외, yes" : "재예외 불성립, no")))
    }
    return sheet.scenario(facts, answer: .boolean(isLiable))
  }

  private let unproven = Localized(en: "not proven", ko: "미증명")

  /// The damage, or at level 5 items and their value.
  private static func damage(
    level: Int, _ facts: inout [String: Localized], _ sheet: inout SolutionSheet, _ random: inout SeededRandom
  ) -> Int {
    guard level == 5 else {
      let damage = random.int(in: 40...699)
      facts["damage"] = LawNames.money(Number(damage))
      sheet.state(en: "damage", ko: "손해", damage)
      return damage
    }
    let items = random.int(in: 3...9)
    let value = random.int(in: 11...99)
    facts["items"] = Localized(en: "\(items) items", ko: "\(items)점")
    facts["value"] = LawNames.money(Number(value))
    sheet.state(en: "items", ko: "물건", items)
    sheet.state(en: "value", ko: "가액", value)
    sheet.step(Worked.product(Number(value), Number(items)))
    return items * value
  }

  /// A number that reaches `need` or not; nil for a point that was not proven, which is not met.
  private static func point(
    _ need: Int, isMet: Bool, level: Int, _ random: inout SeededRandom
  ) -> Int? {
    if isMet { return need + random.int(in: 0...5) }
    return level > 3 && random.happens(50) ? nil : random.int(in: 1...(need - 1))
  }

  private static let things = Localized.pairs(
    ["dog", "horse", "crane", "boat", "truck", "drone", "gate", "boiler", "tank", "scaffold"],
    ["개", "말", "크레인", "보트", "트럭", "드론", "철문", "보일러", "저장탱크", "비계"])
}
