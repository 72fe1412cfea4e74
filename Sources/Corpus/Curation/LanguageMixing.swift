/// Finds traces that leave the language of their question, as teachers trained by rewards alone do (DeepSeek-R1 2025,
/// section 2.3.2).
public struct LanguageMixing: Sendable {
  /// The least share of letters in the script of the question's language.
  public let minimumShare: Double
  /// The most that letters of scripts foreign to the language may share, unless the question uses such itself.
  public let maximumForeignShare: Double

  public init(minimumShare: Double, maximumForeignShare: Double) {
    self.minimumShare = minimumShare
    self.maximumForeignShare = maximumForeignShare
  }

  /// Letters that a name, a term or a unit in another script may have: beside reasoning in the right language, and alone.
  private static let answerLetters = 40, loneLetters = 8
  /// Letters of a foreign script that a name may have.
  private static let foreignLetters = 4

  /// False where nothing can be said: in a language without a measure, or for a completion without letters.
  ///
  /// Reasoning and answer are measured apart: one is no excuse for the other. A short answer may be a name or a unit.
  public func mixes(_ completion: String, question: String, language: String) -> Bool {
    let usesForeign = (ScriptCounts(question).foreignShare(in: language) ?? 0) > 0
    func isMixed(_ counts: ScriptCounts, own: Int, foreign: Int) -> Bool {
      guard let share = counts.share(of: language), let foreignShare = counts.foreignShare(in: language)
      else {
        return false
      }
      if share < minimumShare, counts.letters >= own { return true }
      return !usesForeign && foreignShare > maximumForeignShare
        && Double(counts.letters) * foreignShare > Double(foreign)
    }
    let reasoning = ScriptCounts(Verifier.reasoning(of: completion) ?? "")
    if reasoning.letters == 0 {
      return isMixed(ScriptCounts(completion), own: Self.loneLetters, foreign: Self.foreignLetters)
    }
    let answer = ScriptCounts(Verifier.finalAnswer(of: completion) ?? "")
    return isMixed(reasoning, own: 0, foreign: 0)
      || isMixed(answer, own: Self.answerLetters, foreign: Self.foreignLetters)
  }
}
