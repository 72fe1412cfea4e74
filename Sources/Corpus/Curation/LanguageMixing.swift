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
  /// Latin words in a row that a term in a Korean text may have.
  private static let termWords = 7
  /// The share of foreign letters from which on a question is in a script that nothing is known of, whatever its label.
  private static let otherQuestion = 0.5

  /// False where nothing can be said: in a language without a measure, for a question in another script than those of
  /// the languages, or for a completion without letters.
  ///
  /// Reasoning and answer are measured apart: one is no excuse for the other. A short answer may be a name or a unit. In
  /// a long text a clause is a small share: so are foreign letters in a row, and a sentence of Latin words in a Korean
  /// text, unless the question has such itself.
  public func mixes(_ completion: String, question: String, language: String) -> Bool {
    let foreignOfQuestion = ScriptCounts(question).foreignShare(in: language) ?? 0
    if foreignOfQuestion >= Self.otherQuestion { return false }
    let usesForeign = foreignOfQuestion > 0
    if !usesForeign, maximumForeignShare < 1,
      LanguageRuns.foreignLetters(in: completion, language: language) > Self.foreignLetters
    {
      return true
    }
    if language == "ko", minimumShare > 0, LanguageRuns.latinWords(in: question) <= Self.termWords,
      LanguageRuns.latinWords(in: completion) > Self.termWords
    {
      return true
    }
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
