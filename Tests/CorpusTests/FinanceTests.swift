import Corpus
import Testing

/// Finance answers against formulas that are worked out anew, in floating point, from the given values alone.
@Suite struct FinanceTests {
  @Test(arguments: DomainName.finance.families.map(\.name))
  func answersFollowFromTheGivens(_ name: String) throws {
    for (level, scenario) in try FamilyDraws.scenarios(name, of: .finance) {
      #expect(scenario.givens.first == "level \(level)")
      let expected = try #require(Self.expected(name, level, scenario), "\(name) \(level)")
      #expect(FamilyDraws.agrees(scenario.answer, with: expected), "\(scenario.steps.en)")
      // A choice that was read option by option ends with its letter and words: `C) North N-N o-o r-r`.
      let pieces = scenario.steps.en.split(whereSeparator: { "=,:\n".contains($0) })
      let words = pieces.last?.split(separator: " ") ?? []
      #expect(
        words.last.map(String.init) == scenario.answer.text || words.first == "\(scenario.answer.text))",
        "\(scenario.steps.en)")
    }
  }

  /// Yes or no, and every letter, are about equally often right: the commonest answer is a poor guess.
  @Test func commonestAnswerIsRarelyRight() {
    FamilyDraws.expectCommonestAnswerRarelyRight(.finance, margin: 0.06)
  }

  @Test func stepsUseSmallNumbers() { FamilyDraws.expectSmallNumbers(.finance, decimals: 2) }

  /// The answer's text from the given values, by the textbook formula of the family.
  private static func expected(_ name: String, _ level: Int, _ scenario: Scenario) -> String? {
    let texts = scenario.givens.dropFirst().map { $0.hasSuffix("%") ? String($0.dropLast()) : $0 }
    if name == "table_question" { return table(level, texts, scenario) }
    let values = texts.compactMap(Double.init)
    guard values.count == texts.count else { return nil }
    switch name {
    case "simple_interest": return "\(interest(level, values))"
    case "debt_ratio": return debtRatio(level, values)
    case "portfolio_return": return "\(portfolio(level, values))"
    case "import_cost": return importCost(level, values, scenario)
    case "break_even": return "\(breakEven(level, values))"
    case "compound_growth": return "\(growth(level, values))"
    default: return nil
    }
  }

  private static func interest(_ level: Int, _ g: [Double]) -> Double {
    let rate = g[1] + (level == 3 || level == 5 ? g[3] : 0)
    let interest = g[0] * rate / 100 * g[2] * (level >= 4 ? 1 - (g.last ?? 0) / 100 : 1)
    return level == 2 || level == 5 ? g[0] + interest : interest
  }

  private static func debtRatio(_ level: Int, _ g: [Double]) -> String {
    let retained = level == 1 || level == 3 ? 0 : g[3]
    let repaid = level == 5 ? g[4] : 0
    let ratio = (g[0] + g[1] - repaid) / (g[2] + retained) * 100
    switch level {
    case 1, 2: return "\(ratio)"
    case 3: return "\(ratio - g[3])"
    default: return ratio < (g.last ?? 0) + 1e-9 ? "yes" : "no"
    }
  }

  private static func portfolio(_ level: Int, _ g: [Double]) -> Double {
    let gain = (g[0] * g[1] + g[2] * g[3]) / 100 - (level == 2 || level >= 4 ? g[4] : 0)
    let earned = gain / (g[0] + g[2]) * 100
    return level < 3 ? gain : level == 5 ? earned - g[5] : earned
  }

  private static func importCost(_ level: Int, _ g: [Double], _ scenario: Scenario) -> String? {
    let value = g[0] * g[1] * (level >= 4 ? g[2] : 1)
    let duty = level == 1 ? 0 : g[level >= 4 ? 3 : 2]
    let cost = value * (1 + duty / 100)
    if level < 5 { return "\(cost + (level == 2 ? 0 : g.last ?? 0))" }
    let winner = cost < g[4] ? "import" : "domestic"
    return scenario.facts["options"]?.en.hasPrefix("A) \(winner)") == true ? "A" : "B"
  }

  private static func breakEven(_ level: Int, _ g: [Double]) -> Double {
    let margin = g[0] - g[1]
    switch level {
    case 1: return g[2] / margin
    case 2: return (g[2] + g[3]) / margin
    case 3: return (g[2] + g[3] + g[4]) / margin
    case 4: return (margin * g[3] - g[2]) * (1 - g[4] / 100)
    default: return (margin * g[4] - g[2] - g[3]) * (1 - g[5] / 100)
    }
  }

  private static func growth(_ level: Int, _ g: [Double]) -> Double {
    func factor(_ index: Int) -> Double { 1 + g[index] / 100 }
    switch level {
    case 1: return g[0] * factor(1) + g[2]
    case 2: return g[0] * factor(1) * factor(2)
    case 3: return (g[0] * factor(1) + g[2]) * factor(3)
    case 4: return (g[0] * factor(1) + g[2]) * factor(3) - g[4]
    default: return (g[0] * factor(1) + g[2]) * factor(3) * factor(4)
    }
  }

  private static func table(_ level: Int, _ texts: [String], _ scenario: Scenario) -> String? {
    if level == 3 || level == 5 {
      // The letter must stand before the label whose figure is largest, read from the table as it is printed.
      let label = #/(?<label>Q\d|North|South|East|West)/#
      let table = scenario.facts["table"]?.en ?? ""
      let options = scenario.facts["options"]?.en ?? ""
      let labels = table.matches(of: label).map { String($0.label) }
      let figures = texts.map { text -> Double in
        let parts = text.split(separator: " ").compactMap { Double($0) }
        return parts.count == 2 ? parts[0] - parts[1] : parts[0]
      }
      let best = figures.indices.max { figures[$0] < figures[$1] } ?? 0
      guard best < labels.count else { return nil }
      let option = options.split(separator: "; ").first { $0.hasSuffix(labels[best]) }
      return option.map { String($0.prefix(1)) }
    }
    let values = texts.prefix(4).compactMap(Double.init)
    if level == 2 { return "\(values.reduce(0, +))" }
    guard let question = texts.last?.split(separator: " "), let a = Int(question[1]) else { return nil }
    let b = question.count > 2 ? Int(question[2]) ?? 0 : 0
    switch question[0] {
    case "sum": return "\(values[a] + values[b])"
    case "difference": return "\(abs(values[a] - values[b]))"
    case "growth": return "\((values[b] / values[a] - 1) * 100)"
    case "share": return "\(values[a] / values.reduce(0, +) * 100)"
    default: return nil
    }
  }
}
