import Kernels

/// Which office or form a request belongs to, by its topic and amount.
///
/// Level 1: three topics; 2: one of two topics has an amount limit; 3: both; 4: the amount is a sum; 5: urgent
/// requests go to a place of their own. Options stand in random order under the letters A, B, C, …
struct OfficeChoice: ProblemFamily {
  let name = "office_choice"
  var phrasings: [Language: [Phrasing]] { Self.frames }
  var sentenceBanks: [Language: SentenceBank] { Self.sentenceBanks }
  var statements: [Language: [String]] { Self.sentences }

  func scenario(level: Int, using random: inout SeededRandom) -> Scenario {
    let asksOffice = random.int(in: 0...1) == 0
    let topics = OfficeChoice.draw(level == 1 ? 3 : 2, from: PublicNames.topics, using: &random)
    let places = OfficeChoice.draw(
      level <= 2 ? 3 : level == 5 ? 5 : 4, from: asksOffice ? PublicNames.offices : PublicNames.forms,
      using: &random)
    // The limit of each topic, 0 where the topic alone decides.
    var limits = [0, 0, 0]
    if level >= 2 { limits[0] = random.int(in: 20...80) * 10 }
    if level >= 3 { repeat { limits[1] = random.int(in: 20...80) * 10 } while limits[1] == limits[0] }

    // A draw from 0…2 gives the topic with a limit two turns of three at level 2.
    let turn = random.int(in: 0...(level == 1 || level == 2 ? 2 : 1))
    let own = level == 2 ? (turn == 2 ? 1 : 0) : turn
    let limit = limits[own]
    let isAbove = random.int(in: 0...1) == 0
    let near = limit == 0 ? random.int(in: 20...80) * 10 : limit
    let amount = isAbove ? near + random.int(in: 1...12) * 10 : near - random.int(in: 0...12) * 10
    let first = random.int(in: 2...max(2, amount / 10 - 3)) * 10
    let isUrgent = level == 5 && random.int(in: 0...9) < 4

    var english: [String] = [], korean: [String] = []
    var next = 0, target = 0
    for (index, topic) in topics.enumerated() {
      if index == own { target = next + (limits[index] > 0 && isAbove ? 1 : 0) }
      if limits[index] == 0 {
        english.append("\(topic.en): \(places[next].en)")
        korean.append("\(topic.ko): \(places[next].ko)")
        next += 1
      } else {
        english += [
          "\(topic.en) up to \(limits[index]): \(places[next].en)",
          "\(topic.en) above \(limits[index]): \(places[next + 1].en)",
        ]
        korean += [
          "\(topic.ko) \(limits[index]) 이하: \(places[next].ko)",
          "\(topic.ko) \(limits[index]) 초과: \(places[next + 1].ko)",
        ]
        next += 2
      }
    }
    if level == 5 {
      english.append("urgent: \(places[next].en)")
      korean.append("긴급: \(places[next].ko)")
      if isUrgent { target = next }
    }
    let place = places[target], topic = topics[own]
    let options = LetteredOptions(names: places.shuffled(using: &random))
    let chosen = options.names.firstIndex(of: place) ?? 0

    var facts: [String: Localized] = [
      "person": random.pick(Names.people), "topic": topic,
      "rules": Localized(en: english.joined(separator: "; "), ko: korean.joined(separator: "; ")),
      "options": options.text,
      "kind": asksOffice ? Localized(en: "office", ko: "민원실") : Localized(en: "form", ko: "서식"),
    ]
    var givens = ["level \(level)", topic.en, place.en, english.joined(separator: ";")]
    var steps = StepList()
    var headEnglish = "topic \(topic.en)", headKorean = "분야 \(topic.ko)"
    if level >= 2 {
      let isSum = level >= 4
      givens.append("\(amount)")
      if isSum {
        givens.append("\(first)")
        let a = PublicNames.money(Number(first)), b = PublicNames.money(Number(amount - first))
        facts["amount"] = Localized(en: "\(a.en) plus \(b.en)", ko: "\(a.ko)+\(b.ko)")
      } else {
        facts["amount"] = PublicNames.money(Number(amount))
      }
      let shown = isSum ? "\(first)+\(amount - first)" : "\(amount)"
      headEnglish += ", amount \(shown)"
      headKorean += ", 금액 \(shown)"
    }
    if level == 5 {
      facts["status"] =
        isUrgent ? Localized(en: "urgent", ko: "긴급") : Localized(en: "ordinary", ko: "일반")
      givens.append(isUrgent ? "urgent" : "ordinary")
      headEnglish += isUrgent ? ", urgent" : ", ordinary"
      headKorean += isUrgent ? ", 긴급" : ", 일반"
    }
    steps.add(headEnglish, headKorean)
    if !isUrgent, limit > 0 {
      if level >= 4 { steps.add(Worked.sum(Number(first), Number(amount - first))) }
      // The rule with the limit, and how the amount stands to it.
      let within = isAbove ? target - 1 : target
      let check = Worked.comparison(amount, .atMost, limit)
      steps.add("\(english[within]): \(check)", "\(korean[within]): \(check)")
    }
    // The rule that decides, as it was stated.
    steps.add(english[target], korean[target])
    let search = options.search(for: chosen)
    steps.add(search.en, search.ko)
    return Scenario(
      facts: facts, givens: givens, steps: steps.text,
      answer: .choice(options.letter(of: chosen), count: options.names.count))
  }

  /// `count` different items in random order.
  private static func draw(
    _ count: Int, from items: [Localized], using random: inout SeededRandom
  ) -> [Localized] {
    var drawn: [Localized] = []
    while drawn.count < count {
      let item = random.pick(items)
      if !drawn.contains(item) { drawn.append(item) }
    }
    return drawn
  }
}
