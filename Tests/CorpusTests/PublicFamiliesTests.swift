import Corpus
import Foundation
import Kernels
import Testing

/// Answers of the public sector's families, worked out a second way from the prompt alone.
@Suite struct PublicFamiliesTests {
  /// English problems of one family and level, from the training side.
  private func problems(_ name: String, level: Int, language: Language = .en, count: Int = 300) -> [Problem] {
    guard let family = DomainName.publicSector.families.first(where: { $0.name == name }) else { return [] }
    let generator = ProblemGenerator(domains: [.publicSector], side: .train, seed: 31)
    var random = SeededRandom(seed: UInt64(level))
    return (0..<count).map { _ in
      generator.problem(of: family, domain: .publicSector, level: level, language: language, using: &random)
    }
  }

  /// The deadlines have a test of their own, against a calendar.
  @Test(arguments: DomainName.publicSector.families.map(\.name).filter { $0 != "working_day_deadline" })
  func answersFollowFromTheGivens(_ name: String) throws {
    try FamilyDraws.expectAnswers(name, of: .publicSector, follow: Self.expected)
  }

  @Test func commonestAnswerIsRarelyRight() {
    FamilyDraws.expectCommonestAnswerRarelyRight(.publicSector, margin: 0.06)
  }

  @Test func stepsUseSmallNumbers() { FamilyDraws.expectSmallNumbers(.publicSector, decimals: 2) }

  /// The answer's text from the given values.
  private static func expected(_ name: String, _ level: Int, _ scenario: Scenario) -> String? {
    let values = FamilyDraws.numbers(scenario)
    switch name {
    case "benefit_eligibility": return eligibility(level, values)
    case "fee_reduction": return "\(fee(level, values))"
    case "benefit_table": return benefit(level, values, scenario)
    case "office_choice": return office(level, values, scenario)
    case "rule_precedence": return "\(charge(level, values, scenario))"
    default: return nil
    }
  }

  /// Least age and age, limit and income, then children, residence and savings as the level has them.
  private static func eligibility(_ level: Int, _ g: [Double]) -> String {
    var rest = g.dropFirst(4)
    let limit = g[2] + (level >= 3 ? rest.removeFirst() * rest.removeFirst() : 0)
    var holds = g[1] >= g[0] && g[3] <= limit
    if level >= 2 { holds = rest.removeFirst() <= rest.removeFirst() && holds }
    if level >= 4 { holds = rest.removeFirst() >= rest.removeFirst() && holds }
    return holds ? "yes" : "no"
  }

  private static func fee(_ level: Int, _ g: [Double]) -> Double {
    var amount = g[0] * g[1]
    if level >= 2 { amount -= g[0] * g[2] * g[3] / 100 }
    if level >= 4 { amount = min(amount, g[4]) }
    return amount + (level == 3 || level == 4 ? 0 : g[g.count - 1])
  }

  /// The amount for the household's size is read from the table as it is printed.
  private static func benefit(_ level: Int, _ g: [Double], _ scenario: Scenario) -> String? {
    let rows = (scenario.facts["table"]?.en ?? "").split(separator: ", ")
    let row = rows.first { $0.hasPrefix("size \(Int(g[1])): ") }
    guard var amount = row?.split(separator: " ").last.flatMap({ Double($0) }) else { return nil }
    amount += g[2] * g[3]
    if level >= 2 {
      let income = g[4] - (level >= 4 ? g[5] : 0)
      amount -= income * (level == 2 ? 100 : g[level == 3 ? 5 : 6]) / 100
    }
    return "\(level == 5 ? min(amount, g[7]) : amount)"
  }

  /// Reads the rules as they are printed: an urgent request has its own, the others go by topic and amount.
  private static func office(_ level: Int, _ g: [Double], _ scenario: Scenario) -> String? {
    let topic = scenario.givens[1]
    let isUrgent = scenario.givens.last == "urgent"
    let form = #/(?<topic>[a-z]+)(?: (?<side>up to|above) (?<bound>\d+))?: (?<place>[^;]+)/#
    let rule = (scenario.facts["rules"]?.en ?? "").matches(of: form).first { rule in
      guard !isUrgent else { return rule.topic == "urgent" }
      guard rule.topic == topic else { return false }
      guard let bound = rule.bound.flatMap({ Double($0) }), let amount = g.first else { return true }
      return rule.side == "above" ? amount > bound : amount <= bound
    }
    let options = (scenario.facts["options"]?.en ?? "").split(separator: "; ")
    return options.first { $0.dropFirst(3) == rule?.place }.map { String($0.prefix(1)) }
  }

