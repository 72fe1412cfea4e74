import Kernels

/// Whole documents one after another, without padding; they do not see each other.
public struct TokenBatch: CountedBatch, Sendable, Equatable {
  /// [tokens]
  public private(set) var tokens: [Int32] = []
  /// [tokens], each document counted from 0
  public private(set) var positions: [Int32] = []
  public private(set) var documentLengths: [Int] = []
  /// [tokens]; −100 where nothing is learnt
  public private(set) var labels: [Int32] = []
  /// The rows with a label, in order.
  public private(set) var learntRows: [Int32] = []
  /// The labels of those rows.
  public private(set) var learntLabels: [Int32] = []
  /// One row for each of `learntRows`; nil unless every document has one.
  public private(set) var signal: KeptSignal?
  /// One for each document; nil unless every document has one.
  public private(set) var foreign: [ForeignExample]?

  public init(_ examples: [Example]) {
    for example in examples {
      let start = Int32(tokens.count)
      tokens += example.inputs
      labels += example.labels
      positions += (0..<Int32(example.count))
      documentLengths.append(example.count)
      for (row, label) in example.labels.enumerated() where label != Example.ignoredLabel {
        learntRows.append(start + Int32(row))
        learntLabels.append(label)
      }
    }
    let views = examples.compactMap(\.foreign)
    if !views.isEmpty, views.count == examples.count { foreign = views }
    guard let first = examples.first?.signal,
      examples.allSatisfy({ $0.signal?.k == first.k && $0.signal?.temperature == first.temperature })
    else { return }
    var all = first
    for example in examples.dropFirst() {
      if let next = example.signal { all.append(next) }
    }
    if all.rows == learntRows.count { signal = all }
  }

  public var tokenCount: Int { tokens.count }
  public var labelCount: Int { learntRows.count }
  public var squaredLengths: Int { documentLengths.reduce(0) { $0 + $1 * $1 } }
  public var spans: AttentionSpans { .causal(documentLengths: documentLengths) }

  /// Learnt tokens of each document.
  var learntCounts: [Int] {
    var start = 0
    return documentLengths.map { length in
      defer { start += length }
      return labels[start..<start + length].count { $0 != Example.ignoredLabel }
    }
  }
}
