import Kernels

/// Which fault a short list of rules names for a machine's readings; the first rule that holds decides.
///
/// Level 1 has two rules and three options; 2 has three rules; 3 joins two conditions; 4 compares the rise over
/// the ambient temperature instead of the temperature, 5 the drop below the set pressure as well.
struct FailureDiagnosis: ProblemFamily {
  let name = "failure_diagnosis"
  var phrasings: [Language: [Phrasing]] { Self.frames }
  var sentenceBanks: [Language: SentenceBank] { Self.sentenceBanks }
  var statements: [Language: [String]] { Self.rules }

  private static let noFault = Localized(en: "no fault", ko: "이상 없음")

  /// Faults that a high temperature, a strong vibration, a low pressure point to.
  private static let faults: [[Localized]] = [
    zip(
      ["cooling fault", "blocked filter", "dry bearing", "fan stop", "overload"],
      ["냉각 불량", "필터 막힘", "윤활 부족", "팬 정지", "과부하"]),
    zip(
      ["imbalance", "bearing wear", "loose bolt", "bent shaft", "gear wear"],
      ["불균형", "베어링 마모", "볼트 풀림", "축 휨", "기어 마모"]),
    zip(
      ["air leak", "seal wear", "stuck valve", "pump fault", "hose crack"],
      ["공기 누설", "실 마모", "밸브 고착", "펌프 고장", "호스 균열"]),
  ].map { $0.map { Localized(en: $0, ko: $1) } }

  func scenario(level: Int, using random: inout SeededRandom) -> Scenario {
    let rules = Self.conditions(level: level, using: &random)
    let states = Self.states(leadingTo: random.int(in: 0...rules.count), of: rules, using: &random)
    var readings = Readings()
    readings.heat(states[0], overAmbient: level >= 4, using: &random)
    readings.vibration(states[1], using: &random)
    if level >= 2 { readings.pressure(states[2], belowSet: level >= 5, using: &random) }

    // What each rule names, and the rules in words.
    var outcomes: [Localized] = []
    for rule in rules {
      outcomes.append(random.pick(Self.faults[random.pick(rule)].filter { !outcomes.contains($0) }))
    }
    outcomes.append(Self.noFault)
    func list(_ language: Language) -> String {
      let lines = rules.indices.map { index in
        let conditions = rules[index].map { readings.quantities[$0].rule(language) }
        return "\(index + 1)) " + conditions.joined(separator: language == .en ? " and " : " 그리고 ")
          + ": \(outcomes[index][language])"
      }
      return (lines + [(language == .en ? "else: " : "그 외: ") + Self.noFault[language]]).joined(
        separator: "; ")
    }

    // The first rule that holds decides.
    var lines = readings.lines.map { Localized($0) }
    var decision = rules.count
    for (index, rule) in rules.enumerated() {
      let conditions = rule.map { readings.quantities[$0] }
      func line(_ language: Language) -> String {
        "\(index + 1)) " + conditions.map { $0.worked(language) }.joined(separator: ", ")
      }
      lines.append(Localized(en: line(.en), ko: line(.ko)))
      if conditions.allSatisfy(\.holds) {
        decision = index
        break
      }
    }
    let order = outcomes.indices.shuffled(using: &random)
    let options = LetteredOptions(names: order.map { outcomes[$0] })
    let chosen = order.firstIndex(of: decision) ?? 0
    let search = options.search(for: chosen)
    func steps(_ language: Language) -> String {
      ([readings.stated] + lines + [search]).map { $0[language] }.joined(separator: "\n")
    }
    var facts = readings.facts
    facts["machine"] = ManufacturingNames.machine(using: &random)
    facts["rules"] = Localized(en: list(.en), ko: list(.ko))
    facts["options"] = options.text
    return Scenario(
      facts: facts, givens: readings.givens + [list(.en), "level \(level)"],
      steps: Localized(en: steps(.en), ko: steps(.ko)),
      answer: .choice(options.letter(of: chosen), count: outcomes.count))
  }

  /// The quantities (0 temperature or rise, 1 vibration, 2 pressure or drop) that each rule compares.
  private static func conditions(level: Int, using random: inout SeededRandom) -> [[Int]] {
    guard level >= 2 else { return [[0], [1]].shuffled(using: &random) }
    guard level >= 3 else { return [[0], [1], [2]].shuffled(using: &random) }
    let order = [0, 1, 2].shuffled(using: &random)
    let (a, b, c) = (order[0], order[1], order[2])
    switch random.int(in: 0...2) {
    case 0: return level == 5 ? [[a, b], [b, c], [a]] : [[a, b], [a], [c]]
    case 1: return [[a, b], [c], [b]]
    default: return [[c], [a, b], [b]]
    }
  }

