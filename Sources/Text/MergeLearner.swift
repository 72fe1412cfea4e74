/// Finds merges one after the other, keeping the counts of pairs up to date instead of counting again.
struct MergeLearner {
  private struct Pair: Hashable {
    let left: Int32
    let right: Int32
  }

  private(set) var vocabulary: [String?]
  private var ids: [String: Int32] = [:]
  private var words: [[Int32]] = []
  private var wordCounts: [Int] = []
  private var pairCounts: [Pair: Int] = [:]
  /// Words that hold the pair, or held it once.
  private var pairWords: [Pair: [Int32]] = [:]

  init(vocabulary: [String?]) {
    self.vocabulary = vocabulary
    for (id, token) in vocabulary.enumerated() {
      if let token { ids[token] = Int32(id) }
    }
  }

  /// Adds a word, as the tokens of its bytes, that occurs `count` times.
  mutating func add(_ word: [Int32], count: Int) {
    let index = Int32(words.count)
    words.append(word)
    wordCounts.append(count)
    for pair in Self.pairs(word) {
      pairCounts[pair, default: 0] += count
      pairWords[pair, default: []].append(index)
    }
  }

  /// The merges by rank; the vocabulary grows to at most `vocabularySize`.
  mutating func learn(vocabularySize: Int, minimumFrequency: Int) -> [Merge] {
    var merges: [Merge] = []
    var queue = BinaryHeap<Candidate>()
    for (pair, count) in pairCounts {
      queue.insert(Candidate(count: count, left: pair.left, right: pair.right))
    }
    while vocabulary.count < vocabularySize, let top = queue.popFirst() {
      let pair = Pair(left: top.left, right: top.right)
      let count = pairCounts[pair] ?? 0
      // Counts fall while a candidate waits: it goes back with its present count.
      if count != top.count {
        if count > 0 { queue.insert(Candidate(count: count, left: pair.left, right: pair.right)) }
        continue
      }
      if count < max(1, minimumFrequency) { break }
      let result = token(for: pair)
      merges.append(Merge(left: pair.left, right: pair.right, result: result))
      for changed in merge(pair, into: result) {
        if let count = pairCounts[changed] {
          queue.insert(Candidate(count: count, left: changed.left, right: changed.right))
        }
      }
    }
    return merges
  }

  /// The merged token, which is new unless two other tokens spell the same.
  private mutating func token(for pair: Pair) -> Int32 {
    let text = (vocabulary[Int(pair.left)] ?? "") + (vocabulary[Int(pair.right)] ?? "")
    if let known = ids[text] { return known }
    let id = Int32(vocabulary.count)
    vocabulary.append(text)
    ids[text] = id
    return id
  }

  /// Merges `pair` in every word that holds it.
  ///
  /// - Returns: the pairs whose counts may have grown, in a fixed order.
  private mutating func merge(_ pair: Pair, into result: Int32) -> [Pair] {
    var grown: [Pair] = []
    var seen: Set<Pair> = []
    for index in pairWords.removeValue(forKey: pair) ?? [] {
      let old = words[Int(index)]
      let new = Self.merged(old, pair, result)
      if new.count == old.count { continue }
      let count = wordCounts[Int(index)]
      for pair in Self.pairs(old) { pairCounts[pair, default: 0] -= count }
      for pair in Self.pairs(new) {
        pairCounts[pair, default: 0] += count
        guard pair.left == result || pair.right == result else { continue }
        if pairWords[pair]?.last != index { pairWords[pair, default: []].append(index) }
        if seen.insert(pair).inserted { grown.append(pair) }
      }
      words[Int(index)] = new
    }
    pairCounts[pair] = nil
    return grown
  }

  private static func pairs(_ word: [Int32]) -> [Pair] {
    zip(word, word.dropFirst()).map { Pair(left: $0, right: $1) }
  }

  /// `word` with `pair` merged from left to right.
  private static func merged(_ word: [Int32], _ pair: Pair, _ result: Int32) -> [Int32] {
    var merged: [Int32] = []
    merged.reserveCapacity(word.count)
    var index = 0
    while index < word.count {
      if word[index] == pair.left, index + 1 < word.count, word[index + 1] == pair.right {
        merged.append(result)
        index += 2
      } else {
        merged.append(word[index])
        index += 1
      }
    }
    return merged
  }
}

/// A pair that waits to be merged; the most frequent comes first, of equals the one with the smaller ids.
struct Candidate: Comparable {
  let count: Int
  let left: Int32
  let right: Int32

  static func < (first: Candidate, second: Candidate) -> Bool {
    if first.count != second.count { return first.count > second.count }
    return (first.left, first.right) < (second.left, second.right)
  }
}
