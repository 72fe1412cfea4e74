/// One document as the model meets it: inputs and, for each, the token to be predicted there.
public struct Example: Sendable, Equatable {
  /// All tokens but the last.
  public var inputs: [Int32]
  /// `labels[i]` is the token after `inputs[i]`; −100 where nothing is to be learnt.
  public var labels: [Int32]
  /// For each label whether a completion holds it, where prompts are learnt as well; nil where completions hold all that
  /// are learnt.
  public var isCompletion: [Bool]?
  /// The teacher's kept distributions, one row for each label that is not −100.
  public var signal: KeptSignal?
  /// The same text in the tokens of a teacher that has its own.
  public var foreign: ForeignExample?
  /// What it is about, for teachers that each teach some domains.
  public var domain: String?

  public static let ignoredLabel: Int32 = -100

  /// - Parameters:
  ///   - tokens: the whole document
  ///   - learntFrom: index of the first token that is to be predicted (1 or more)
  public init(tokens: [Int32], learntFrom: Int = 1, signal: KeptSignal? = nil) {
    self.init(tokens: tokens, isLearnt: tokens.indices.map { $0 >= learntFrom }, signal: signal)
  }

  /// - Parameters:
  ///   - tokens: the whole document
  ///   - isLearnt: for each token whether it is to be predicted; that of the first has no meaning
  public init(tokens: [Int32], isLearnt: [Bool], signal: KeptSignal? = nil) {
    inputs = Array(tokens.dropLast())
    labels = tokens.indices.dropFirst().map { isLearnt[$0] ? tokens[$0] : Example.ignoredLabel }
    self.signal = signal
  }

  init(inputs: [Int32], labels: [Int32]) {
    (self.inputs, self.labels) = (inputs, labels)
  }

  public var count: Int { inputs.count }
  public var labelCount: Int { labels.count { $0 != Example.ignoredLabel } }
  /// What it takes in memory, in tokens with their labels.
  var storedSize: Int { count + (signal?.indices.count ?? 0) + (foreign?.inputs.count ?? 0) }
}

/// The k most probable tokens of a teacher at each learnt position, kept in plain arrays that can cross tasks.
public struct KeptSignal: Sendable, Equatable {
  public var k: Int
  /// The temperature of the distribution; the tail holds at no other.
  public var temperature: Double
  /// [rows, k], natural logarithms, largest first.
  public var logProbabilities: [Float]
  /// [rows, k]
  public var indices: [Int32]
  /// [rows], the logarithm of the mass outside the k.
  public var tail: [Float]

  public init(
    k: Int, logProbabilities: [Float], indices: [Int32], tail: [Float], temperature: Double = 1
  ) {
    self.k = k
    self.temperature = temperature
    self.logProbabilities = logProbabilities
    self.indices = indices
    self.tail = tail
  }

  public var rows: Int { tail.count }

  /// The part for some rows.
  func rows(_ range: Range<Int>) -> KeptSignal {
    let entries = range.lowerBound * k..<range.upperBound * k
    return KeptSignal(
      k: k, logProbabilities: Array(logProbabilities[entries]), indices: Array(indices[entries]),
      tail: Array(tail[range]), temperature: temperature)
  }

  mutating func append(_ other: KeptSignal) {
    logProbabilities += other.logProbabilities
    indices += other.indices
    tail += other.tail
  }
}

/// A numbered list of examples. Item `index` is the same whenever and however often it is asked for.
public protocol ExampleSource: Sendable {
  var count: Int { get }
  /// What errors call it.
  var name: String { get }
  func example(at index: Int) throws -> Example
  /// How hard each example is, for a curriculum; numbers of one source compare with each other.
  var difficulties: [Double] { get }
}

extension ExampleSource {
  /// All alike.
  public var difficulties: [Double] { Array(repeating: 0, count: count) }
}

/// Examples that are already made.
public struct ExampleList: ExampleSource {
  public var name: String
  public var examples: [Example]
  public var count: Int { examples.count }

  public init(_ examples: [Example], name: String = "examples") {
    self.examples = examples
    self.name = name
  }

  public func example(at index: Int) -> Example { examples[index] }
}

/// Several sources, one after another.
public struct ExampleMixture: ExampleSource {
  public let sources: [any ExampleSource]
  private let ends: [Int]

  public init(_ sources: [any ExampleSource]) {
    self.sources = sources
    var total = 0
    ends = sources.map { source in
      total += source.count
      return total
    }
  }

  public var count: Int { ends.last ?? 0 }
  public var name: String { sources.map(\.name).joined(separator: " and ") }

  public func example(at index: Int) throws -> Example {
    let (source, inner) = place(of: index)
    return try source.example(at: inner)
  }

  /// Levels and bytes do not compare: each source brings its own ranks, so that all join a curriculum side by side.
  public var difficulties: [Double] { sources.flatMap { Curriculum.ranks($0.difficulties) } }

  private func place(of index: Int) -> (source: any ExampleSource, inner: Int) {
    let which = ends.firstIndex { index < $0 } ?? 0
    return (sources[which], index - (which == 0 ? 0 : ends[which - 1]))
  }
}
