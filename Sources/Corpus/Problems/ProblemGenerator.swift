import Kernels

/// Which part of a domain's problems: they share neither given values nor, on the test side, phrasings.
public enum Side: String, CaseIterable, Sendable {
  case train, validation, test
}

/// An endless, random-access list of problems: item `i` depends on the seed and on `i` alone.
///
/// A scenario belongs to the side that a hash of its given values names (test 10 %, validation 10 %); the
/// test side uses the four held-out phrasings, the others the rest and, in part, statements put together from
/// single sentences.
public struct ProblemGenerator: Sendable {
  public let domains: [DomainName]
  public let languages: [Language]
  public let levels: [Int]
  public let side: Side
  public let seed: UInt64
  /// The share of the problems in a phrasing that have its sentences in another order; see `SentenceOrder`.
  public let shuffledShare: Double
  /// The share of the problems whose statement is put together sentence by sentence; see `SentenceBank`.
  public let composedShare: Double
  private let families: [(domain: DomainName, family: any ProblemFamily)]

  /// Held-out phrasings of each family and language.
  public static let heldOutPhrasings = 4

  /// - Parameter extraTurns: names of families that are asked more often; each time one is named, it takes one more turn.
  public init(
    domains: [DomainName], languages: [Language] = Language.allCases, levels: [Int] = Array(1...5),
    side: Side, seed: UInt64, shuffledShare: Double = 0, composedShare: Double = 0, extraTurns: [String] = []
  ) {
    self.domains = domains
    self.languages = languages
    self.levels = levels
    self.side = side
    self.seed = seed
    self.shuffledShare = shuffledShare
    self.composedShare = composedShare
    let once = domains.flatMap { domain in domain.families.map { (domain: domain, family: $0) } }
    families = once + extraTurns.flatMap { name in once.filter { $0.family.name == name } }
  }

  /// The level of problem `index`, without making the problem.
  public func level(at index: Int) -> Int { turns(at: index).level }

  private func turns(
    at index: Int
  ) -> (domain: DomainName, family: any ProblemFamily, language: Language, level: Int) {
    var turn = index
    func next<T>(_ items: [T]) -> T {
      defer { turn /= items.count }
      return items[turn % items.count]
    }
    let (domain, family) = next(families)
    let language = next(languages)
    return (domain, family, language, next(levels))
  }

  /// Problem `index`. Families, levels and languages take turns, so any run of consecutive problems is balanced.
  public func problem(at index: Int) -> Problem {
    let (domain, family, language, level) = turns(at: index)
    var random = SeededRandom(seed: seed ^ StableHash.of(side.rawValue), index: index)
    var problem = problem(of: family, domain: domain, level: level, language: language, using: &random)
    var order = SeededRandom(seed: seed ^ StableHash.of("sentences"), index: index)
    if problem.phrasing != nil, order.uniformDouble() < shuffledShare {
      problem.prompt = SentenceOrder.shuffled(problem.prompt, using: &order)
    }
    return problem
  }

  /// A problem of one family, level and language.
  public func problem(
    of family: any ProblemFamily, domain: DomainName, level: Int, language: Language,
    using random: inout SeededRandom
  ) -> Problem {
    var scenario = family.scenario(level: level, using: &random)
    var group = ProblemGenerator.group(family, scenario)
    while ProblemGenerator.side(ofGroup: group) != side {
      scenario = family.scenario(level: level, using: &random)
      group = ProblemGenerator.group(family, scenario)
    }
    let facts = scenario.facts.mapValues { $0[language] }
    let number: Int?
    let prompt: String
    if composes, random.uniformDouble() < composedShare,
      let bank = family.sentenceBanks[language]
    {
      number = nil
      prompt = bank.statement(facts, using: &random)
    } else {
      let phrasings = family.phrasings[language] ?? []
      let drawn = random.int(in: numbers(of: phrasings))
      number = drawn
      prompt = phrasings[drawn].render(facts, using: &random)
    }
    let identity = "\(group)|\(level)|\(language.rawValue)|\(prompt)"
    return Problem(
      id: "\(family.name)-\(level)-\(language.rawValue)-" + String(StableHash.of(identity), radix: 36),
      domain: domain.rawValue, family: family.name, level: level, language: language.rawValue, prompt: prompt,
      reasoning: scenario.steps[language], answer: scenario.answer, group: group, phrasing: number)
  }

  private var composes: Bool { composedShare > 0 && side != .test }

  /// The numbers of the phrasings that problems of a family can have; nil where no problem has one, all statements being
  /// put together from single sentences.
  package func phrasingNumbers(of family: any ProblemFamily, language: Language) -> ClosedRange<Int>? {
    if composes, composedShare >= 1, family.sentenceBanks[language] != nil { return nil }
    return numbers(of: family.phrasings[language] ?? [])
  }

  private func numbers(of phrasings: [Phrasing]) -> ClosedRange<Int> {
    let trainCount = phrasings.count - ProblemGenerator.heldOutPhrasings
    return side == .test ? trainCount...phrasings.count - 1 : 0...trainCount - 1
  }

  static func group(_ family: any ProblemFamily, _ scenario: Scenario) -> String {
    family.name + ":" + scenario.givens.joined(separator: ",")
  }

  /// The side to which a combination of given values belongs, whatever the seed.
  public static func side(ofGroup group: String) -> Side {
    switch StableHash.of(group) % 10 {
    case 0: .test
    case 1: .validation
    default: .train
    }
  }
}