  /// Two rates and the days, then year, change and new rates, then the free days.
  private static func charge(_ level: Int, _ g: [Double], _ scenario: Scenario) -> Double {
    let isSpecial =
      scenario.facts["use"] == scenario.facts["specialUse"]
      && (level < 4 || scenario.facts["area"] != scenario.facts["excluded"])
    let isChanged = level >= 2 && g[3] >= g[4]
    let rate = isSpecial ? (isChanged && level >= 3 ? g[6] : g[1]) : (isChanged ? g[5] : g[0])
    return rate * (g[2] - (level == 5 ? g[g.count - 1] : 0))
  }

  /// Every date in the prompt: the first by weekday is the notice's, the others are holidays.
  @Test(arguments: 1...5) func workingDayDeadlinesAgreeWithFoundation(_ level: Int) throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = .withFullDate
    let names = "Monday|Tuesday|Wednesday|Thursday|Friday"
    for problem in problems("working_day_deadline", level: level) {
      let start = try #require(
        problem.prompt.firstMatch(of: try Regex("(\(names)) (\\d{4}-\\d\\d-\\d\\d)"))?.output[2].substring)
      let holidays = Set(
        problem.prompt.matches(of: #/\d{4}-\d\d-\d\d/#).map { String($0.output) }.filter { $0 != start })
      func number(_ pattern: String) throws -> Int? {
        try problem.prompt.firstMatch(of: Regex(pattern))?.output[1].substring.flatMap { Int($0) }
      }
      let post = try number("(\\d) calendar days? later") ?? 0
      let counts = problem.prompt.matches(of: #/(\d) working day/#).compactMap { Int($0.output.1) }
      #expect(counts.count == (level == 5 ? 2 : 1))
      var day = try #require(formatter.date(from: String(start))), left = counts.reduce(0, +)
      day += Double(post) * 86_400
      while left > 0 {
        day += 86_400
        let isWeekend = [1, 7].contains(calendar.component(.weekday, from: day))
        if !isWeekend && !holidays.contains(formatter.string(from: day)) { left -= 1 }
      }
      #expect(formatter.string(from: day) == problem.answer.text, "\(problem.prompt)\n\(problem.reasoning)")
    }
  }

  /// The letter of the answer stands before a place that the rules name, and letters are balanced.
  @Test(arguments: 1...5) func officeChoicesAreBalancedOverLetters(_ level: Int) {
    var counts: [String: Int] = [:]
    let drawn = problems("office_choice", level: level, count: 1000)
    for problem in drawn {
      counts[problem.answer.text, default: 0] += 1
      guard case .choice(_, let count) = problem.answer else { return #expect(Bool(false)) }
      #expect(count == [3, 3, 4, 4, 5][level - 1])
      let last =
        problem.reasoning.split(whereSeparator: { "\n,:".contains($0) }).last?.drop { $0 == " " } ?? ""
      let name = last.split(separator: " ").filter { $0.wholeMatch(of: #/.-./#) == nil }.joined(
        separator: " ")
      #expect(
        last.hasSameLetters && name.hasPrefix(problem.answer.text + ")") && problem.prompt.contains(name),
        "\(problem.prompt)\n\(problem.reasoning)")
    }
    let commonest = counts.values.max() ?? 0
    #expect(Double(commonest) < 1.25 * 1000 / Double(counts.count), "\(counts)")
  }

  /// Yes exactly when no step says no; about half of the answers are yes.
  @Test(arguments: 1...5) func eligibilityFollowsItsComparisons(_ level: Int) {
    let drawn = problems("benefit_eligibility", level: level, count: 1000)
    for problem in drawn {
      #expect((problem.answer.text == "no") == problem.reasoning.contains(", no"), "\(problem.reasoning)")
    }
    let yes = drawn.count { $0.answer.text == "yes" }
    #expect((430...570).contains(yes), "\(yes) of 1000")
  }

  /// Both languages are given the same numbers, so the last number of the steps is the answer.
  @Test(arguments: ["fee_reduction", "benefit_table", "rule_precedence"]) func stepsEndInTheAnswer(
    _ name: String
  ) {
    for language in Language.allCases {
      for level in 1...5 {
        for problem in problems(name, level: level, language: language) {
          let last = problem.reasoning.matches(of: #/\d+(?:\.\d+)?/#).last.map { String($0.output) }
          #expect(last == problem.answer.text, "\(problem.reasoning)")
        }
      }
    }
  }

  @Test func capsAndMaximaBindInAboutHalfOfTheProblems() {
    for (name, level) in [("fee_reduction", 4), ("benefit_table", 5)] {
      let binding = problems(name, level: level, count: 400).count { $0.reasoning.contains(", no") }
      #expect((130...270).contains(binding), "\(name): \(binding) of 400")
    }
  }
}
