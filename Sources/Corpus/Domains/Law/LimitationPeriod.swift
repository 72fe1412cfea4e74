import Kernels

/// The year in which a limitation period ends, or whether a suit came too late.
///
/// Levels 1, 3 and 5 ask whether the claim is barred, 2 and 4 for the year; 2 and 3 add a suspension, 4 an
/// acknowledgement, 5 both. An acknowledgement counts only while the period runs; it then starts a new one.
struct LimitationPeriod: ProblemFamily {
  let name = "limitation_period"
  var phrasings: [Language: [Phrasing]] { Self.writtenPhrasings }
  var sentenceBanks: [Language: SentenceBank] { Self.sentenceBanks }
  var statements: [Language: [String]] { Self.writtenStatements }

  func scenario(level: Int, using random: inout SeededRandom) -> Scenario {
    let asksYear = level == 2 || level == 4
    let due = random.int(in: 1960...2019)
    let period = random.int(in: 2...20)
    let isBarred = random.happens(50)
    var facts = LawNames.opening(
      ["creditor": Names.people],
      asking: asksYear
        ? Localized(en: "the year in which the limitation period ends", ko: "소멸시효가 끝나는 해(연도)")
        : Localized(en: "whether the claim is barred (yes or no)", ko: "채권의 시효 소멸 여부(yes 또는 no)"),
      using: &random)
    facts["due"] = LawNames.year(due)
    facts["period"] = LawNames.years(period)
    var sheet = SolutionSheet(level: level)
    sheet.state(en: "due", ko: "변제기", due)
    sheet.state(en: "period", ko: "기간", period)
    sheet.step(Worked.sum(Number(due), Number(period)))
    var end = due + period
    var earliestSuit = due + 1
    if level == 2 || level == 3 || level == 5 {
      let suspension = random.int(in: 1...9)
      facts["suspension"] = LawNames.years(suspension)
      sheet.state(en: "suspended", ko: "정지", suspension)
      sheet.step(Worked.sum(Number(end), Number(suspension)))
      end += suspension
    }
    if level >= 4 {
      let isTimely = random.happens(asksYear ? 70 : isBarred ? 40 : 100)
      let year = isTimely ? random.int(in: (due + 1)...end) : end + random.int(in: 1...4)
      facts["acknowledgement"] = LawNames.year(year)
      sheet.state(en: "acknowledged", ko: "승인", year)
      if isTimely {
        sheet.step(Worked.comparison(year, .atMost, end), en: "in time", ko: "유효")
        sheet.step(Worked.sum(Number(year), Number(period)))
        end = year + period
      } else {
        sheet.step(Worked.comparison(year, .atMost, end), en: "too late", ko: "늦음")
      }
      earliestSuit = year + 1
    }
    guard !asksYear else { return sheet.scenario(facts, answer: .number(Number(end))) }
    let filed =
      isBarred
      ? max(end, earliestSuit - 1) + random.int(in: 1...6)
      : random.int(in: max(min(earliestSuit, end), end - 5)...end)
    facts["filed"] = LawNames.year(filed)
    sheet.state(en: "filed", ko: "제소", filed)
    sheet.step(Worked.comparison(filed, .greater, end))
    return sheet.scenario(facts, answer: .boolean(isBarred))
  }
}
