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

  /// False where nothing can be said: in a language without a measure, or for a completion without letters.
  ///
  /// The reasoning is measured, which is long; an answer alone may be a name or a unit.
  public func mixes(_ completion: String, question: String, language: String) -> Bool {
    let counts = ScriptCounts(Verifier.reasoning(of: completion) ?? completion)
    guard let share = counts.share(of: language), let foreign = counts.foreignShare(in: language) else {
      return false
    }
    if share < minimumShare { return true }
    let usesForeign = (ScriptCounts(question).foreignShare(in: language) ?? 0) > 0
    return !usesForeign && foreign > maximumForeignShare
  }
}
