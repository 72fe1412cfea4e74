import Kernels

/// What a household pays for a public course: fee × persons, less a reduction in percent, capped, plus a charge.
///
/// Level 1 adds a filing charge; 2 a reduction for all persons; 3 a reduction for some of them (no charge);
/// 4 a cap on what the household pays; 5 the charge on top of the cap.
struct FeeReduction: ProblemFamily {
  let name = "fee_reduction"
  var phrasings: [Language: [Phrasing]] { Self.frames }
  var sentenceBanks: [Language: SentenceBank] { Self.sentenceBanks }
  var statements: [Language: [String]] { Self.sentences }

  func scenario(level: Int, using random: inout SeededRandom) -> Scenario {
    var fee: Int, persons: Int, reduced: Int
    repeat {
      fee = random.int(in: 12...99)
      persons = random.int(in: level >= 3 ? 3...9 : 2...9)
      reduced = level >= 3 ? random.int(in: 2...persons - 1) : persons
      // The fees that are reduced are a multiple of 10, so that a reduction by tens of percent is whole.
    } while level >= 2 && fee * reduced % 10 != 0
    let full = Number(fee * persons)
    var facts: [String: Localized] = [
      "person": random.pick(Names.people), "course": random.pick(PublicNames.courses),
      "fee": PublicNames.money(Number(fee)),
      "persons": Localized(en: "\(persons) persons", ko: "\(persons)명"),
      "ask": Localized(en: "the amount to pay in dollars", ko: "낼 금액(만 원)"),
    ]
    var givens = ["level \(level)", "\(fee)", "\(persons)"]
    var en = "fee \(fee), persons \(persons)", ko = "참가비 \(fee), 인원 \(persons)"
    var lines = [Worked.product(Number(fee), Number(persons))]
    var amount = full
    if level >= 2 {
      let percent = Number(random.int(in: 1...9) * 10)
      let base = Number(fee * reduced)
      facts["percent"] = Localized("\(percent)%")
      facts["who"] =
        level == 2
        ? Localized(en: "all persons", ko: "전원") : Localized(en: "\(reduced) persons", ko: "\(reduced)명")
      givens += ["\(reduced)", "\(percent)"]
      en += ", reduction \(percent)%" + (level == 2 ? "" : " for \(reduced)")
      ko += ", 감면 \(percent)%" + (level == 2 ? "" : " \(reduced)명")
      if level >= 3 { lines.append(Worked.product(Number(fee), Number(reduced))) }
      let less = (base * percent).divided(by: 100)
      lines.append(Worked.percentage(percent, of: base))
      lines.append(Worked.difference(full, less))
      amount = full - less
    }
    if level >= 4 {
      let binds = random.int(in: 0...1) == 0
      let ceiling =
        binds ? max(10, amount.units - random.int(in: 1...50)) : amount.units + random.int(in: 0...50)
      let cap = Number(ceiling)
      facts["cap"] = PublicNames.money(cap)
      givens.append("\(cap)")
      en += ", cap \(cap)"
      ko += ", 상한 \(cap)"
      let within = amount <= cap
      lines.append("\(Worked.comparison(amount, .atMost, cap)), \(within ? amount : cap)")
      amount = within ? amount : cap
    }
    if level != 3 && level != 4 {
      let charge = Number(random.int(in: 5...45))
      facts["charge"] = PublicNames.money(charge)
      givens.append("\(charge)")
      en += ", charge \(charge)"
      ko += ", 접수료 \(charge)"
      lines.append(Worked.sum(amount, charge))
      amount = amount + charge
    }
    let work = lines.joined(separator: "\n")
    return Scenario(
      facts: facts, givens: givens, steps: Localized(en: "\(en)\n\(work)", ko: "\(ko)\n\(work)"),
      answer: .number(amount))
  }
}