  /// For each quantity, whether its reading is to lie on the fault's side, such that rule `decision` (or none,
  /// at the end) is the first that holds.
  private static func states(
    leadingTo decision: Int, of rules: [[Int]], using random: inout SeededRandom
  ) -> [Bool] {
    let all = (0..<8).map { bits in (0..<3).map { bits >> $0 & 1 == 1 } }
    let fitting = all.filter { state in
      (rules.firstIndex { $0.allSatisfy { state[$0] } } ?? rules.count) == decision
    }
    return random.pick(fitting.isEmpty ? all : fitting)
  }
}

/// The readings of one diagnosis, each drawn on the wanted side of a threshold.
private struct Readings {
  /// A measured or computed quantity and the threshold beyond which a fault lies.
  struct Quantity {
    let name: Localized
    let value: Number
    let threshold: Number
    var below = false

    var holds: Bool { below ? value < threshold : value > threshold }
    /// The condition as the rule states it, and whether it holds.
    func worked(_ language: Language) -> String {
      "\(rule(language)): " + Worked.comparison(value, below ? .less : .greater, threshold)
    }
    func rule(_ language: Language) -> String { "\(name[language])\(below ? "<" : ">")\(threshold)" }
  }

  var facts: [String: Localized] = [:]
  var givens: [String] = []
  var stated = Localized("")
  var lines: [String] = []
  var quantities: [Quantity] = []

  private mutating func give(_ key: String, _ en: String, _ ko: String, _ value: Number, _ unit: String) {
    facts[key] = Localized("\(value) \(unit)")
    givens.append("\(value)")
    let comma = stated.en.isEmpty ? "" : ", "
    stated = Localized(en: stated.en + "\(comma)\(en) \(value)", ko: stated.ko + "\(comma)\(ko) \(value)")
  }

  mutating func heat(_ high: Bool, overAmbient: Bool, using random: inout SeededRandom) {
    let distance = Number(random.int(in: 1...15) * (high ? 1 : -1))
    let threshold = Number(overAmbient ? random.int(in: 20...45) : random.int(in: 60...90))
    let ambient = Number(overAmbient ? random.int(in: 15...32) : 0)
    let temperature = threshold + distance + ambient
    give("temperature", "temperature", "온도", temperature, "°C")
    if overAmbient {
      give("ambient", "ambient", "주위", ambient, "°C")
      lines.append(Worked.difference(temperature, ambient))
    }
    let name = overAmbient ? Localized(en: "rise", ko: "온도 상승") : Localized(en: "temperature", ko: "온도")
    quantities.append(Quantity(name: name, value: temperature - ambient, threshold: threshold))
  }

  mutating func vibration(_ high: Bool, using random: inout SeededRandom) {
    let threshold = Number(random.int(in: 4...9))
    let value = threshold + Number(random.int(in: 1...30) * (high ? 1 : -1), decimals: 1)
    give("vibration", "vibration", "진동", value, "mm/s")
    quantities.append(
      Quantity(name: Localized(en: "vibration", ko: "진동"), value: value, threshold: threshold))
  }

  mutating func pressure(_ low: Bool, belowSet: Bool, using random: inout SeededRandom) {
    if belowSet {
      let set = Number(random.int(in: 5...9))
      let threshold = Number(random.int(in: 7...20), decimals: 1)
      let drop = threshold + Number(random.int(in: 1...6) * (low ? 1 : -1), decimals: 1)
      give("pressure", "pressure", "압력", set - drop, "bar")
      give("set", "set", "설정", set, "bar")
      lines.append(Worked.difference(set, set - drop))
      quantities.append(
        Quantity(name: Localized(en: "drop", ko: "압력 강하"), value: drop, threshold: threshold))
    } else {
      let threshold = Number(random.int(in: 3...7))
      let value = threshold + Number(random.int(in: 1...20) * (low ? -1 : 1), decimals: 1)
      give("pressure", "pressure", "압력", value, "bar")
      quantities.append(
        Quantity(name: Localized(en: "pressure", ko: "압력"), value: value, threshold: threshold, below: true))
    }
  }
}
