import Kernels

/// Parties, statutes and units of the law domain; all of them are invented.
enum LawNames {
  private static let acts = Localized.pairs(
    ["Harbor Act", "Meadow Code", "Lantern Act", "Orchard Code", "Granite Act", "Willow Code", "Beacon Act"],
    ["하버법", "메도법", "랜턴법", "오처드법", "그래닛법", "윌로법", "비컨법"])

  static let firms = Localized.pairs(
    [
      "Arlen Books", "Tovik Press", "Corvane Film", "Meridane Media", "Pelham Studio", "Nordal Music",
      "Wexley Maps", "Ostrel Games",
    ],
    ["아를렌서점", "토빅출판", "코르반영화", "메리데인미디어", "펠럼스튜디오", "노르달음악", "웩슬리지도", "오스트렐게임"])

  /// The facts with which a case opens: a name drawn from each list in its order, then the statute; what is asked.
  static func opening(
    _ names: KeyValuePairs<String, [Localized]>, asking ask: Localized, using random: inout SeededRandom
  ) -> [String: Localized] {
    var facts = ["ask": ask]
    for (role, candidates) in names { facts[role] = random.pick(candidates) }
    facts["act"] = random.pick(acts)
    return facts
  }

  /// An amount that English states in dollars and Korean in units of 10,000 won.
  static func money(_ amount: Number) -> Localized { Localized(en: "$\(amount)", ko: "\(amount)만 원") }

  static func percent(_ percent: Int) -> Localized { Localized("\(percent)%") }

  /// A calendar year: `2014`, `2014년`.
  static func year(_ year: Int) -> Localized { Localized(en: "\(year)", ko: "\(year)년") }

  /// A length in years: `7 years`, `7년`.
  static func years(_ count: Int) -> Localized {
    Localized(en: count == 1 ? "1 year" : "\(count) years", ko: "\(count)년")
  }

  /// A length in days: `7 days`, `7일`.
  static func days(_ count: Int) -> Localized {
    Localized(en: count == 1 ? "1 day" : "\(count) days", ko: "\(count)일")
  }
}

extension SeededRandom {
  /// True in `percent` of 100 draws.
  mutating func happens(_ percent: Int) -> Bool { int(in: 1...100) <= percent }
}
