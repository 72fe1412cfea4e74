import Kernels

/// Problems in turn over families, of sentence frames that were not drawn yet. Each family goes through all languages
/// and levels, wherever a list of problems begins.
package struct MixedProblems {
  private let families: [(domain: DomainName, family: any ProblemFamily)]
  private let languageCount: Int
  /// Every language with every level, once. Neighbours differ in level, and neither language takes every second place:
  /// with an even number of domains, each domain would begin in one language.
  private let forms: [(language: Language, level: Int)]
  private let generator: ProblemGenerator
  private var random: SeededRandom
  private var turn = 0
  private var seen = Set<String>()
  private var usedUp = Set<Wording>()

  /// How many problems were made so far, with those whose frame had come before.
  package private(set) var drawCount = 0

  private struct Wording: Hashable {
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
    languageCount = languages.count
    forms = (0..<languages.count * levels.count).map { index in
      let (round, place) = index.quotientAndRemainder(dividingBy: levels.count)
      return (languages[(round + place / 2) % languages.count], levels[place])
    }
    generator = ProblemGenerator(
      domains: domains, languages: languages, levels: levels, side: side, seed: seed,
      composedShare: composedShare)
    random = SeededRandom(seed: seed)
  }

  /// A family whose frames are used up passes its turn on; when all are, frames come again. To pass costs no draws: else
  /// each problem after the last new frame would cost a thousand of every family.
  package mutating func next() -> Problem {
    let start = turn
    // In so many turns each family has each form.
    for _ in 0..<families.count * forms.count where usedUp.count < families.count * languageCount {
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

  /// The family and form whose turn it is: from one round of the families to the next, each family goes on by one form.
  private var current: (domain: DomainName, family: any ProblemFamily, language: Language, level: Int) {
    let (round, place) = turn.quotientAndRemainder(dividingBy: families.count)
    let form = forms[(round + place) % forms.count]
    return (families[place].domain, families[place].family, form.language, form.level)
  }

  private mutating func draw() -> Problem {
    let (domain, family, language, level) = current
    drawCount += 1
    return generator.problem(of: family, domain: domain, level: level, language: language, using: &random)
  }

  /// Whether the family whose turn it is has no phrasing left in this turn's language.
  private mutating func isUsedUp() -> Bool {
    let (_, family, language, _) = current
    let wording = Wording(family: family.name, language: language)
    if usedUp.contains(wording) { return true }
    guard let numbers = generator.phrasingNumbers(of: family, language: language),
      numbers.allSatisfy({ seen.contains(Problem.frame(family.name, phrasing: $0)) })
    else { return false }
    usedUp.insert(wording)
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
