/// What a trace must be like to be kept (rejection sampling and filtering as in DeepSeek-R1 2025, section 2.3.3).
public struct CurationSettings: Sendable, Equatable {
  /// Drop traces of questions whose right answer is not known.
  public var requiresVerified = true
  /// The least share of letters in the script of the question's language; 0 allows all. Terse Korean steps with "yes" and
  /// "no" among their numbers have half; a Korean text beside its English translation has a quarter.
  public var minimumLanguageShare = 0.4
  /// The most that letters of a script may share that the language does not use; 1 allows all. More than four in a row are
  /// a clause of another language, however long the text.
  public var maximumForeignShare = 0.02
  /// Of the whole completion.
  public var maximumCharacters = 32_768
  /// Drop traces with a fenced block of program text.
  public var dropsCodeBlocks = true
  /// The most runs of six words that may occur a second time, as a share; 1 allows all.
  public var maximumRepetition = 0.3
  /// From this Jaccard similarity of five-word runs on, two traces are nearly the same; 1 leaves exact duplicates alone.
  public var nearDuplicateSimilarity = 0.8
  /// A run of so many words in common with an evaluation set is a leak (Brown et al. 2020, appendix C: 13).
  public var contaminationWords = 13

  public init() {}
}
