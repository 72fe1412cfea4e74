import Kernels

/// The date on which a period of working days ends: weekends and named holidays do not count.
///
/// Counting starts on the day after receipt. Level 2 names a holiday, 3 two; at level 4 the notice counts as
/// received some calendar days after its date; at level 5 the period is extended. All within one month.
struct WorkingDayDeadline: ProblemFamily {
  let name = "working_day_deadline"
  var phrasings: [Language: [Phrasing]] { Self.frames }
  var sentenceBanks: [Language: SentenceBank] { Self.sentenceBanks }
  var statements: [Language: [String]] { Self.sentences }

  func scenario(level: Int, using random: inout SeededRandom) -> Scenario {
    let year = random.int(in: 2025...2064), month = random.int(in: 1...12)
    var start = random.int(in: 1...(level <= 2 ? 14 : level == 3 ? 12 : 7))
    let post = level >= 4 ? random.int(in: 2...4) : 0
    let base = random.int(in: 2...(level == 1 ? 6 : level == 5 ? 4 : 5))
    let added = level == 5 ? random.int(in: 1...3) : 0
    let first = WorkingDayDeadline.weekday(year: year, month: month, day: 1)
    func weekday(_ day: Int) -> Int { (first + day - 1) % 7 }
    while weekday(start) >= 5 { start += 1 }
    let received = start + post
    var holidays: [Int] = []
    while holidays.count < (level == 1 ? 0 : level == 2 || level == 4 ? 1 : 2) {
      let day = received + random.int(in: 1...base + added + 2)
      // One draw in four may fall on a weekend, where a holiday changes nothing.
      if !holidays.contains(day), weekday(day) < 5 || random.int(in: 0...3) == 0 { holidays.append(day) }
    }
    holidays.sort()

    var day = received, counted = 0
    var en: [String] = [], ko: [String] = []
    while counted < base + added {
      day += 1
      let isOff = weekday(day) >= 5 || holidays.contains(day)
      if !isOff { counted += 1 }
      // Beside the day stands the next holiday, so that a day off is seen where it is counted.
      let next = holidays.first { $0 >= day }.map { " (\(two($0)))" } ?? ""
      let count = "\(counted)/\(base + added)"
      en.append("\(label(day, weekday(day), .en))\(next): \(isOff ? "off" : count)")
      ko.append("\(label(day, weekday(day), .ko))\(next): \(isOff ? "휴일" : count)")
    }
    let prefix = "\(year)-\(two(month))-"
    let iso = prefix + two(start), weekdayName = PublicNames.weekdays[weekday(start)]
    var facts: [String: Localized] = [
      "person": random.pick(Names.people), "notice": random.pick(PublicNames.notices),
      "start": Localized(en: "\(weekdayName.en) \(iso)", ko: "\(iso)(\(weekdayName.ko))"),
      "days": Localized(en: "\(base) working days", ko: "\(base)근무일"),
      "post": post == 0
        ? Localized(en: "on the same day", ko: "당일")
        : Localized(en: "\(post) calendar days later", ko: "\(post)일 뒤"),
    ]
    let givens = ["level \(level)", iso, "\(base)", "\(post)", "\(added)"] + holidays.map(String.init)
    var steps = StepList()
    var headEnglish = "\(year)-\(two(month)), \(label(start, weekday(start), .en)), days \(base)"
    var headKorean = "\(year)-\(two(month)), \(label(start, weekday(start), .ko)), 일수 \(base)"
    if !holidays.isEmpty {
      let dates = holidays.map { prefix + two($0) }
      facts["holidays"] = Localized(
        en: (dates.count == 1 ? "public holiday " : "public holidays ") + dates.joined(separator: " and "),
        ko: dates.joined(separator: ", "))
      headEnglish += ", holidays " + holidays.map(two).joined(separator: " ")
      headKorean += ", 공휴일 " + holidays.map(two).joined(separator: " ")
    }
    if level >= 4 {
      headEnglish += ", receipt after \(post)"
      headKorean += ", 수령 \(post)"
    }
    if level == 5 {
      let plural = added == 1 ? "working day" : "working days"
      facts["extension"] = Localized(en: "\(added) \(plural)", ko: "\(added)근무일")
      headEnglish += ", extended \(added)"
      headKorean += ", 연장 \(added)"
    }
    steps.add(headEnglish, headKorean)
    if level == 5 { steps.add(Worked.sum(Number(base), Number(added))) }
    if level >= 4 {
      func passed(_ language: Language) -> String {
        (1...post).map { "\(label(start + $0, weekday(start + $0), language)): \($0)/\(post)" }
          .joined(separator: ", ")
      }
      steps.add("receipt: \(passed(.en))", "수령: \(passed(.ko))")
    }
    steps.add(en.joined(separator: ", "), ko.joined(separator: ", "))
    return Scenario(facts: facts, givens: givens, steps: steps.text, answer: .date(prefix + two(day)))
  }

  /// "Wed 07", "수 07".
  private func label(_ day: Int, _ weekday: Int, _ language: Language) -> String {
    "\(PublicNames.weekdays[weekday][language].prefix(3)) \(two(day))"
  }

  private func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

  /// Monday is 0 (Sakamoto's method for the Gregorian calendar).
  static func weekday(year: Int, month: Int, day: Int) -> Int {
    let shifts = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4]
    let y = month < 3 ? year - 1 : year
    return (y + y / 4 - y / 100 + y / 400 + shifts[month - 1] + day + 6) % 7
  }
}
