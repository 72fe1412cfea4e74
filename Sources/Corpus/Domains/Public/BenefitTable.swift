import Kernels

/// A benefit from a table by household size, with a child supplement and an income deduction.
///
/// Level 1: amount and supplement; 2: income deducted whole; 3: a share of the income; 4: income above an
/// allowance only; 5: a maximum.
struct BenefitTable: ProblemFamily {
  let name = "benefit_table"
  var phrasings: [Language: [Phrasing]] { Self.frames }
  var sentenceBanks: [Language: SentenceBank] { Self.sentenceBanks }
  var statements: [Language: [String]] { Self.sentences }

  func scenario(level: Int, using random: inout SeededRandom) -> Scenario {
    var rows = [random.int(in: 80...120)]
    while rows.count < 4 { rows.append(rows[rows.count - 1] + random.int(in: 15...60)) }
    let size = random.int(in: 3...6)
    let children = random.int(in: 2...min(4, size - 1))
    let supplement = random.int(in: 6...25)
    let row = Number(rows[size - 3])
    var amount = row + Number(children * supplement)
    var facts: [String: Localized] = [
      "person": random.pick(Names.people), "programme": random.pick(PublicNames.programmes),
      "table": Localized(
        en: rows.enumerated().map { "size \($0 + 3): \($1)" }.joined(separator: ", "),
        ko: rows.enumerated().map { "\($0 + 3)인 \($1)" }.joined(separator: ", ")),
      "size": Localized(en: "\(size)", ko: "\(size)인"), "children": Localized("\(children)"),
      "supplement": PublicNames.money(Number(supplement)),
      "ask": Localized(en: "the weekly benefit in dollars", ko: "월 급여액(만 원)"),
    ]
    var givens = ["level \(level)", "\(row)", "\(size)", "\(children)", "\(supplement)"]
    var en = "size \(size), children \(children), supplement \(supplement)"
    var ko = "가구 \(size)인, 자녀 \(children), 가산 \(supplement)"
    var lines = [
      Worked.product(Number(supplement), Number(children)),
      Worked.sum(row, Number(children * supplement)),
    ]
    if level >= 2 {
      let allowance = random.int(in: 1...5) * 10
      let percent = Number(random.int(in: 1...8) * 10)
      var income = level == 2 ? random.int(in: 11...59) : random.int(in: 2...9) * 10
      if level >= 4 { income += allowance }
      facts["income"] = PublicNames.money(Number(income))
      givens.append("\(income)")
      en += ", income \(income)"
      ko += ", 소득 \(income)"
      var deducted = Number(income)
      if level >= 4 {
        facts["allowance"] = PublicNames.money(Number(allowance))
        givens.append("\(allowance)")
        en += ", allowance \(allowance)"
        ko += ", 공제 \(allowance)"
        lines.append(Worked.difference(deducted, Number(allowance)))
        deducted = deducted - Number(allowance)
      }
      facts["share"] = Localized(level == 2 ? "100%" : "\(percent)%")
      if level >= 3 {
        givens.append("\(percent)")
        en += ", deduction \(percent)%"
        ko += ", 차감 \(percent)%"
        lines.append(Worked.percentage(percent, of: deducted))
        deducted = (deducted * percent).divided(by: 100)
      }
      lines.append(Worked.difference(amount, deducted))
      amount = amount - deducted
    }
    if level == 5 {
      let binds = random.int(in: 0...1) == 0
      let maximum = binds ? amount - Number(random.int(in: 1...15)) : amount + Number(random.int(in: 0...40))
      facts["maximum"] = PublicNames.money(maximum)
      givens.append("\(maximum)")
      en += ", maximum \(maximum)"
      ko += ", 상한 \(maximum)"
      let within = amount <= maximum
      lines.append("\(Worked.comparison(amount, .atMost, maximum)), \(within ? amount : maximum)")
      amount = within ? amount : maximum
    }
    let work = lines.joined(separator: "\n")
    return Scenario(
      facts: facts, givens: givens,
      steps: Localized(en: "\(en)\nsize \(size): \(row)\n\(work)", ko: "\(ko)\n\(size)인 \(row)\n\(work)"),
      answer: .number(amount))
  }
}
