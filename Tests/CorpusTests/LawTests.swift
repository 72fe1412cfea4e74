import Corpus
import Foundation
import Testing

/// Law answers against the rules that each family states, applied anew to the given values alone.
@Suite struct LawTests {
  @Test(arguments: DomainName.law.families.map(\.name))
  func answersFollowFromTheGivens(_ name: String) throws {
    try FamilyDraws.expectAnswers(name, of: .law, follow: Self.expected)
  }

  @Test func commonestAnswerIsRarelyRight() {
    FamilyDraws.expectCommonestAnswerRarelyRight(.law, margin: 0.06)
  }

  @Test func stepsUseSmallNumbers() { FamilyDraws.expectSmallNumbers(.law, decimals: 2) }

  /// Half of the caps lower what they cap, so that neither carrying on nor stopping at the cap is a good habit.
  @Test(arguments: [("fine_table", 4), ("fine_table", 5), ("statutory_damages", 2), ("notice_period", 4)])
  func capsBindInAboutHalfOfTheProblems(_ name: String, _ level: Int) throws {
    let drawn = try FamilyDraws.scenarios(name, of: .law).filter { $0.level == level }
    let binding = drawn.count { $0.scenario.steps.en.contains(">") }
    #expect((110...190).contains(binding), "\(binding) of \(drawn.count)")
  }

  /// The answer's text from the given values.
  private static func expected(_ name: String, _ level: Int, _ scenario: Scenario) -> String? {
    let texts = Array(scenario.givens.dropFirst())
    let values = FamilyDraws.numbers(scenario)
    switch name {
    case "limitation_period": return limitation(level, values)
    case "notice_period": return notice(level, values, texts)
    case "statutory_damages": return "\(damages(level, values))"
    case "applicable_article": return article(level, values, texts)
    case "liability_exception": return liability(level, texts)
    case "fine_table": return fine(level, values, texts)
    default: return nil
    }
  }

  /// Due year and period, then suspension, acknowledgement and suit as the level has them.
  private static func limitation(_ level: Int, _ g: [Double]) -> String {
    let isSuspended = [2, 3, 5].contains(level)
    var end = g[0] + g[1] + (isSuspended ? g[2] : 0)
    if level >= 4 {
      let acknowledged = g[isSuspended ? 3 : 2]
      if acknowledged <= end { end = acknowledged + g[1] }
    }
    return level % 2 == 0 ? "\(end)" : g[g.count - 1] > end ? "yes" : "no"
  }

  /// The calendar of Foundation adds the days.
  private static func notice(_ level: Int, _ g: [Double], _ texts: [String]) -> String? {
    let date = ISO8601DateFormatter()
    date.formatOptions = .withFullDate
    let served = texts.last.flatMap(date.date)
    let service: Double
    switch level {
    case 1...3: service = g[2]
    case 4: service = g[3] - g[2]
    default: service = (texts.last?.prefix(4)).flatMap { Double($0) }.map { $0 - g[2] } ?? 0
    }
    var days = g[0] + g[1] * service
    if [2, 4, 5].contains(level) { days = min(days, g[level == 4 ? 4 : 3]) }
    guard level == 3 || level == 5 else { return "\(days)" }
    return served.map { date.string(from: $0 + days * 86_400) }
  }

  private static func damages(_ level: Int, _ g: [Double]) -> Double {
    var rest = g[...]
    func next(_ isGiven: Bool, _ otherwise: Double) -> Double { isGiven ? rest.removeFirst() : otherwise }
    let copies = next(true, 0) - next(level == 5, 0)
    let award = copies * next(true, 0) * (1 - next(level >= 3, 0) / 100)
    return min(award, next(level == 2 || level >= 4, .infinity)) + next(level != 2 && level != 4, 0)
  }

  /// The one option whose kind is the case's and whose range holds the amount.
  private static func article(_ level: Int, _ g: [Double], _ texts: [String]) -> String? {
    let amount = level < 4 ? g.first ?? 0 : g[0] * g[1] - (level == 5 ? g[2] : 0)
    let form =
      #/(?<letter>[A-D])\) Art\. \d+ (?<kind>[a-z]+)(?: over (?<above>\d+))?(?: (?:up )?to (?<atMost>\d+))?/#
    let fitting = texts[texts.count - 1].matches(of: form).filter { option in
      option.kind == texts[0]
        && option.above.flatMap { Double($0) } ?? -1 < amount
        && amount <= option.atMost.flatMap { Double($0) } ?? .infinity
    }
    return fitting.count == 1 ? String(fitting[0].letter) : nil
  }

  private static func liability(_ level: Int, _ texts: [String]) -> String {
    // What was not proven is no number and meets nothing.
    let values = texts.map { Double($0) ?? -1 }
    let damage = level == 5 ? values[0] * values[1] : values[0]
    let rest = values.dropFirst(level == 5 ? 2 : 1)
    let isExcepted = level >= 2 && rest[rest.startIndex + 2] >= rest[rest.startIndex + 1]
    let isCountered = level >= 3 && rest[rest.startIndex + 4] >= rest[rest.startIndex + 3]
    return damage > rest[rest.startIndex] && (!isExcepted || isCountered) ? "yes" : "no"
  }

  private static func fine(_ level: Int, _ g: [Double], _ texts: [String]) -> String? {
    let row = texts[0].split(separator: ", ").first { $0.hasPrefix(texts[1]) }
    guard let base = row.flatMap({ Double($0.dropFirst(2)) }) else { return nil }
    let counts = level == 1 || level == 5 ? g[0] : 1
    let rates = g.dropFirst(level == 5 ? 1 : 0)
    var fine = base * counts
    if level >= 2 { fine *= 1 + rates[rates.startIndex] / 100 }
    if level >= 3 { fine *= 1 - rates[rates.startIndex + 1] / 100 }
    return "\(level >= 4 ? min(fine, g[g.count - 1]) : fine)"
  }
}
