import Corpus

/// The share of answers that are written in the language of their problem, by script.
///
/// An answer is when more than half of its letters are in the script of the language (`ScriptCounts.share`). The reasoning
/// is measured where there is one. Answers of few letters say nothing: a letter of an option, a yes, a unit.
public struct LanguageConsistency: Sendable, Equatable {
  /// The fewest letters that tell a language.
  public static let minimumLetters = 10

  /// One language's row, or that of all.
  public struct Row: Sendable, Equatable {
    public let language: String
    /// Answers that can be told.
    public let answers: Int
    public let consistent: Int

    public var share: Double { answers == 0 ? 0 : Double(consistent) / Double(answers) }
  }

  public let overall: Row
  public let byLanguage: [Row]

  /// Nil where no answer can be told.
  public init?(_ answers: [GradedAnswer]) {
    var consistent: [String: [Bool]] = [:]
    for answer in answers {
      let counts = ScriptCounts(Verifier.reasoning(of: answer.completion) ?? answer.completion)
      guard counts.letters >= LanguageConsistency.minimumLetters,
        let share = counts.share(of: answer.problem.language)
      else { continue }
      consistent[answer.problem.language, default: []].append(share > 0.5)
    }
    guard !consistent.isEmpty else { return nil }
    byLanguage = consistent.sorted { $0.key < $1.key }.map { language, told in
      Row(language: language, answers: told.count, consistent: told.count { $0 })
    }
    overall = Row(
      language: "all", answers: byLanguage.reduce(0) { $0 + $1.answers },
      consistent: byLanguage.reduce(0) { $0 + $1.consistent })
  }
}
