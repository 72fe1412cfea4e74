import Kernels

/// Overall equipment effectiveness: availability × performance × quality, all in percent.
///
/// Level 1 asks for one rate, 2 takes the quality as 100 %, 3 gives performance and quality as rates, 4 counts
/// the defects, 5 counts the output against the ideal count too.
struct EquipmentEffectiveness: ProblemFamily {
  let name = "equipment_effectiveness"
  var phrasings: [Language: [Phrasing]] { Self.frames }
  var sentenceBanks: [Language: SentenceBank] { Self.sentenceBanks }
  var statements: [Language: [String]] { Self.rules }

  func scenario(level: Int, using random: inout SeededRandom) -> Scenario {
    var draft = Draft(using: &random)
    switch level {
    case 1: draft.oneRate(using: &random)
    case 2: draft.withoutDefects(using: &random)
    default: draft.all(level: level, using: &random)
    }
    draft.givens.append("level \(level)")
    return draft.scenario
  }

  /// What is known of the problem so far.
  private struct Draft {
    var facts: [String: Localized]
    var givens: [String] = []
    var lines: [String] = []
    var stated: Localized
    var answer: Number = 0
    let hundreds: Int

    init(using random: inout SeededRandom) {
      hundreds = random.int(in: 2...9)
      facts = ["machine": ManufacturingNames.machine(using: &random)]
      stated = Localized("")
    }

    var scenario: Scenario {
      let work = lines.joined(separator: "\n")
      return Scenario(
        facts: facts, givens: givens,
        steps: Localized(en: "\(stated.en)\n\(work)", ko: "\(stated.ko)\n\(work)"), answer: .number(answer))
    }

    mutating func state(_ en: String, _ ko: String, _ value: Number) {
      let comma = stated.en.isEmpty ? "" : ", "
      stated = Localized(en: stated.en + "\(comma)\(en) \(value)", ko: stated.ko + "\(comma)\(ko) \(value)")
    }

    mutating func count(_ key: String, _ value: Number) {
      facts[key] = Localized(en: "\(value) pieces", ko: "\(value)개")
      givens.append("\(value)")
    }

    /// States planned time and downtime for an availability of `percent`; writes its steps when `worked`.
    mutating func availability(_ percent: Number, worked: Bool = true) {
      let planned = Number(hundreds * 100), run = Number(hundreds) * percent
      facts["planned"] = Localized(en: "\(planned) min", ko: "\(planned)분")
      facts["downtime"] = Localized(en: "\(planned - run) min", ko: "\(planned - run)분")
      givens += ["\(planned)", "\(planned - run)"]
      guard worked else { return }
      state("planned", "계획", planned)
      state("downtime", "정지", planned - run)
      lines.append(Worked.difference(planned, planned - run))
      share(run, of: planned)
    }

    /// `part` as a percentage of `whole`, a multiple of 100.
    mutating func share(_ part: Number, of whole: Number) {
      let unit = whole.divided(by: 100)
      lines.append("\(whole)/100=\(unit), " + Worked.quotient(part, unit))
    }

    mutating func oneRate(using random: inout SeededRandom) {
      let rate = Number(random.int(in: 60...97))
      let digits = random.int(in: 2...9), scale = random.int(in: 0...1) == 0 ? 1 : 10
      let output = Number(digits * scale * 100)
      let quality = Number(random.int(in: 70...99))
      let defects = Number(digits * scale) * (100 - quality)
      let asksQuality = random.int(in: 0...1) == 0
      availability(rate, worked: !asksQuality)
      count("output", output)
      count("defects", defects)
      answer = rate
      facts["ask"] = Localized(en: "the availability in percent", ko: "시간가동률(%)")
      givens.append(asksQuality ? "quality" : "availability")
      guard asksQuality else { return }
      state("output", "생산", output)
      state("defects", "불량", defects)
      lines.append(Worked.difference(output, defects))
      share(output - defects, of: output)
      facts["ask"] = Localized(en: "the quality rate in percent", ko: "양품률(%)")
      answer = quality
    }

    mutating func rate(_ key: String, _ en: String, _ ko: String, _ value: Number) {
      facts[key] = Localized("\(value)%")
      givens.append("\(value)")
      state(en, ko, value)
    }

    mutating func withoutDefects(using random: inout SeededRandom) {
      let time = Number(random.int(in: 60...97)), speed = Number(random.int(in: 50...99))
      availability(time)
      rate("performance", "performance", "성능", speed)
      facts["quality"] = Localized("100%")
      lines.append(Worked.percentage(speed, of: time))
      answer = (time * speed).divided(by: 100, decimals: 2)
      facts["ask"] = Localized(en: "the OEE in percent", ko: "설비종합효율(%)")
    }

    /// At most one of the three rates has two significant digits, so that every product has a short factor.
    mutating func all(level: Int, using random: inout SeededRandom) {
      var rates = [0, 1, 2].map { _ in Number(random.int(in: 6...9) * 10) }
      rates[2] = Number(random.int(in: 7...9) * 10)
      let free = level == 5 ? random.pick([0, 0, 0, 1, 2, 2]) : random.int(in: 0...2)
      rates[free] = Number(random.int(in: free == 2 ? 75...98 : 60...98))
      let (time, speed, quality) = (rates[0], rates[1], rates[2])
      availability(time)
      let shortSpeed = speed.units % 10 == 0
      if level < 5 {
        rate("performance", "performance", "성능", speed)
      } else {
        let ideal = Number(shortSpeed ? random.int(in: 1...9) * 1000 : random.int(in: 1...3) * 10_000)
        let output = (ideal * speed).divided(by: 100)
        facts["ideal"] = Localized(en: "\(ideal) pieces", ko: "\(ideal)개")
        givens.append("\(ideal)")
        state("ideal", "이론", ideal)
        inspect(output, quality)
        share(output, of: ideal)
      }
      if level == 3 { rate("quality", "quality", "양품", quality) }
      if level == 4 { inspect(Number(random.int(in: 2...9) * random.pick([100, 1000])), quality) }
      if level >= 4, let output = total {
        let good = (output * quality).divided(by: 100)
        lines.append(Worked.difference(output, output - good))
        share(good, of: output)
      }
      let both = (time * speed).divided(by: 100, decimals: 2)
      lines += [Worked.percentage(speed, of: time), Worked.percentage(quality, of: both)]
      answer = (both * quality).divided(by: 100, decimals: 4)
      facts["ask"] = Localized(en: "the OEE in percent", ko: "설비종합효율(%)")
    }

    private var total: Number?

    /// States `output` and the defects that leave a quality rate of `quality`.
    private mutating func inspect(_ output: Number, _ quality: Number) {
      let defects = output - (output * quality).divided(by: 100)
      count("output", output)
      count("defects", defects)
      state("output", "생산", output)
      state("defects", "불량", defects)
      total = output
    }
  }
}
