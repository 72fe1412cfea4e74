import Kernels

/// A fine from a table of three classes, raised for aggravation, lowered for mitigation, at most a maximum.
///
/// Level 1: base fine and counts; 2: aggravation; 3: mitigation too; 4: a maximum; 5: several counts too.
struct FineTable: ProblemFamily {
  let name = "fine_table"
  var phrasings: [Language: [Phrasing]] { Self.writtenPhrasings }
  var sentenceBanks: [Language: SentenceBank] { Self.sentenceBanks }
  var statements: [Language: [String]] { Self.writtenStatements }

  func scenario(level: Int, using random: inout SeededRandom) -> Scenario {
    // Two rounds of tenths leave whole amounts when the base fine is a multiple of 100.
    let unit = level < 3 ? 10 : 100
    let (first, step) = level < 3 ? (40, 25) : level < 5 ? (12, 8) : (6, 4)
    var bases = [random.int(in: 2...first)]
    while bases.count < 3 { bases.append(bases[bases.count - 1] + random.int(in: 1...step)) }
    let row = random.int(in: 0...2)
    let letter = ["X", "Y", "Z"][row]
    let table = zip(["X", "Y", "Z"], bases).map { "\($0) \($1 * unit)" }.joined(separator: ", ")
    var fine = Number(bases[row] * unit)
    var facts = LawNames.opening(
      ["offender": Names.people], asking: Localized(en: "the fine in dollars", ko: "벌금액(만 원)"), using: &random
    )
    facts["table"] = Localized(table)
    facts["class"] = Localized(letter)
    var sheet = SolutionSheet(level: level)
    sheet.decide(table)
    sheet.state(en: "class", ko: "등급", letter)
    sheet.step(en: letter, ko: letter, "\(fine)")
    if level == 1 || level == 5 {
      let counts = random.int(in: 2...(level == 1 ? 9 : 5))
      facts["counts"] = Localized(en: "\(counts) counts", ko: "\(counts)건")
      sheet.state(en: "counts", ko: "건수", counts)
      sheet.step(Worked.product(fine, Number(counts)))
      fine = fine * Number(counts)
    }
    if level >= 2 {
      let percent = random.int(in: 1...9) * 10
      facts["aggravation"] = LawNames.percent(percent)
      sheet.state(en: "aggravation", ko: "가중", percent, sign: "%")
      fine = sheet.raise(fine, by: percent)
    }
    if level >= 3 {
      let percent = random.int(in: 1...9) * 10
      facts["mitigation"] = LawNames.percent(percent)
      sheet.state(en: "mitigation", ko: "감경", percent, sign: "%")
      fine = sheet.lower(fine, by: percent)
    }
    if level >= 4 {
      let distance = max(10, fine.units / 30 * random.int(in: 1...12))
      let cap = Number(
        max(10, (random.happens(50) ? fine.units - distance : fine.units + distance) / 10 * 10))
      facts["maximum"] = LawNames.money(cap)
      sheet.state(en: "maximum", ko: "최고액", cap)
      fine = sheet.limit(fine, to: cap)
    }
    return sheet.scenario(facts, answer: .number(fine))
  }
}
