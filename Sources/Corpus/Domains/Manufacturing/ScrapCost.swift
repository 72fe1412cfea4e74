import Kernels

/// Scrap of a batch: pieces scrapped = started pieces × scrap rate, and what they cost.
///
/// Level 1 asks for pieces, 2 for the cost of the scrap, 3 for the good pieces after a second step, 4 takes off
/// the salvage value, 5 has both.
struct ScrapCost: ProblemFamily {
  let name = "scrap_cost"
  var phrasings: [Language: [Phrasing]] { Self.frames }
  var sentenceBanks: [Language: SentenceBank] { Self.sentenceBanks }
  var statements: [Language: [String]] { Self.rules }

  /// Started pieces and a scrap rate in percent that give whole scrapped pieces, by rate.
  private static let batches: [[(started: Number, rate: Number)]] = (2...9).map { rate in
    stride(from: 200, through: 9000, by: 5).filter { $0 * rate % 100 == 0 }
      .map { (Number($0), Number(rate)) }
  }

  func scenario(level: Int, using random: inout SeededRandom) -> Scenario {
    let (started, rate) = random.pick(random.pick(Self.batches))
    var facts: [String: Localized] = [
      "part": random.pick(ManufacturingNames.parts),
      "line": ManufacturingNames.line(using: &random),
      "started": Localized(en: "\(started) pieces", ko: "\(started)개"),
      "rate": Localized("\(rate)%"),
    ]
    var givens = ["\(started)", "\(rate)"]
    var stated = Localized(en: "started \(started), rate \(rate)%", ko: "투입 \(started), 불량률 \(rate)%")
    func state(_ en: String, _ ko: String, _ value: Number) {
      stated = Localized(en: "\(stated.en), \(en) \(value)", ko: "\(stated.ko), \(ko) \(value)")
      givens.append("\(value)")
    }
    var lines = [Worked.percentage(rate, of: started)]
    var scrap = (started * rate).divided(by: 100)
    var answer = scrap
    facts["ask"] = Localized(en: "the number of scrap pieces", ko: "폐기 수량(개)")
    if level == 1, random.int(in: 0...1) == 0 {
      lines.append(Worked.difference(started, scrap))
      answer = started - scrap
      facts["ask"] = Localized(en: "the number of good pieces", ko: "양품 수량(개)")
      givens.append("good")
    }
    if level == 3 || level == 5 {
      let second = Number(random.int(in: 3...60))
      facts["second"] = Localized(en: "\(second) pieces", ko: "\(second)개")
      state("second", "2차", second)
      if level == 5 { lines.append(Worked.sum(scrap, second)) }
      if level == 3 {
        lines += [Worked.difference(started, scrap), Worked.difference(started - scrap, second)]
        answer = started - scrap - second
        facts["ask"] = Localized(en: "the number of good pieces", ko: "양품 수량(개)")
      }
      scrap = scrap + second
    }
    if level == 2 || level >= 4 {
      let loss = Number(random.int(in: 2...9))
      let salvage = level == 2 ? 0 : Number(random.int(in: 1...25))
      let cost = loss + salvage
      facts["cost"] = Localized(en: "\(cost) dollars per piece", ko: "개당 \(cost)달러")
      state("cost", "원가", cost)
      if level >= 4 {
        facts["salvage"] = Localized(en: "\(salvage) dollars per piece", ko: "개당 \(salvage)달러")
        state("salvage", "고철", salvage)
        lines.append(Worked.difference(cost, salvage))
      }
      lines.append(Worked.product(scrap, loss))
      answer = scrap * loss
      facts["ask"] =
        level == 2
        ? Localized(en: "the cost of the scrap in dollars", ko: "폐기 비용(달러)")
        : Localized(en: "the net scrap loss in dollars", ko: "순 폐기 손실(달러)")
    }
    givens.append("level \(level)")
    let work = lines.joined(separator: "\n")
    return Scenario(
      facts: facts, givens: givens,
      steps: Localized(en: "\(stated.en)\n\(work)", ko: "\(stated.ko)\n\(work)"), answer: .number(answer))
  }
}
