import Corpus
import Kernels
import Testing

/// What every family of every domain must hold.
@Suite struct DomainTests {
  static let families = DomainName.allCases.flatMap { domain in
    domain.families.map { FamilyCase(domain: domain, family: $0) }
  }

  struct FamilyCase: Sendable, CustomTestStringConvertible {
    let domain: DomainName
    let family: any ProblemFamily
    var testDescription: String { "\(domain.rawValue)/\(family.name)" }
  }

  @Test func namesAreUniqueAndDomainsHaveSixFamilies() {
    #expect(Set(Self.families.map(\.family.name)).count == Self.families.count)
    for domain in DomainName.allCases { #expect(domain.families.count >= 6, "\(domain)") }
  }

  @Test(arguments: families) func phrasingsSuffice(_ item: FamilyCase) throws {
    var random = SeededRandom(seed: 1)
    let scenarios = (1...5).map { item.family.scenario(level: $0, using: &random) }
    for language in Language.allCases {
      let phrasings = try #require(item.family.phrasings[language])
      #expect(phrasings.count >= 12)
      #expect(Set(phrasings.map(\.source)).count == phrasings.count)
      for phrasing in phrasings {
        for scenario in scenarios {
          let missing = phrasing.requiredKeys.subtracting(scenario.facts.keys)
          #expect(missing.isEmpty, "\(phrasing.source) needs \(missing)")
          let unsaid = Set(scenario.facts.keys).subtracting(phrasing.allKeys)
          #expect(unsaid.isEmpty, "\(phrasing.source) never says \(unsaid)")
        }
      }
      #expect((item.family.statements[language] ?? []).count >= 10)
    }
  }

  /// Every fact that decides the answer is told once, wherever the sentences fall: a block tells it in each of its
  /// ways or in none. Only names of persons and things may be told several times or left out.
  @Test(arguments: families) func banksTellEveryFactOnce(_ item: FamilyCase) throws {
    let names: Set = [
      "act", "course", "creditor", "customer", "employee", "feature", "firm", "investor", "item",
      "keeper", "line", "machine", "notice", "offender", "owner", "part", "party", "person", "programme",
      "station",
      "thing", item.family.name == "office_choice" ? "kind" : "person",
    ]
    for language in Language.allCases {
      let bank = try #require(item.family.sentenceBanks[language])
      for (level, draw) in (1...5).flatMap({ level in (0..<8).map { (level, $0) } }) {
        var random = SeededRandom(seed: UInt64(level), index: draw)
        let facts = item.family.scenario(level: level, using: &random).facts.mapValues { $0[language] }
        let told = (bank.facts + [bank.questions]).compactMap { ways in
          let open = ways.filter { $0.requiredKeys.isSubset(of: facts.keys) }
          return open.isEmpty ? nil : open.map { $0.allKeys.intersection(facts.keys) }
        }
        for key in facts.keys where !names.contains(key) {
          let blocks = told.filter { $0.contains { $0.contains(key) } }
          #expect(blocks.count == 1, "\(language) level \(level): \(blocks.count) blocks tell {\(key)}")
          #expect(
            blocks.allSatisfy { $0.allSatisfy { $0.contains(key) } },
            "\(language) level \(level): a way leaves {\(key)} out")
        }
      }
    }
  }

