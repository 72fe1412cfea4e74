import Kernels

/// Takt time = net working time / demand, and the workers that a work content needs at that takt.
///
/// Levels 1 and 2 ask for the takt time (of one shift, of several), 3 and 4 for the workers, 5 for the workers
/// who are missing.
struct TaktTime: ProblemFamily {
  let name = "takt_time"
  var phrasings: [Language: [Phrasing]] { Self.frames }
  var sentenceBanks: [Language: SentenceBank] { Self.sentenceBanks }
  var statements: [Language: [String]] { Self.rules }

  /// Demand, net minutes of a shift and shifts a day, such that the takt time is short.
  private struct Plan: Sendable {
    let demand: Number
    let net: Number
    let shifts: Number
    let takt: Number
  }

  private static let plans: [[Plan]] = (1...5).map { level in
    let shifts = level == 2 || level >= 4 ? [2, 3] : [1]
    let demands = (2...9).map { $0 * 10 } + (1...9).map { $0 * 100 } + [1000, 1200, 1500]
    var plans: [Plan] = []
    for demand in demands {
      for net in 300...520 {
        for count in shifts {
          let total = Number(net * count)
          let takt = total.divided(by: Number(demand), decimals: 2)
          guard takt * Number(demand) == total, Worked.significantDigits(Number(demand)) == 1 else {
            continue
          }
          let short = Worked.significantDigits(takt) == 1
          guard level <= 2 ? takt.double >= 0.5 && takt.double <= 24 : short && takt.double >= 0.4 else {
            continue
          }
          plans.append(Plan(demand: Number(demand), net: Number(net), shifts: Number(count), takt: takt))
        }
      }
    }
    return plans
  }

  func scenario(level: Int, using random: inout SeededRandom) -> Scenario {
    let plan = random.pick(Self.plans[min(max(level, 1), 5) - 1])
    let breaks = Number(random.int(in: 4...18) * 5)
    let shift = plan.net + breaks
    let daily = level == 2 || level >= 4
    var facts: [String: Localized] = [
      "line": ManufacturingNames.line(using: &random),
      "shift": Localized(en: "\(shift) min", ko: "\(shift)분"),
      "breaks": Localized(en: "\(breaks) min", ko: "\(breaks)분"),
      "demand": daily
        ? Localized(en: "\(plan.demand) pieces a day", ko: "하루 \(plan.demand)개")
        : Localized(en: "\(plan.demand) pieces a shift", ko: "교대당 \(plan.demand)개"),
      "ask": Localized(en: "the takt time in minutes", ko: "택트 타임(분)"),
    ]
    var givens = ["\(shift)", "\(breaks)", "\(plan.shifts)", "\(plan.demand)"]
    var stated = Localized(
      en: "shift \(shift), breaks \(breaks), demand \(plan.demand)",
      ko: "교대 \(shift), 휴식 \(breaks), 수요 \(plan.demand)")
    func state(_ en: String, _ ko: String, _ value: Number) {
      stated = Localized(en: "\(stated.en), \(en) \(value)", ko: "\(stated.ko), \(ko) \(value)")
    }
    var lines = [Worked.difference(shift, breaks)]
    var total = plan.net
    if daily {
      facts["shifts"] = Localized(en: "\(plan.shifts) shifts a day", ko: "하루 \(plan.shifts)교대")
      state("shifts", "교대 수", plan.shifts)
      total = plan.net * plan.shifts
      lines.append(Worked.product(plan.net, plan.shifts))
    }
    lines.append(Worked.quotient(total, plan.demand, decimals: 2))
    var answer = plan.takt
    if level >= 3 {
      let workers = Number(random.int(in: 3...28))
      let work = plan.takt * workers
      facts["work"] = Localized(en: "\(work) min per piece", ko: "개당 \(work)분")
      facts["ask"] = Localized(en: "the number of workers needed", ko: "필요한 작업자 수(명)")
      givens.append("\(work)")
      state("work", "작업", work)
      lines.append(Worked.quotient(work, plan.takt))
      answer = workers
      if level == 5 {
        let present = Number(random.int(in: 1...workers.units - 1))
        facts["present"] = Localized(en: "\(present) workers", ko: "\(present)명")
        facts["ask"] = Localized(en: "the number of workers missing", ko: "부족한 작업자 수(명)")
        givens.append("\(present)")
        state("present", "현재", present)
        lines.append(Worked.difference(workers, present))
        answer = workers - present
      }
    }
    givens.append("level \(level)")
    let steps = lines.joined(separator: "\n")
    return Scenario(
      facts: facts, givens: givens,
      steps: Localized(en: "\(stated.en)\n\(steps)", ko: "\(stated.ko)\n\(steps)"), answer: .number(answer))
  }
}
