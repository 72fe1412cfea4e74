/// Finds what leaked from evaluation sets into training texts, by runs of words in common (Brown et al. 2020, appendix C).
public struct EvaluationRuns: Sendable {
  /// Words of a run that must not be shared.
  public let size: Int
  private var runs = Set<UInt64>()
  /// Whole questions of fewer words: a short one leaks where it is asked again.
  private var shortQuestions = Set<UInt64>()

  /// - Parameters:
  ///   - questions: the texts of the evaluation sets
  ///   - size: 1 or more
  public init(_ questions: [String], size: Int = 13) {
    self.size = max(1, size)
    for question in questions {
      let pieces = WordPieces(question)
      if pieces.words.isEmpty { continue }
      if pieces.words.count < self.size {
        shortQuestions.insert(pieces.whole)
      } else {
        runs.formUnion(pieces.runs(of: self.size))
      }
    }
  }

  /// Whether the text holds a run of `size` words of an evaluation set, or is one of its shorter questions.
  public func leak(into text: String) -> Bool {
    let pieces = WordPieces(text)
    return shortQuestions.contains(pieces.whole) || pieces.runs(of: size).contains(where: runs.contains)
  }
}
