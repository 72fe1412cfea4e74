import Kernels

/// A kind of problem of one trade: draws values, knows the rule, writes the solution in both languages.
public protocol ProblemFamily: Sendable {
  /// Stable, in snake case, unique over all domains: "takt_time".
  var name: String { get }

  /// At least 12 phrasings a language; the last four are held out for the test side.
  var phrasings: [Language: [Phrasing]] { get }

  /// A bank a language, from which the training sides put statements together; see `SentenceBank`.
  var sentenceBanks: [Language: SentenceBank] { get }

  /// Sentences that state the trade's terms and the family's rule, without any worked answer.
  var statements: [Language: [String]] { get }

  /// A problem's content at `level` 1…5. All randomness comes from `random`.
  func scenario(level: Int, using random: inout SeededRandom) -> Scenario
}

/// The content of one problem, before it is put into words.
public struct Scenario: Sendable {
  /// What the phrasings' places stand for.
  public var facts: [String: Localized]
  /// The values that decide the answer, in a fixed order: no combination occurs on both sides of the split.
  public var givens: [String]
  /// The solution, one step a line.
  public var steps: Localized
  public var answer: Answer

  public init(facts: [String: Localized], givens: [String], steps: Localized, answer: Answer) {
    self.facts = facts
    self.givens = givens
    self.steps = steps
    self.answer = answer
  }
}
