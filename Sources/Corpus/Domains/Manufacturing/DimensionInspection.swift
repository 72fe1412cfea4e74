import Kernels

/// Accept or reject: a measured value against its limits, a lot against its acceptance number.
///
/// Level 1 states the limits, 2 a nominal value with its tolerance, 3 narrows the tolerance by the measurement
/// uncertainty, 4 adds the lot's defects to level 2, 5 to level 3.
struct DimensionInspection: ProblemFamily {
  let name = "dimension_inspection"
  var phrasings: [Language: [Phrasing]] { Self.frames }
  var sentenceBanks: [Language: SentenceBank] { Self.sentenceBanks }
  var statements: [Language: [String]] { Self.rules }

  private static let features: [(name: Localized, unit: String)] = Localized.pairs(
    [
      "shaft diameter", "plate thickness", "hole depth", "pin height", "fill weight", "powder mass",
      "bolt torque",
      "cable length",
    ],
    ["축 지름", "판 두께", "구멍 깊이", "핀 높이", "충전 중량", "분말 질량", "볼트 토크", "케이블 길이"]
  ).enumerated().map {
    ($1, ["mm", "mm", "mm", "mm", "g", "g", "N·m", "cm"][$0])
  }

  func scenario(level: Int, using random: inout SeededRandom) -> Scenario {
    let feature = random.pick(Self.features)
    let narrows = level == 3 || level == 5
    let isLot = level >= 4
    // All in tenths of the unit.
    let nominal = random.int(in: 120...989)
    let tolerance = random.int(in: 4...30)
    let uncertainty = narrows ? random.int(in: 1...min(9, tolerance - 2)) : 0
    let reach = tolerance - uncertainty
    let acceptance = random.int(in: 1...9)
    let fault = Fault.draw(lot: isLot, using: &random)
    let offset = fault.size ? reach + random.int(in: 1...6) : random.int(in: max(0, reach - 9)...reach)
    let measured = nominal + (random.int(in: 0...1) == 0 ? offset : -offset)
    let defects = fault.count ? acceptance + random.int(in: 1...5) : random.int(in: 0...acceptance)

    var facts: [String: Localized] = [
      "feature": feature.name, "station": ManufacturingNames.station(using: &random),
    ]
    var givens: [String] = []
    var stated = Localized("")
    func give(_ key: String, _ en: String, _ ko: String, _ value: Number, _ fact: Localized? = nil) {
      facts[key] = fact ?? Localized("\(value) \(feature.unit)")
      givens.append("\(value)")
      let comma = stated.en.isEmpty ? "" : ", "
      stated = Localized(en: stated.en + "\(comma)\(en) \(value)", ko: stated.ko + "\(comma)\(ko) \(value)")
    }
    func tenths(_ steps: Int) -> Number { Number(steps, decimals: 1) }
    var lines: [String] = []
    if level == 1 {
      give("lower", "lower", "하한", tenths(nominal - tolerance))
      give("upper", "upper", "상한", tenths(nominal + tolerance))
    } else {
      give("nominal", "nominal", "기준", tenths(nominal))
      give("tolerance", "tolerance", "공차", tenths(tolerance))
      if narrows {
        give("uncertainty", "uncertainty", "불확도", tenths(uncertainty))
        lines.append(Worked.difference(tenths(tolerance), tenths(uncertainty)))
      }
      lines += [
        Worked.difference(tenths(nominal), tenths(reach)), Worked.sum(tenths(nominal), tenths(reach)),
      ]
    }
    give("measured", "measured", "측정", tenths(measured))
    lines += [
      Worked.comparison(tenths(measured), .atLeast, tenths(nominal - reach)),
      Worked.comparison(tenths(measured), .atMost, tenths(nominal + reach)),
    ]
    facts["ask"] = Localized(en: "the part", ko: "부품")
    if isLot {
      give(
        "defects", "defects", "불량", Number(defects),
        Localized(en: "\(defects) piece\(defects == 1 ? "" : "s")", ko: "\(defects)개"))
      give("acceptance", "acceptance", "합격 판정", Number(acceptance), Localized("\(acceptance)"))
      lines.append(Worked.comparison(defects, .atMost, acceptance))
      facts["ask"] = Localized(en: "the lot", ko: "로트")
    }
    givens.append("level \(level)")
    let work = lines.joined(separator: "\n")
    return Scenario(
      facts: facts, givens: givens,
      steps: Localized(en: "\(stated.en)\n\(work)", ko: "\(stated.ko)\n\(work)"),
      answer: .boolean(!fault.size && !fault.count))
  }

  /// Why a part or lot is rejected, if it is.
  private struct Fault {
    var size = false
    var count = false

    /// Half of all are right; a wrong lot is wrong in size, in count or in both.
    static func draw(lot: Bool, using random: inout SeededRandom) -> Fault {
      guard random.int(in: 0...1) == 0 else { return Fault() }
      guard lot else { return Fault(size: true) }
      return random.pick([Fault(size: true), Fault(count: true), Fault(size: true, count: true)])
    }
  }
}
