/// Finds what leaked from evaluation sets into training texts, by runs of words in common (Brown et al. 2020, appendix C).
public struct EvaluationRuns: Sendable {
  /// Words of a run that must not be shared.
  public let size: Int
  private var runs = Set<UInt64>()
  /// Whole questions of fewer words, by their number of words: runs of their own length.
  private var shortRuns: [Int: Set<UInt64>] = [:]
  /// Questions that are found where they are all that is said: other texts may hold them by chance.
  private var wholes = Set<UInt64>()
  /// From so many words, or letters of Hangul, on a question is no chance; Korean says much in a word.
  private static let leastWords = 5, leastHangul = 12
  /// Wording of more groups of records than these is the set's, not a question's.
  private static let wordingGroups = 4

  /// - Parameters:
  ///   - questions: the texts of the evaluation sets
  ///   - size: 1 or more
  public init(_ questions: [String], size: Int = 13) {
    self.size = max(1, size)
    add(questions)
  }

  public mutating func add(_ questions: [String]) {
    for question in questions {
      let pieces = WordPieces(question)
      if pieces.words.isEmpty { continue }
      let count = pieces.words.count
      if count >= size {
        runs.formUnion(pieces.runs(of: size))
      } else if count >= Self.leastWords || ScriptCounts(question).hangul >= Self.leastHangul {
        shortRuns[count, default: []].insert(pieces.whole)
      } else {
        wholes.insert(pieces.whole)
      }
    }
  }

  /// Adds the questions on the test and validation sides of one set of records.
  ///
  /// All sides of a set share its wording: instructions, rules that hold for each question, lists of options. A run of
  /// words that stands in more than four groups of records is such wording, and runs that have words of it do not count.
  /// A question of hardly anything else is found as a whole.
  public mutating func add(heldOutOf records: [Record]) {
    let wording = wording(of: records)
    for question in records.filter({ $0.side() != .train }).flatMap(\.askedTexts) {
      let pieces = WordPieces(question)
      guard pieces.words.count >= size else {
        add([question])
        continue
      }
      let asked = pieces.runs(of: size)
      var isWording = [Bool](repeating: false, count: pieces.words.count)
      for start in asked.indices where wording.contains(asked[start]) {
        for word in start..<start + size { isWording[word] = true }
      }
      for start in asked.indices where !isWording[start..<start + size].contains(true) {
        runs.insert(asked[start])
      }
      wholes.insert(pieces.whole)
    }
  }

  /// The runs that stand in questions of more than `wordingGroups` groups.
  private func wording(of records: [Record]) -> Set<UInt64> {
    var groups: [UInt64: Int] = [:]
    for members in Dictionary(grouping: records, by: \.group).values {
      let runs = Set(members.flatMap(\.askedTexts).flatMap { WordPieces($0).runs(of: size) })
      for run in runs { groups[run, default: 0] += 1 }
    }
    return Set(groups.filter { $0.value > Self.wordingGroups }.keys)
  }

  /// Whether the text holds a run of `size` words of an evaluation set or one of its shorter questions, or is as a whole
  /// one of its very short ones.
  public func leak(into text: String) -> Bool {
    let pieces = WordPieces(text)
    return wholes.contains(pieces.whole) || pieces.runs(of: size).contains(where: runs.contains)
      || shortRuns.contains { count, questions in pieces.runs(of: count).contains(where: questions.contains) }
  }
}