  /// What is put together on the training side is no sentence of a held-out phrasing, whatever stands in its places.
  @Test(arguments: families) func banksKeepOffTheHeldOutPhrasings(_ item: FamilyCase) throws {
    func frame(_ text: String) -> String { text.replacing(#/\{[^}]*\}|\[\[|\]\]/#, with: "_").lowercased() }
    for language in Language.allCases {
      let bank = try #require(item.family.sentenceBanks[language])
      let phrasings = try #require(item.family.phrasings[language])
      let held = Set(
        phrasings.suffix(ProblemGenerator.heldOutPhrasings)
          .flatMap { SentenceOrder.sentences($0.source) }.map(frame))
      for way in bank.facts.flatMap({ $0 }) + bank.questions where frame(way.source).count > 12 {
        #expect(!held.contains(frame(way.source)), "held out: \(way.source)")
      }
    }
  }

  /// Names that a solution compares letter by letter differ in one of the letters compared.
  @Test(arguments: families) func comparedLettersDecide(_ item: FamilyCase) {
    let generator = ProblemGenerator(domains: [item.domain], side: .train, seed: 4)
    var random = SeededRandom(seed: 6)
    for draw in 0..<400 {
      let problem = generator.problem(
        of: item.family, domain: item.domain, level: draw % 5 + 1, language: Language.allCases[draw / 5 % 2],
        using: &random)
      for line in problem.reasoning.split(separator: "\n") {
        let read = line.matches(of: #/[A-E]\) [^,=]* .-.(?=,|$)/#).map(\.output)
        #expect(
          read.dropLast().allSatisfy { !$0.hasSameLetters } && read.last?.hasSameLetters != false, "\(line)")
        for verdict in line.matches(of: #/ = [^:,]+: (?<letters>[^,]*), (?<verdict>yes|no)/#) {
          #expect(verdict.letters.hasSameLetters == (verdict.verdict == "yes"), "\(line)")
        }
      }
    }
  }

  @Test func aFamilyWithExtraTurnsIsAskedMoreOften() {
    let families = DomainName.law.families.map(\.name)
    let generator = ProblemGenerator(
      domains: [.law], side: .train, seed: 3, extraTurns: [families[1], families[1], families[3]])
    let asked = (0..<10 * (families.count + 3)).map { generator.problem(at: $0).family }
    for (index, family) in families.enumerated() {
      #expect(asked.count { $0 == family } == [1: 30, 3: 20][index] ?? 10)
    }
  }

  @Test func aShareOfTheProblemsIsPutTogetherFromSentences() {
    func problems(_ share: Double, _ side: Side) -> [Problem] {
      let generator = ProblemGenerator(domains: [.law, .finance], side: side, seed: 3, composedShare: share)
      return (0..<400).map { generator.problem(at: $0) }
    }
    let composed = problems(0.5, .train).count { $0.phrasing == nil }
    #expect((150...250).contains(composed), "\(composed) of 400")
    #expect(problems(1, .train).allSatisfy { $0.phrasing == nil })
    #expect(problems(1, .test).allSatisfy { $0.phrasing != nil })
    #expect(Set(problems(1, .validation).map(\.prompt)).count > 395)
  }

  /// Counted by the birthday bound: n draws from C equally likely problems repeat about n²/2C times, so 1,500 draws
  /// from fewer than 10,000 would repeat more than 112 times; unequal chances only repeat more.
  @Test(arguments: families) func everyLevelHasTenThousandDistinctProblems(_ item: FamilyCase) {
    let draws = 1_500
    for level in 1...5 {
      var random = SeededRandom(seed: UInt64(level))
      let generator = ProblemGenerator(domains: [item.domain], side: .train, seed: 3)
      let prompts = Set(
        (0..<draws).map { draw in
          StableHash.of(
            generator.problem(
              of: item.family, domain: item.domain, level: level, language: Language.allCases[draw % 2],
              using: &random
            ).prompt)
        })
      #expect(draws - prompts.count <= draws * draws / 20_000, "level \(level): \(prompts.count) of \(draws)")
    }
  }

  @Test(arguments: families) func sidesShareNoGivensAndNoPhrasing(_ item: FamilyCase) {
    var groups: [Side: Set<String>] = [:]
    var phrasings: [Side: Set<Int>] = [:]
    for side in Side.allCases {
      let generator = ProblemGenerator(domains: [item.domain], side: side, seed: 5)
      var random = SeededRandom(seed: 11)
      for draw in 0..<500 {
        let problem = generator.problem(
          of: item.family, domain: item.domain, level: draw % 5 + 1, language: .en, using: &random)
        groups[side, default: []].insert(problem.group)
        phrasings[side, default: []].insert(problem.phrasing ?? -1)
      }
    }
    #expect(groups[.train]!.isDisjoint(with: groups[.test]!))
    #expect(groups[.train]!.isDisjoint(with: groups[.validation]!))
    #expect(groups[.validation]!.isDisjoint(with: groups[.test]!))
    #expect(phrasings[.train]!.isDisjoint(with: phrasings[.test]!))
    #expect(phrasings[.test]!.count == ProblemGenerator.heldOutPhrasings)
  }

  @Test(arguments: families) func textIsWholeAndShort(_ item: FamilyCase) {
    for side in [Side.train, .test] {
      let generator = ProblemGenerator(domains: [item.domain], side: side, seed: 9, composedShare: 0.5)
      var random = SeededRandom(seed: 2)
      for draw in 0..<200 {
        let problem = generator.problem(
          of: item.family, domain: item.domain, level: draw % 5 + 1,
          language: Language.allCases[draw / 5 % 2], using: &random)
        for sign in ["{", "}", "[[", "]]", "  ", "(은", "은(는)"] {
          #expect(!problem.prompt.contains(sign), "\(problem.prompt)")
        }
        #expect(problem.prompt.utf8.count < 900 && problem.reasoning.utf8.count < 560, "\(problem)")
        #expect(!problem.reasoning.isEmpty && !problem.answer.text.isEmpty)
        #expect(problem.solution.hasSuffix("</think>" + problem.answer.text))
        #expect(!problem.answer.text.contains("-") || problem.answer.type == "date", "\(problem)")
      }
    }
  }

  @Test(arguments: families) func everyEquationInTheStepsHolds(_ item: FamilyCase) {
    let generator = ProblemGenerator(domains: [item.domain], side: .train, seed: 21)
    var random = SeededRandom(seed: 4)
    for draw in 0..<150 {
      let problem = generator.problem(
        of: item.family, domain: item.domain, level: draw % 5 + 1, language: .en, using: &random)
      for equation in WrittenSteps.equations(in: problem.reasoning) {
        #expect(equation.holds, "\(equation.text) in \(problem.reasoning)")
      }
    }
  }

  @Test(arguments: DomainName.allCases) func theSameIndexGivesTheSameProblem(_ domain: DomainName) {
    let generator = ProblemGenerator(domains: [domain], side: .train, seed: 7)
    for index in [0, 1, 17, 4_000] {
      #expect(generator.problem(at: index).prompt == generator.problem(at: index).prompt)
      #expect(generator.problem(at: index).id != generator.problem(at: index + 1).id)
    }
  }
}
