import Corpus
import Evaluation

/// The share of letters in the script of the question: Hangul for Korean, Latin for English (DeepSeek-R1 2025, section
/// 2.3.2, by characters instead of words).
///
/// The tags of reasoning are of no language. Nil for other languages and for answers without letters.
public struct LanguageReward: Reward {
  public let name = "language"

  public init() {}

  public func score(_ answer: GradedAnswer) -> Double? {
    ScriptCounts(answer.completion).share(of: answer.problem.language)
  }
}
