import Kernels

/// Whole documents one after another, without padding; they do not see each other. A document may branch: a prompt with
/// several continuations.
public struct TokenBatch: CountedBatch, Sendable, Equatable {
  /// [tokens]
  public private(set) var tokens: [Int32] = []
  /// [tokens], each document counted from 0, each continuation from the end of its prompt
  public private(set) var positions: [Int32] = []
  public private(set) var documentLengths: [Int] = []
  /// The tokens that each token sees.
  public let spans: AttentionSpans
  /// The rows with a label, in order; the last of a prompt stands once for each continuation.
  public private(set) var learntRows: [Int32] = []
  /// The labels of those rows.
  public private(set) var learntLabels: [Int32] = []
  /// For each of those rows whether a completion holds its label.
  public private(set) var isCompletion: [Bool] = []
  /// One row for each of `learntRows`; nil unless every document has one.
  public private(set) var signal: KeptSignal?
  /// One for each document; nil where it has none.
  public private(set) var domains: [String?] = []
  /// One for each document; nil unless every document has one.
  public private(set) var foreign: [ForeignExample]?

  public init(_ examples: [Example]) {
    for example in examples {
      let start = Int32(tokens.count)
      tokens += example.inputs
      positions += (0..<Int32(example.count))
      documentLengths.append(example.count)
      domains.append(example.domain)
      for (row, label) in example.labels.enumerated() where label != Example.ignoredLabel {
        learntRows.append(start + Int32(row))
        learntLabels.append(label)
        isCompletion.append(example.isCompletion?[row] ?? true)
      }
    }
    spans = .causal(documentLengths: documentLengths)
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

  /// Whether every document is one text, without continuations side by side.
  var isPlain: Bool { spans.keyTokens == nil }
  public var tokenCount: Int { tokens.count }
  public var labelCount: Int { learntRows.count }
  /// [tokens]; −100 where nothing is learnt. Of documents that do not branch.
  var rowLabels: [Int32] {
    var labels = [Int32](repeating: Example.ignoredLabel, count: tokenCount)
    for (row, label) in zip(learntRows, learntLabels) { labels[Int(row)] = label }
    return labels
  }
  /// Of a document of n tokens Σ (2i − 1) = n².
  public var squaredLengths: Int {
    zip(spans.firstKey, spans.endKey).reduce(0) { $0 + 2 * Int($1.1 - $1.0) - 1 }
  }

  /// Learnt tokens of each document.
  package var learntCounts: [Int] {
    var (end, next) = (0, 0)
    return documentLengths.map { length in
      end += length
      // The rows of a document stand together, those of an earlier one before them.
      let first = next
      while next < learntRows.count, Int(learntRows[next]) < end { next += 1 }
      return next - first
    }
  }
}

extension TokenBatch {
  /// Continuations of prompts, all of their tokens learnt. A prompt that several neighbours begin with stands once.
  ///
  /// - Parameter continuations: `tokens` hold a prompt of `promptCount` (1 or more) tokens and what follows it.
  package init(continuations: [(tokens: [Int32], promptCount: Int)]) {
    var groups: [(prompt: Int, continuations: [Int])] = []
    var current: ArraySlice<Int32> = []
    for (all, promptCount) in continuations {
      let (prompt, continuation) = (all[..<promptCount], all[promptCount...])
      if groups.isEmpty || prompt != current {
        current = prompt
        groups.append((promptCount, []))
        documentLengths.append(promptCount)
        domains.append(nil)
        tokens += prompt
        positions += 0..<Int32(promptCount)
      }
      // The last token is predicted, and never read.
      let inputs = continuation.dropLast()
      let promptEnd = tokens.count - groups[groups.count - 1].continuations.reduce(0, +)
      let rows = Int32(tokens.count)..<Int32(tokens.count + inputs.count)
      if !continuation.isEmpty { learntRows += [Int32(promptEnd - 1)] + rows }
      learntLabels += continuation
      isCompletion += continuation.map { _ in true }
      tokens += inputs
      positions += Int32(promptCount)..<Int32(promptCount + inputs.count)
      documentLengths[documentLengths.count - 1] += inputs.count
      groups[groups.count - 1].continuations.append(inputs.count)
    }
    spans = .branching(groups)
  }
}
