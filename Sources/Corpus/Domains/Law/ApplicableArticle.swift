import Kernels

/// Which of four fictional articles governs a case, by the kind of contract and the amount in dispute.
///
/// Level 1: the kind alone; 2: ranges of the amount; 3: kind and amount; 4: the amount is months times a
/// rate; 5: less what was paid.
struct ApplicableArticle: ProblemFamily {
  let name = "applicable_article"
  var phrasings: [Language: [Phrasing]] { Self.writtenPhrasings }
  var sentenceBanks: [Language: SentenceBank] { Self.sentenceBanks }
  var statements: [Language: [String]] { Self.writtenStatements }

  /// One article: a kind of contract and the amounts `above` (exclusive) to `atMost`.
  private struct Article {
    let number: Int
    let kind: Localized
    var above: Int?
    var atMost: Int?

    /// The range in words; nil when the kind alone decides.
    var range: Localized? {
      switch (above, atMost) {
      case (nil, nil): nil
      case (nil, let atMost?): Localized(en: "up to \(atMost)", ko: "\(atMost) 이하")
      case (let above?, nil): Localized(en: "over \(above)", ko: "\(above) 초과")
      case (let above?, let atMost?):
        Localized(en: "over \(above) to \(atMost)", ko: "\(above) 초과 \(atMost) 이하")
      }
    }

    var text: Localized {
      Localized(
        en: "Art. \(number) \(scope.en)", ko: "제\(number)조 \(scope.ko)")
    }

    /// The kind and the range, if there is one.
    private var scope: Localized {
      guard let range else { return kind }
      return Localized(en: "\(kind.en) \(range.en)", ko: "\(kind.ko) \(range.ko)")
    }

    /// The step that asks whether this article governs: the kind first, then each bound.
    func reading(_ letter: String, kind asked: Localized, amount: Int) -> Localized {
      let sameness = Worked.sameness(kind, asked)
      var checks: [String] = []
      if kind == asked {
        if let above { checks.append(Worked.comparison(amount, .greater, above)) }
        if let atMost { checks.append(Worked.comparison(amount, .atMost, atMost)) }
      }
      func text(_ language: Language) -> String {
        "\(letter)) \(scope[language]): " + ([sameness[language]] + checks).joined(separator: ", ")
      }
      return Localized(en: text(.en), ko: text(.ko))
    }
  }

  func scenario(level: Int, using random: inout SeededRandom) -> Scenario {
    let kinds = ApplicableArticle.kinds.shuffled(using: &random)
    let kind = kinds[0]
    var facts = LawNames.opening(
      ["party": Names.people],
      asking: Localized(en: "the article that applies (A, B, C or D)", ko: "적용되는 조문(A, B, C, D 중 하나)"),
      using: &random)
    facts["kind"] = kind
    var sheet = SolutionSheet(level: level)
    sheet.state(en: "contract", ko: "계약", kind)
    let amount = level > 1 ? ApplicableArticle.amount(level: level, &facts, &sheet, &random) : 0
    let ranges: [(above: Int?, atMost: Int?)]
    let target: Int
    switch level {
    case 1:
      target = 0
      ranges = Array(repeating: (nil, nil), count: 4)
    case 2:
      let first = random.int(in: 1...3) * 100
      let bounds = [first, first + random.int(in: 1...2) * 100, first + random.int(in: 3...4) * 100]
      target = bounds.filter { $0 < amount }.count
      ranges = [(nil, bounds[0]), (bounds[0], bounds[1]), (bounds[1], bounds[2]), (bounds[2], nil)]
    default:
      target = random.int(in: 0...1)
      let limit = ApplicableArticle.limit(amount, isExceeded: target == 1, &random)
      let other = random.int(in: 8...69) * 10
      ranges = [(nil, limit), (limit, nil), (nil, other), (other, nil)]
    }
    let numbers = ApplicableArticle.numbers.shuffled(using: &random)
    let order = [0, 1, 2, 3].shuffled(using: &random)
    let letter = LetteredOptions.letters[order.firstIndex(of: target) ?? 0]
    let articles = order.map { index in
      let kindIndex = level == 1 ? index : level == 2 ? 0 : index / 2
      return Article(
        number: numbers[index], kind: kinds[kindIndex], above: ranges[index].above,
        atMost: ranges[index].atMost)
    }
    let options = LetteredOptions(names: articles.map(\.text))
    facts["options"] = options.text
    sheet.decide(options.text.en)
    for (index, article) in articles.enumerated() {
      sheet.step(article.reading(LetteredOptions.letters[index], kind: kind, amount: amount))
      if order[index] == target { break }
    }
    return sheet.scenario(facts, answer: .choice(letter, count: 4))
  }

  /// Draws the amount in dispute, or months, a rate and what was paid that lead to it.
  private static func amount(
    level: Int, _ facts: inout [String: Localized], _ sheet: inout SolutionSheet, _ random: inout SeededRandom
  ) -> Int {
    guard level > 3 else {
      let amount = random.happens(10) ? random.int(in: 1...7) * 100 : random.int(in: 60...799)
      facts["amount"] = LawNames.money(Number(amount))
      sheet.state(en: "amount", ko: "금액", amount)
      return amount
    }
    let months = random.int(in: 3...9)
    let rate = random.int(in: 3...19) * (level == 4 ? 5 : 10)
    facts["months"] = Localized(en: "\(months) months", ko: "\(months)개월")
    facts["rate"] = LawNames.money(Number(rate))
    sheet.state(en: "months", ko: "개월", months)
    sheet.state(en: "rate", ko: "월액", rate)
    sheet.step(Worked.product(Number(rate), Number(months)))
    guard level == 5 else { return rate * months }
    let paid = random.int(in: 1...((rate * months - 40) / 10)) * 10
    facts["paid"] = LawNames.money(Number(paid))
    sheet.state(en: "paid", ko: "지급", paid)
    sheet.step(Worked.difference(Number(rate * months), Number(paid)))
    return rate * months - paid
  }

  /// A limit in tens that `amount` (40 or more) exceeds or does not.
  private static func limit(_ amount: Int, isExceeded: Bool, _ random: inout SeededRandom) -> Int {
    if isExceeded { return (amount - 1 - random.int(in: 0...min(200, amount - 20))) / 10 * 10 }
    return (amount + (random.happens(10) ? 0 : random.int(in: 1...200)) + 9) / 10 * 10
  }

  private static let numbers = Array(2...60)
  private static let kinds = Localized.pairs(
    ["sale", "lease", "loan", "deposit", "agency", "carriage", "insurance", "licence", "repair", "storage"],
    ["매매", "임대차", "대여", "예치", "대리", "운송", "보험", "사용허락", "수리", "보관"])
}
