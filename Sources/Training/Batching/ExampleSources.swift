import Corpus
import Kernels
import Text

/// Generated problems: example `i` is problem `i` of the generator.
public struct ProblemExamples: ExampleSource {
  public let generator: ProblemGenerator
  public let encoder: ExampleEncoder
  public let count: Int
  public let includesReasoning: Bool
  public var name: String { "problems of " + generator.domains.map(\.rawValue).joined(separator: ", ") }

  public init(
    _ generator: ProblemGenerator, encoder: ExampleEncoder, count: Int, includesReasoning: Bool = true
  ) {
    self.generator = generator
    self.encoder = encoder
    self.count = count
    self.includesReasoning = includesReasoning
  }

  public func example(at index: Int) throws -> Example {
    try encoder.example(generator.problem(at: index), includesReasoning: includesReasoning)
  }

  public var difficulties: [Double] { (0..<count).map { Double(generator.level(at: $0)) } }
}

/// Records of a file, in their order.
public struct RecordExamples: ExampleSource {
  public let records: [Record]
  public let encoder: ExampleEncoder
  public let includesReasoning: Bool
  public let name: String
  public var count: Int { records.count }

  /// Records of which nothing can be learnt (a prompt without an answer) are refused when they are reached.
  public init(_ records: [Record], encoder: ExampleEncoder, includesReasoning: Bool = true, name: String) {
    self.records = records
    self.encoder = encoder
    self.includesReasoning = includesReasoning
    self.name = name
  }

  public func example(at index: Int) throws -> Example {
    let record = records[index]
    var example = try encoded(record)
    if let domain = record.domain { example.domain = domain }
    return example
  }

  private func encoded(_ record: Record) throws -> Example {
    switch record.content {
    case .text(let text): return Example(tokens: try encoder.document(text))
    case .completion(let prompt, let completion):
      return try encoder.example(prompt: prompt, completion: completion)
    case .problem(let problem): return try encoder.example(problem, includesReasoning: includesReasoning)
    case .messages(let messages): return try encoder.example(messages)
    case .prompt:
      throw TrainingError.badRecord(
        place: record.place, expected: "a completion, answer or messages to learn from",
        found: "a prompt alone")
    case .preference:
      throw TrainingError.badRecord(
        place: record.place, expected: "a completion, answer or messages to learn from",
        found: "a chosen and a rejected answer, which method preference learns from")
    }
  }

  /// The records' levels; the bytes of their texts where one has none, since the two do not compare.
  public var difficulties: [Double] {
    let levels = records.compactMap(\.level)
    if levels.count == records.count { return levels.map(Double.init) }
    return records.map { Double($0.texts.reduce(0) { $0 + $1.utf8.count }) }
  }
}

/// Pieces of plain texts, each of at most `maxLength` tokens.
public struct TextExamples: ExampleSource {
  public let name: String
  private let tokens: [Int32]
  private let starts: [Int]
  private let ends: [Int]
  public var count: Int { starts.count }

  /// - Parameter texts: encoded at once; each ends with the end-of-text token.
  public init(_ texts: [String], encoder: ExampleEncoder, maxLength: Int, name: String) throws {
    var tokens: [Int32] = []
    var starts: [Int] = []
    var ends: [Int] = []
    for text in texts {
      let document = try encoder.document(text)
      // Pieces overlap by one token: the last label of a piece is the first input of the next.
      var start = 0
      while start + 1 < document.count {
        let end = min(start + maxLength + 1, document.count)
        starts.append(tokens.count + start)
        ends.append(tokens.count + end)
        start = end - 1
      }
      tokens += document
    }
    self.name = name
    self.tokens = tokens
    self.starts = starts
    self.ends = ends
  }

  public func example(at index: Int) -> Example {
    Example(tokens: Array(tokens[starts[index]..<ends[index]]))
  }
}

/// Generated statements, questions and arithmetic for pre-training: example `i` is document `i`.
public struct DomainTextExamples: ExampleSource {
  public let text: DomainText
  public let encoder: ExampleEncoder
  public let maxLength: Int
  public let count: Int
  public var name: String { "text of the domains" }

  public init(_ text: DomainText, encoder: ExampleEncoder, maxLength: Int, count: Int) {
    self.text = text
    self.encoder = encoder
    self.maxLength = maxLength
    self.count = count
  }

  public func example(at index: Int) throws -> Example {
    Example(tokens: Array(try encoder.document(text.document(at: index)).prefix(maxLength + 1)))
  }
}

/// Exercises that are made as they are asked for: example `i` is drawn from the seed, the name and `i`.
public struct DrawnExamples: ExampleSource {
  public let name: String
  public let count: Int
  public let seed: UInt64
  private let draw: @Sendable (inout SeededRandom) throws -> Example

  public init(
    name: String, count: Int, seed: UInt64, draw: @escaping @Sendable (inout SeededRandom) throws -> Example
  ) {
    self.name = name
    self.count = count
    self.seed = seed
    self.draw = draw
  }

  /// Lines of equations, all of them learnt.
  public static func arithmetic(encoder: ExampleEncoder, count: Int, seed: UInt64) -> DrawnExamples {
    DrawnExamples(name: "arithmetic", count: count, seed: seed) { random in
      Example(tokens: try encoder.document(ArithmeticDrills.document(using: &random)))
    }
  }

  /// Facts to look up; the answers alone are learnt.
  public static func lookups(
    _ drills: LookupDrills, encoder: ExampleEncoder, count: Int, seed: UInt64
  ) -> DrawnExamples {
    DrawnExamples(name: "lookups", count: count, seed: seed) { random in
      let exercise = drills.exercise(using: &random)
      return try encoder.example(prompt: exercise.prompt, completion: exercise.completion)
    }
  }

  public func example(at index: Int) throws -> Example {
    var random = SeededRandom(seed: seed ^ StableHash.of(name), index: index)
    return try draw(&random)
  }
}
