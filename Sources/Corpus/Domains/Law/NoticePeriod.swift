import Kernels

/// The notice due at the end of an employment: basic days and days for each year of service, at most a cap.
///
/// Levels 1, 2 and 4 ask for the days, 3 and 5 for the date on which the notice ends; 4 and 5 give the year
/// of hiring instead of the years of service.
struct NoticePeriod: ProblemFamily {
  let name = "notice_period"
  var phrasings: [Language: [Phrasing]] { Self.writtenPhrasings }
  var sentenceBanks: [Language: SentenceBank] { Self.sentenceBanks }
  var statements: [Language: [String]] { Self.writtenStatements }

  func scenario(level: Int, using random: inout SeededRandom) -> Scenario {
    let asksDate = level == 3 || level == 5
    let given = random.int(in: 2021...2039)
    let service = random.int(in: 2...(asksDate ? 9 : 29))
    let rate = random.int(in: 2...(asksDate ? min(9, 18 / service) : 9))
    let base = random.int(in: 2...(asksDate ? 9 : 40))
    var facts = LawNames.opening(
      ["employee": Names.people],
      asking: asksDate
        ? Localized(en: "the date on which the notice ends (YYYY-MM-DD)", ko: "예고기간이 끝나는 날(YYYY-MM-DD)")
        : Localized(en: "the length of the notice in days", ko: "예고기간(일)"), using: &random)
    facts["base"] = LawNames.days(base)
    facts["rate"] = LawNames.days(rate)
    var sheet = SolutionSheet(level: level)
    sheet.state(en: "basic", ko: "기본", base)
    sheet.state(en: "per year", ko: "연당", rate)
    if level < 4 {
      facts["service"] = LawNames.years(service)
      sheet.state(en: "service", ko: "근속", service)
    } else {
      facts["hired"] = LawNames.year(given - service)
      sheet.state(en: "hired", ko: "입사", given - service)
      if level == 4 {
        facts["year"] = LawNames.year(given)
        sheet.state(en: "notice", ko: "통보", given)
      }
      sheet.step(Worked.difference(Number(given), Number(given - service)))
    }
    sheet.step(Worked.product(Number(service), Number(rate)))
    var days = service * rate + base
    sheet.step(Worked.sum(Number(service * rate), Number(base)))
    if level == 2 || level >= 4 {
      // A cap that binds is not below the basic notice.
      let distance = random.happens(50) ? -random.int(in: 1...min(30, days - base)) : random.int(in: 0...15)
      let cap = days + distance
      facts["cap"] = LawNames.days(cap)
      sheet.state(en: "cap", ko: "상한", cap)
      days = sheet.limit(Number(days), to: Number(cap)).units
    }
    guard asksDate else { return sheet.scenario(facts, answer: .number(Number(days))) }
    let month = random.int(in: 1...11)
    let day = random.int(in: 1...28)
    facts["date"] = Localized(NoticePeriod.iso(given, month, day))
    sheet.state(en: "from", ko: "통보", NoticePeriod.iso(given, month, day))
    sheet.step(Worked.sum(Number(day), Number(days)))
    let length = NoticePeriod.monthLength(month, year: given)
    guard day + days > length else {
      return sheet.scenario(facts, answer: .date(NoticePeriod.iso(given, month, day + days)))
    }
    let left = day + days - length
    sheet.step(
      en: "month \(month) has \(length)", ko: "\(month)월은 \(length)일",
      Worked.difference(Number(day + days), Number(length)))
    sheet.step(Worked.sum(Number(month), 1))
    return sheet.scenario(facts, answer: .date(NoticePeriod.iso(given, month + 1, left)))
  }

  private static func iso(_ year: Int, _ month: Int, _ day: Int) -> String {
    "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }

  /// Days of a month; the years drawn hold no century.
  private static func monthLength(_ month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
