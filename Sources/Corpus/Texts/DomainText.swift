import Kernels

/// Plain text of the trades for pre-training: statements of terms and rules, problem statements without
/// solutions, and arithmetic drills. Never a problem with its solution or answer.
///
/// Document `i` depends on the seed and on `i` alone; problem statements come from the train side.
public struct DomainText: Sendable {
  /// The kinds of document, and their weights in the mixture.
  public enum Kind: String, CaseIterable, Sendable {
    /// Sentences that define terms and state rules.
    case statements
    /// Problems as they are asked, without steps or answer.
    case problems
    /// Sums written out, such as `47×6: 7×6=42 4×6+4=28, 282`, several a document; see `ArithmeticDrills`.
    case arithmetic
  }

  public let generator: ProblemGenerator
  public let weights: [Kind: Double]
  public let seed: UInt64
  private let statements: [[String]]

  public init(
    domains: [DomainName], languages: [Language] = Language.allCases,
    weights: [Kind: Double] = [.statements: 0.15, .problems: 0.5, .arithmetic: 0.35], seed: UInt64,
    composedShare: Double = 0
  ) {
    generator = ProblemGenerator(
      domains: domains, languages: languages, side: .train, seed: seed, composedShare: composedShare)
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
      guard !statements.isEmpty else { return ArithmeticDrills.document(using: &random) }
      return random.pick(statements).shuffled(using: &random).prefix(8).joined(separator: "\n")
    case .problems: return generator.problem(at: random.int(in: 0...1 << 40)).prompt
    case .arithmetic: return ArithmeticDrills.document(using: &random)
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
