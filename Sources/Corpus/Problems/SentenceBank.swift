import Kernels

/// Single sentences from which a problem's statement is put together: for every fact one of several, in any order.
///
/// A dozen whole phrasings teach a small model those phrasings. Drawn sentence by sentence, the same problem is
/// told in thousands of ways, and reading it takes finding each fact wherever it stands.
public struct SentenceBank: Sendable {
  /// For each fact, or pair of facts, the ways of saying it.
  package let facts: [[Phrasing]]
  /// The ways of asking.
  package let questions: [Phrasing]

  /// A blank line in `facts` ends a fact; each line is one way of saying it, in one sentence or more, and makes
  /// sense wherever it stands. Each line of `questions` is one way of asking.
  init(facts: String, questions: String) {
    self.facts = SentenceBank.blocks(facts)
    self.questions = SentenceBank.blocks(questions).flatMap { $0 }
  }

  /// The statement of a scenario's facts. A fact that the scenario lacks is left out; the question comes last in
  /// two draws of three.
  func statement(_ values: [String: String], using random: inout SeededRandom) -> String {
    func isTold(_ phrasing: Phrasing) -> Bool { phrasing.requiredKeys.isSubset(of: values.keys) }
    var sentences: [String] = []
    for ways in facts.shuffled(using: &random) {
      let told = ways.filter(isTold)
      if !told.isEmpty { sentences.append(random.pick(told).render(values, using: &random)) }
    }
    let question = random.pick(questions.filter(isTold)).render(values, using: &random)
    let place =
      switch random.int(in: 0...5) {
      case 0: 0
      case 1: random.int(in: 0...sentences.count)
      default: sentences.count
      }
    sentences.insert(question, at: place)
    return sentences.joined(separator: " ")
  }

  private static func blocks(_ text: String) -> [[Phrasing]] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .split { $0.allSatisfy(\.isWhitespace) }
      .map { $0.map { Phrasing(String($0)) } }
  }
}
