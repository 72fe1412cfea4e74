import Corpus
import Testing

@Suite struct MixedProblemsTests {
  struct Choice: Sendable, CustomTestStringConvertible {
    var domains: [DomainName]
    var levels = Array(1...5)
    var languages = Language.allCases
    var testDescription: String { "\(domains) \(levels) \(languages)" }
  }

  struct Form: Hashable {
    let family: String
    let language: String
    let level: Int?
  }

  /// Composed statements, as their frames are never used up and no family passes its turn on.
  @Test(
    "each family has each language with each level once, as many problems as there are forms",
    arguments: DomainName.allCases.map { Choice(domains: [$0]) } + [
      Choice(domains: DomainName.allCases), Choice(domains: DomainName.allCases, levels: [3]),
      Choice(domains: [.finance], languages: [.ko]), Choice(domains: [.law], levels: [1, 2, 4]),
    ])
  func showsEveryForm(_ choice: Choice) {
    var mixed = MixedProblems(
      domains: choice.domains, levels: choice.levels, languages: choice.languages, side: .train, seed: 7,
      composedShare: 1)
    let families = choice.domains.flatMap(\.families).map(\.name)
    let expected = Set(
      families.flatMap { family in
        choice.languages.flatMap { language in
          choice.levels.map { Form(family: family, language: language.rawValue, level: $0) }
        }
      })
    let shown = (0..<expected.count).map { _ in mixed.next() }
    let forms = Set(shown.map { Form(family: $0.family, language: $0.language, level: $0.level) })
    let missing = expected.subtracting(forms).map { "\($0.family) \($0.language) \($0.level ?? 0)" }
    #expect(forms == expected, "missing: \(missing.sorted())")
  }

  @Test("the first 16 problems of all domains show each domain in both languages") func mixesDomains() {
    var mixed = MixedProblems(domains: DomainName.allCases, side: .train, seed: 7)
    let shown = Dictionary(grouping: (0..<16).map { _ in mixed.next() }, by: \.domain)
    #expect(shown.count == 4)
    for (domain, problems) in shown { #expect(Set(problems.map(\.language)).count == 2, "\(domain)") }
  }

  @Test(
    "a problem costs one draw once every frame was shown",
    arguments: [([DomainName.finance], Side.train), ([.publicSector], .test), (DomainName.allCases, .train)])
  func goesOnWithoutSearch(_ domains: [DomainName], _ side: Side) throws {
    var mixed = MixedProblems(domains: domains, side: side, seed: 7)
    let held = ProblemGenerator.heldOutPhrasings
    let frames = domains.flatMap(\.families).map { family in
      side == .test ? held : (family.phrasings[.en]?.count ?? 0) - held
    }.reduce(0, +)
    #expect(Set((0..<frames).map { _ in mixed.next().frame }).count == frames)
    for _ in 0..<100 {
      let drawn = mixed.drawCount
      _ = mixed.next()
      try #require(mixed.drawCount == drawn + 1)
    }
  }
}
