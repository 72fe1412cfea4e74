import Kernels

/// Process capability: Cp = (upper − lower) / 6σ, Cpk = nearer limit's distance / 3σ.
///
/// Level 1 asks for Cp, 2 for Cpk, 3 lets the mean drift, 4 lowers sigma too, 5 asks for what a target lacks.
struct ProcessCapability: ProblemFamily {
  let name = "process_capability"
  var phrasings: [Language: [Phrasing]] { Self.frames }
  var sentenceBanks: [Language: SentenceBank] { Self.sentenceBanks }
  var statements: [Language: [String]] { Self.rules }

  private static let features: [(name: Localized, unit: String, decimals: Int)] = [
    (Localized(en: "shaft diameter", ko: "축 지름"), "mm", 2),
    (Localized(en: "plate thickness", ko: "판 두께"), "mm", 2),
    (Localized(en: "hole depth", ko: "구멍 깊이"), "mm", 2),
    (Localized(en: "fill weight", ko: "충전 중량"), "g", 1),
    (Localized(en: "bolt torque", ko: "볼트 토크"), "N·m", 1),
    (Localized(en: "cable length", ko: "케이블 길이"), "cm", 1),
    (Localized(en: "tensile strength", ko: "인장 강도"), "MPa", 0),
    (Localized(en: "coil resistance", ko: "코일 저항"), "Ω", 0),
    (Localized(en: "spring force", ko: "스프링 힘"), "N", 0),
  ]

  func scenario(level: Int, using random: inout SeededRandom) -> Scenario {
    let feature = random.pick(Self.features)
    // Lengths are drawn in steps of the feature's last decimal.
    func length(_ steps: Int) -> Number { Number(steps, decimals: feature.decimals) }
    var facts: [String: Localized] = [
      "feature": feature.name, "station": ManufacturingNames.station(using: &random),
    ]
    var givens: [String] = []
    var stated: [(en: String, ko: String, value: Number)] = []
    func give(_ key: String, _ en: String, _ ko: String, _ value: Number) {
      facts[key] = Localized("\(value) \(feature.unit)")
      givens.append("\(value)")
      stated.append((en, ko, value))
    }
    let lowerSteps = feature.decimals == 0 ? random.int(in: 300...1999) : random.int(in: 2000...8999)
    var lines: [String] = []
    var answer: Number
    if level <= 1 {
      let halves = random.pick([1, 2, 3])
      answer = Number(random.int(in: 6...24), decimals: 1)
      let spread = length(halves * 30)
      let width = spread * answer
      let sigma = length(halves * 5)
      give("upper", "upper", "상한", length(lowerSteps) + width)
      give("lower", "lower", "하한", length(lowerSteps))
      give("sigma", "sigma", "시그마", sigma)
      lines = [
        Worked.difference(length(lowerSteps) + width, length(lowerSteps)), Worked.product(6, sigma),
        Worked.quotient(width, spread, decimals: 1),
      ]
      facts["ask"] = Localized("Cp")
    } else {
      let ticks = random.pick([1, 2, 3])
      let cpk = Number(random.int(in: 5...18), decimals: 1)
      let spread = length(ticks * 30)
      let near = spread * cpk
      let far = near + length(random.int(in: 1...60))
      let nearIsUpper = random.int(in: 0...1) == 0
      let lower = length(lowerSteps)
      let mean = lower + (nearIsUpper ? far : near)
      let upper = mean + (nearIsUpper ? near : far)
      give("upper", "upper", "상한", upper)
      give("lower", "lower", "하한", lower)
      let drift = level >= 3 ? length(random.int(in: 1...40)) : 0
      give("mean", "mean", "평균", mean - drift)
      let cut = level >= 4 ? length(random.int(in: 1...9)) : 0
      give("sigma", "sigma", "시그마", length(ticks * 10) + cut)
      if level >= 3 {
        give("drift", "drift", "이동", drift)
        lines.append(Worked.sum(mean - drift, drift))
      }
      lines += [
        Worked.difference(upper, mean), Worked.difference(mean, lower), "min \(near)",
      ]
      if level >= 4 {
        give("cut", "cut", "감소", cut)
        lines.append(Worked.difference(length(ticks * 10) + cut, cut))
      }
      lines += [Worked.product(3, length(ticks * 10)), Worked.quotient(near, spread, decimals: 1)]
      answer = cpk
      facts["ask"] = Localized("Cpk")
      if level == 5 {
        let missing = Number(random.int(in: 1...15), decimals: 1)
        let target = cpk + missing
        facts["target"] = Localized("\(target)")
        facts["ask"] = Localized(en: "the gap between Cpk and its target", ko: "Cpk와 목표의 차이")
        givens.append("\(target)")
        stated.append(("target", "목표", target))
        lines.append(Worked.difference(target, cpk))
        answer = missing
      }
    }
    givens.append("level \(level)")
    let work = lines.joined(separator: "\n")
    return Scenario(
      facts: facts, givens: givens,
      steps: Localized(
        en: stated.map { "\($0.en) \($0.value)" }.joined(separator: ", ") + "\n\(work)",
        ko: stated.map { "\($0.ko) \($0.value)" }.joined(separator: ", ") + "\n\(work)"),
      answer: .number(answer))
  }
}
