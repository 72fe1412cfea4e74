import Corpus

/// A fixed set of held-out problems of one or more domains: the same for every model.
public struct Suite: Sendable {
  public let domains: [DomainName]
  public let problems: [Problem]

  /// All suites of bundled domains draw from this seed, so that figures of different runs compare.
  public static let seed: UInt64 = 20_260_101

  /// The first `count` problems of the test side: families, languages and levels take turns. Fewer where the generators
  /// have no more.
  public init(_ domains: [DomainName], count: Int, languages: [Language] = Language.allCases) {
    self.domains = domains
    let generator = ProblemGenerator(domains: domains, languages: languages, side: .test, seed: Suite.seed)
    // Two draws can give the same problem; a suite asks each once.
    var seen = Set<String>()
    var distinct: [Problem] = []
    var index = 0
    while distinct.count < count, (index - 10_000) / 20 < count {
      let problem = generator.problem(at: index)
      if seen.insert(problem.id).inserted { distinct.append(problem) }
      index += 1
    }
    problems = distinct
  }

  /// The answer-prior baseline measured on `count` training problems of the same domains.
  public func prior(count: Int = 6000, seed: UInt64 = 1) -> AnswerPrior {
    let generator = ProblemGenerator(domains: domains, side: .train, seed: seed)
    return AnswerPrior(training: (0..<count).map { generator.problem(at: $0) })
  }
}
