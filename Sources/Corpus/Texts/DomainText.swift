import Kernels

/// Plain text of the trades for pre-training: statements of terms and rules, problem statements without
/// solutions, and arithmetic facts. Never a worked answer.
///
/// Document `i` depends on the seed and on `i` alone; problem statements come from the train side.
public struct DomainText: Sendable {
  /// The kinds of document, and their weights in the mixture.
  public enum Kind: String, CaseIterable, Sendable {
    /// Sentences that define terms and state rules.
    case statements
    /// Problems as they are asked, without steps or answer.
    case problems
    /// Equations such as `47×6=282`, several a document.
    case arithmetic
  }

  public let generator: ProblemGenerator
  public let weights: [Kind: Double]
  public let seed: UInt64
  private let statements: [[String]]

  public init(
    domains: [DomainName], languages: [Language] = Language.allCases,
    weights: [Kind: Double] = [.statements: 0.15, .problems: 0.5, .arithmetic: 0.35], seed: UInt64
  ) {
    generator = ProblemGenerator(domains: domains, languages: languages, side: .train, seed: seed)
    self.weights = weights
    self.seed = seed
    statements = domains.flatMap(\.families).flatMap { family in
      languages.compactMap { family.statements[$0] }.filter { !$0.isEmpty }
    }
  }

  public func document(at index: Int) -> String {
    var random = SeededRandom(seed: seed ^ StableHash.of("text"), index: index)
    switch kind(using: &random) {
    case .statements:
      guard !statements.isEmpty else { return ArithmeticFacts.document(using: &random) }
      return random.pick(statements).shuffled(using: &random).prefix(8).joined(separator: "\n")
    case .problems: return generator.problem(at: random.int(in: 0...1 << 40)).prompt
    case .arithmetic: return ArithmeticFacts.document(using: &random)
    }
  }

  private func kind(using random: inout SeededRandom) -> Kind {
    let total = Kind.allCases.reduce(0) { $0 + (weights[$1] ?? 0) }
    var point = random.uniformDouble() * total
    for kind in Kind.allCases {
      point -= weights[kind] ?? 0
      if point < 0 { return kind }
    }
    return .problems
  }
}

/// Equations with small numbers, as the domains' problems use them.
public enum ArithmeticFacts {
  /// About a dozen equations, one kind or mixed, separated by `, `.
  public static func document(using random: inout SeededRandom) -> String {
    (0..<random.int(in: 8...14)).map { _ in equation(using: &random) }.joined(separator: ", ")
  }

  public static func equation(using random: inout SeededRandom) -> String {
    switch random.int(in: 0...9) {
    case 0...2: return Worked.sum(number(upTo: 5, using: &random), number(upTo: 4, using: &random))
    case 3, 4:
      let a = number(upTo: 5, using: &random), b = number(upTo: 4, using: &random)
      return Worked.difference(max(a, b), min(a, b))
    case 5...7:
      return Worked.product(number(upTo: 3, using: &random), oneDigit(using: &random))
    default:
      let divisor = oneDigit(using: &random)
      let quotient = number(upTo: 3, using: &random)
      return "\(quotient * divisor)/\(divisor)=\(quotient)"
    }
  }

  /// One non-zero digit with up to two zeros behind it.
  private static func oneDigit(using random: inout SeededRandom) -> Number {
    Number(random.int(in: 1...9) * random.pick([1, 1, 1, 1, 10, 10, 100]))
  }

  /// Up to `digits` digits, longer ones more often, since they have more to learn; one in six has a decimal place.
  private static func number(upTo digits: Int, using random: inout SeededRandom) -> Number {
    let length = max(random.int(in: 1...digits), random.int(in: 1...digits))
    let low = length == 1 ? 1 : Number.power(length - 1)
    let zeros = length > 1 && random.int(in: 0...3) == 0 ? 10 : 1
    let value = random.int(in: low...Number.power(length) - 1) / zeros * zeros
    return Number(value, decimals: random.int(in: 0...5) == 0 ? 1 : 0)
  }
}
