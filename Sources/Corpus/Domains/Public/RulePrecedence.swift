import Kernels

/// Which of several rules sets a daily rate: the special before the general, the later before the earlier.
///
/// Level 2 changes the general rate from a year on, level 3 the special rate too; level 4 excludes an area from
/// the special rule; level 5 leaves the first days free.
struct RulePrecedence: ProblemFamily {
  let name = "rule_precedence"
  var phrasings: [Language: [Phrasing]] { Self.frames }
  var sentenceBanks: [Language: SentenceBank] { Self.sentenceBanks }
  var statements: [Language: [String]] { Self.sentences }

  func scenario(level: Int, using random: inout SeededRandom) -> Scenario {
    var rates: [Int] = []
    while rates.count < 4 {
      let rate = random.int(in: 12...69)
      if !rates.contains(rate) { rates.append(rate) }
    }
    let special = random.pick(PublicNames.uses), excluded = random.pick(PublicNames.areas)
    let isSpecialUse = random.int(in: 0...9) < (level >= 4 ? 7 : 5)
    let isExcluded = level >= 4 && random.int(in: 0...1) == 0
    var use = special, area = excluded
    while use == special && !isSpecialUse { use = random.pick(PublicNames.uses) }
    while area == excluded && !isExcluded { area = random.pick(PublicNames.areas) }
    let days = random.int(in: level == 5 ? 4...9 : 2...9)
    let free = random.int(in: 2...3)
    let from = random.int(in: 2025...2060)
    let isNew = level >= 2 && random.int(in: 0...1) == 0
    let year = isNew ? from + random.int(in: 0...4) : from - random.int(in: 1...4)
    let isSpecial = isSpecialUse && !isExcluded

    var facts: [String: Localized] = [
      "person": random.pick(Names.people), "use": use, "specialUse": special,
      "general": PublicNames.money(Number(rates[0])), "special": PublicNames.money(Number(rates[1])),
      "days": Localized(en: "\(days) days", ko: "\(days)일"),
      "ask": Localized(en: "the total charge in dollars", ko: "낼 총액(만 원)"),
    ]
    var givens = ["level \(level)", "\(rates[0])", "\(rates[1])", "\(days)", "\(isSpecialUse)"]
    var steps = StepList()
    var en = "use \(use.en), special use \(special.en), general \(rates[0]), special \(rates[1])"
    var ko = "용도 \(use.ko), 특칙 용도 \(special.ko), 일반 \(rates[0]), 특칙 \(rates[1])"
    if level >= 2 {
      facts["from"] = Localized("\(from)")
      facts["year"] = Localized("\(year)")
      facts["newGeneral"] = PublicNames.money(Number(rates[2]))
      givens += ["\(year)", "\(from)", "\(rates[2])"]
      en += ", year \(year), from \(from), new general \(rates[2])"
      ko += ", 연도 \(year), 개정 \(from), 개정 일반 \(rates[2])"
    }
    if level >= 3 {
      facts["newSpecial"] = PublicNames.money(Number(rates[3]))
      en += ", new special \(rates[3])"
      ko += ", 개정 특칙 \(rates[3])"
      givens.append("\(rates[3])")
    }
    if level >= 4 {
      facts["area"] = area
      facts["excluded"] = excluded
      givens.append("\(isExcluded)")
      en += ", area \(area.en), excluded \(excluded.en)"
      ko += ", 구역 \(area.ko), 제외 \(excluded.ko)"
    }
    en += ", days \(days)"
    ko += ", 일수 \(days)"
    if level == 5 {
      facts["free"] = Localized(en: "\(free) days", ko: "\(free)일")
      givens.append("\(free)")
      en += ", free \(free)"
      ko += ", 무료 \(free)"
    }
    steps.add(en, ko)

    var rule = Worked.sameness(use, special)
    if level >= 4, isSpecialUse {
      let place = Worked.sameness(area, excluded)
      rule = Localized(en: "\(rule.en), \(place.en)", ko: "\(rule.ko), \(place.ko)")
    }
    steps.add("\(rule.en), \(isSpecial ? "special" : "general")", "\(rule.ko), \(isSpecial ? "특칙" : "일반")")
    // At level 2 a special rate is never changed, so that years matter to the general rate alone.
    let asksYear = level >= 3 || (level == 2 && !isSpecial)
    if asksYear { steps.add(Worked.comparison(year, .atLeast, from)) }
    let rate = rates[(isSpecial ? 1 : 0) + (asksYear && isNew ? 2 : 0)]
    let kindEnglish = isSpecial ? "special" : "general", kindKorean = isSpecial ? "특칙" : "일반"
    let isLater = asksYear && isNew
    steps.add(
      "\(isLater ? "new " : "")\(kindEnglish) \(rate)", "\(isLater ? "개정 " : "")\(kindKorean) \(rate)"
    )
    var charged = days
    if level == 5 {
      steps.add(Worked.difference(Number(days), Number(free)))
      charged -= free
    }
    steps.add(Worked.product(Number(rate), Number(charged)))
    return Scenario(
      facts: facts, givens: givens, steps: steps.text, answer: .number(Number(rate * charged)))
  }
}
