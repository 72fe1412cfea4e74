import Foundation

/// What an update needs of one sampled answer.
public struct SampledCompletion: Sendable, Equatable {
  /// Prompt and completion.
  public let tokens: [Int32]
  public let promptCount: Int
  /// Of each completion token, when it was drawn.
  public let samplingLogProbabilities: [Float]
  public let advantage: Float
  /// Whether it is learnt.
  public let isCounted: Bool
  /// Of each completion token in the forward pass of the first update made of it; nil before that.
  public internal(set) var oldLogProbabilities: [Float]?

  init(_ rollout: Rollout, isCounted: Bool) {
    tokens = rollout.tokens
    promptCount = rollout.promptCount
    samplingLogProbabilities = rollout.samplingLogProbabilities
    advantage = rollout.advantage
    self.isCounted = isCounted
  }

  /// Tokens of the completion.
  public var length: Int { samplingLogProbabilities.count }
}

/// Stored as the bytes of their bit patterns: a resumed run must get the very numbers, not every float is a number of JSON,
/// and an update has many.
extension SampledCompletion: Codable {
  private enum Key: String, CodingKey {
    case tokens, promptCount, sampling, advantage, isCounted, old
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(Data(words: tokens.map(UInt32.init(bitPattern:))), forKey: .tokens)
    try container.encode(promptCount, forKey: .promptCount)
    try container.encode(Data(words: samplingLogProbabilities.map(\.bitPattern)), forKey: .sampling)
    try container.encode(advantage.bitPattern, forKey: .advantage)
    try container.encode(isCounted, forKey: .isCounted)
    try container.encodeIfPresent(oldLogProbabilities.map { Data(words: $0.map(\.bitPattern)) }, forKey: .old)
  }

  /// - Throws: `DecodingError` also for counts that do not belong together.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    func words(_ key: Key) throws -> [UInt32] { try container.decode(Data.self, forKey: key).words }
    func floats(_ key: Key) throws -> [Float] { try words(key).map(Float.init(bitPattern:)) }
    tokens = try words(.tokens).map(Int32.init(bitPattern:))
    promptCount = try container.decode(Int.self, forKey: .promptCount)
    samplingLogProbabilities = try floats(.sampling)
    advantage = Float(bitPattern: try container.decode(UInt32.self, forKey: .advantage))
    isCounted = try container.decode(Bool.self, forKey: .isCounted)
    oldLogProbabilities = container.contains(.old) ? try floats(.old) : nil
    guard promptCount > 0, tokens.count - promptCount == length, tokens.allSatisfy({ $0 >= 0 }),
      oldLogProbabilities.map({ $0.count == length }) ?? true
    else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "an answer whose counts do not agree"))
    }
  }
}

extension Data {
  /// Four bytes a word, the lowest first.
  fileprivate init(words: [UInt32]) {
    self.init(words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } })
  }

  /// Bytes behind the last whole word are left out.
  fileprivate var words: [UInt32] {
    let bytes = [UInt8](self)
    return stride(from: 0, to: bytes.count - bytes.count % 4, by: 4).map { first in
      (0..<4).reduce(0) { $0 | UInt32(bytes[first + $1]) << (8 * UInt32($1)) }
    }
  }
}
