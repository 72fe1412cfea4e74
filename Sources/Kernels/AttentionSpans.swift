/// Which keys each query may see: query row i sees the rows [firstKey[i], endKey[i]) of the keys, and those only.
///
/// Causal masks, packed documents, sliding windows, padding and decoding against a cache are all such ranges.
/// A query with an empty range gets y = 0 and gives no gradient.
public struct AttentionSpans: Sendable, Equatable {
  /// [queries] each.
  public let firstKey: [Int32]
  public let endKey: [Int32]
  /// The token that each row of the keys belongs to, where some stand in several places; nil where row i is token i.
  public let keyTokens: [Int32]?

  public init(firstKey: [Int32], endKey: [Int32], keyTokens: [Int32]? = nil) {
    precondition(firstKey.count == endKey.count, "AttentionSpans: counts differ")
    self.firstKey = firstKey
    self.endKey = endKey
    self.keyTokens = keyTokens
  }

  public var queryCount: Int { firstKey.count }

  /// Documents laid one after another: each token sees itself and what came before it in its own document,
  /// at most the last `window` tokens (itself among them) when there is a window.
  public static func causal(documentLengths: [Int], window: Int? = nil) -> AttentionSpans {
    var (first, end): ([Int32], [Int32]) = ([], [])
    var start = 0
    for length in documentLengths {
      for i in 0..<length {
        first.append(Int32(start + (window.map { max(0, i + 1 - $0) } ?? 0)))
        end.append(Int32(start + i + 1))
      }
      start += length
    }
    return AttentionSpans(firstKey: first, endKey: end)
  }

  /// The same with each query seeing at most the last `count` of its keys.
  public func keepingLast(_ count: Int) -> AttentionSpans {
    AttentionSpans(
      firstKey: zip(firstKey, endKey).map { first, end in
        Int(end) - Int(first) > count ? end - Int32(count) : first
      }, endKey: endKey, keyTokens: keyTokens)
  }

  /// Prompts, each followed by its continuations: a continuation's tokens see the prompt and their own past, not the
  /// other continuations.
  ///
  /// The tokens of a prompt stand once among the queries, and among the keys once before each continuation.
  public static func branching(_ groups: [(prompt: Int, continuations: [Int])]) -> AttentionSpans {
    var (first, end, keys): ([Int32], [Int32], [Int32]) = ([], [], [])
    var token: Int32 = 0
    for (prompt, continuations) in groups {
      let promptTokens = token..<token + Int32(prompt)
      for (index, length) in (continuations.isEmpty ? [0] : continuations).enumerated() {
        let start = Int32(keys.count)
        keys += promptTokens
        let queries = (index == 0 ? 0 : prompt)..<prompt + length
        if index == 0 { token = promptTokens.upperBound }
        keys += token..<token + Int32(length)
        token += Int32(length)
        first += repeatElement(start, count: queries.count)
        end += queries.map { start + Int32($0) + 1 }
      }
    }
    let isPlain = keys.count == Int(token)
    return AttentionSpans(firstKey: first, endKey: end, keyTokens: isPlain ? nil : keys)
  }

  /// Documents laid one after another, each token seeing the whole of its own document.
  public static func full(documentLengths: [Int]) -> AttentionSpans {
    var (first, end): ([Int32], [Int32]) = ([], [])
    var start = 0
    for length in documentLengths {
      first += [Int32](repeating: Int32(start), count: length)
      end += [Int32](repeating: Int32(start + length), count: length)
      start += length
    }
    return AttentionSpans(firstKey: first, endKey: end)
  }

  /// Runs of rows whose keys overlap no other run's, each with the range that holds its keys: the units whose key
  /// gradients can be summed apart. They depend on the spans alone. A row without keys stays with the run before it.
  var independentRuns: [(rows: Range<Int>, keys: Range<Int>)] {
    var runs: [(rows: Range<Int>, keys: Range<Int>)] = []
    for row in 0..<queryCount {
      let (first, end) = (Int(firstKey[row]), Int(endKey[row]))
      guard var last = runs.last, end <= first || first < last.keys.upperBound else {
        runs.append((row..<row + 1, end > first ? first..<end : 0..<0))
        continue
      }
      last.rows = last.rows.lowerBound..<row + 1
      if end > first {
        last.keys = min(first, last.keys.lowerBound)..<max(end, last.keys.upperBound)
      }
      runs.removeLast()
      // Runs ascend; a row that reaches far back joins all that lie between.
      while let before = runs.last, before.keys.upperBound > last.keys.lowerBound {
        last.rows = before.rows.lowerBound..<last.rows.upperBound
        last.keys = min(before.keys.lowerBound, last.keys.lowerBound)..<last.keys.upperBound
        runs.removeLast()
      }
      runs.append(last)
    }
    return runs
  }
}
