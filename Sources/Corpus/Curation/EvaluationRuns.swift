/// Finds what leaked from evaluation sets into training texts, by runs of words in common (Brown et al. 2020, appendix C).
public struct EvaluationRuns: Sendable {
  /// Words of a run that must not be shared.
  public let size: Int
  private var runs = Set<UInt64>()
  /// Whole questions of fewer words, by their number of words: runs of their own length.
  private var shortRuns: [Int: Set<UInt64>] = [:]
  /// Questions that other texts may hold by chance, found where they are all that is said.
  private var veryShort = Set<UInt64>()
  /// From so many words, or letters of Hangul, on a question is no chance; Korean says much in a word.
  private static let leastWords = 5, leastHangul = 12

  /// - Parameters:
  ///   - questions: the texts of the evaluation sets
  ///   - size: 1 or more
  public init(_ questions: [String], size: Int = 13) {
    self.size = max(1, size)
    for question in questions {
      let pieces = WordPieces(question)
      if pieces.words.isEmpty { continue }
      let count = pieces.words.count
      if count >= self.size {
        runs.formUnion(pieces.runs(of: self.size))
      } else if count >= Self.leastWords || ScriptCounts(question).hangul >= Self.leastHangul {
        shortRuns[count, default: []].insert(pieces.whole)
      } else {
        veryShort.insert(pieces.whole)
      }
    }
  }

  /// Whether the text holds a run of `size` words of an evaluation set or one of its shorter questions, or is one of its
  /// very short ones.
  public func leak(into text: String) -> Bool {
    let pieces = WordPieces(text)
    return veryShort.contains(pieces.whole) || pieces.runs(of: size).contains(where: runs.contains)
      || shortRuns.contains { count, questions in pieces.runs(of: count).contains(where: questions.contains) }
  }
}
