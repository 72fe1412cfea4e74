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
      let place = problem.reasoning.split(separator: "\n").last?.split(separator: ":").first ?? ""
      #expect(problem.prompt.contains("\(problem.answer.text)) \(place)"), "\(problem.prompt)")
    }
    let commonest = counts.values.max() ?? 0
    #expect(Double(commonest) < 1.25 * 1000 / Double(counts.count), "\(counts)")
  }

  /// Yes exactly when no step says no; about half of the answers are yes.
  @Test(arguments: 1...5) func eligibilityFollowsItsComparisons(_ level: Int) {
    let drawn = problems("benefit_eligibility", level: level, count: 1000)
    for problem in drawn {
      #expect((problem.answer.text == "no") == problem.reasoning.contains(": no"), "\(problem.reasoning)")
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
      let binding = problems(name, level: level, count: 400).count { $0.reasoning.contains(": no") }
      #expect((130...270).contains(binding), "\(name): \(binding) of 400")
    }
  }
}
