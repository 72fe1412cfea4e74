import Kernels

/// Problems in turn over families, languages and levels, of sentence frames that were not drawn yet.
package struct MixedProblems {
  private let families: [(domain: DomainName, family: any ProblemFamily)]
  private let levels: [Int]
  private let languages: [Language]
  private let generator: ProblemGenerator
  private var random: SeededRandom
  private var turn = 0
  private var seen = Set<String>()
  private var usedUp = Set<Turn>()

  /// How many problems were made so far, with those whose frame had come before.
  package private(set) var drawCount = 0

  private struct Turn: Hashable {
    let family: String
    let language: Language
  }

  /// - Parameter composedShare: 1 for statements put together from single sentences, each of which is a frame of its own.
  package init(
    domains: [DomainName], levels: [Int] = Array(1...5), languages: [Language] = Language.allCases,
    side: Side,
    seed: UInt64, composedShare: Double = 0
  ) {
    let perDomain = domains.map { domain in domain.families.map { (domain, $0) } }
    // One family of each domain after the other, so that the first problems show all domains.
    let longest = perDomain.map(\.count).max() ?? 0
    families = (0..<longest).flatMap { index in perDomain.compactMap { index < $0.count ? $0[index] : nil } }
    self.levels = levels
    self.languages = languages
    generator = ProblemGenerator(
      domains: domains, languages: languages, levels: levels, side: side, seed: seed,
      composedShare: composedShare)
    random = SeededRandom(seed: seed)
  }

  /// A family whose frames are used up passes its turn on; when all are, frames come again. To pass costs no draws: else
  /// each problem after the last new frame would cost a thousand of every family.
  package mutating func next() -> Problem {
    let start = turn
    for _ in 0..<families.count * languages.count {
      defer { turn += 1 }
      guard !isUsedUp() else { continue }
      for _ in 0..<1000 {
        let problem = draw()
        if seen.insert(problem.frame).inserted { return problem }
      }
    }
    turn = start
    defer { turn += 1 }
    return draw()
  }

  private var language: Language { languages[(turn + turn / families.count) % languages.count] }

  private mutating func draw() -> Problem {
    let (domain, family) = families[turn % families.count]
    drawCount += 1
    return generator.problem(
      of: family, domain: domain, level: levels[turn % levels.count], language: language, using: &random)
  }

  /// Whether the family whose turn it is has no phrasing left in this turn's language.
  private mutating func isUsedUp() -> Bool {
    let family = families[turn % families.count].family
    let key = Turn(family: family.name, language: language)
    if usedUp.contains(key) { return true }
    guard let numbers = generator.phrasingNumbers(of: family, language: language),
      numbers.allSatisfy({ seen.contains(Problem.frame(family.name, phrasing: $0)) })
    else { return false }
    usedUp.insert(key)
    return true
  }
}

extension Problem {
  /// The sentence frame: a family's phrasing, whose Korean and English forms count as one. A statement put
  /// together from single sentences is a frame of its own.
  package var frame: String {
    phrasing.map { Problem.frame(family, phrasing: $0) } ?? "\(family)/composed \(id)"
  }

  fileprivate static func frame(_ family: String, phrasing: Int) -> String { "\(family)/\(phrasing)" }
}
