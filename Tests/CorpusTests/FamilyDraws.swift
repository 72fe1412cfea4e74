import Corpus
import Kernels
import Testing

/// Scenarios of a family at all levels, and what holds of every domain's.
enum FamilyDraws {
  /// `count` scenarios of each level.
  static func scenarios(
    _ name: String, of domain: DomainName, count: Int = 300
  ) throws -> [(level: Int, scenario: Scenario)] {
    let family = try #require(domain.families.first { $0.name == name })
    return (1...5).flatMap { level in
      var random = SeededRandom(seed: 40 + UInt64(level))
      return (0..<count).map { _ in (level, family.scenario(level: level, using: &random)) }
    }
  }

  /// Whether `answer` is `expected`, numbers up to the error of floating point.
  static func agrees(_ answer: Answer, with expected: String) -> Bool {
    guard case .number(let value, _, _) = answer else { return answer.text == expected }
    return Double(expected).map { abs(value.double - $0) < 1e-6 } ?? false
  }

  /// Every answer is what `expected` works out from the scenario; the level stands first or last among the givens.
  static func expectAnswers(
    _ name: String, of domain: DomainName,
    follow expected: (_ name: String, _ level: Int, _ scenario: Scenario) -> String?
  ) throws {
    for (level, scenario) in try scenarios(name, of: domain) {
      #expect([scenario.givens.first, scenario.givens.last].contains("level \(level)"))
      let answer = try #require(expected(name, level, scenario), "\(name) \(level)")
      #expect(
        agrees(scenario.answer, with: answer),
        "expected \(answer), found \(scenario.answer.text): \(scenario.givens)\n\(scenario.steps.en)")
    }
  }

  /// The given values that are numbers, in their order.
  static func numbers(_ scenario: Scenario) -> [Double] { scenario.givens.compactMap(Double.init) }

  /// The commonest of 1,000 answers may be right `margin` more often than blind guessing is.
  static func expectCommonestAnswerRarelyRight(_ domain: DomainName, margin: Double) {
    for family in domain.families {
      for level in 1...5 {
        var random = SeededRandom(seed: 7)
        let answers = (0..<1000).map { _ in family.scenario(level: level, using: &random).answer }
        let counts = Dictionary(grouping: answers.map(\.text)) { $0 }.mapValues(\.count)
        let commonest = counts.values.max() ?? 0
        #expect(
          Double(commonest) <= 1000 * (answers[0].chance + margin), "\(family.name) \(level): \(counts)")
      }
    }
  }

  /// Steps stay short and their numbers small: at most five digits before the point and `decimals` after it.
  static func expectSmallNumbers(_ domain: DomainName, decimals: Int) {
    let number = #/(?<whole>\d+)(?:\.(?<fraction>\d+))?/#
    for family in domain.families {
      for level in 1...5 {
        var random = SeededRandom(seed: 8)
        for _ in 0..<200 {
          let steps = family.scenario(level: level, using: &random).steps
          #expect(steps.en.utf8.count <= 520 && steps.ko.utf8.count <= 560, "\(steps.en)")
          for match in steps.en.matches(of: number) {
            #expect(
              match.whole.count <= 5 && (match.fraction?.count ?? 0) <= decimals,
              "\(match.0) in \(steps.en)")
          }
        }
      }
    }
  }
}
