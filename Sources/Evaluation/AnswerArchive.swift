import Files
import Kernels
import LanguageModels

/// What one model has answered, so that an examination that was broken off asks the rest alone.
///
/// An answer is a text that the model wrote (`KeptAnswer`), or how likely it finds given ones (`[KeptScore]`).
public protocol AnswerArchive<Answer> {
  associatedtype Answer

  /// What the answers depend on beside the question and how it is asked: digests of weights, configuration and tokenizer.
  var identity: JSONObject { get }

  /// The answer that was kept; nil when there is none.
  func answer(to key: AnswerKey) throws -> Answer?

  /// Keeps an answer as soon as it is finished.
  func keep(_ answer: Answer, as key: AnswerKey) throws
}

/// Everything that one answer depends on.
public struct AnswerKey: Sendable, Hashable {
  /// JSON.
  public let request: String
  /// SHA-256 of the request.
  public let hash: String

  /// The program itself and the kernels are in it: others may round otherwise, and a greedy answer follows.
  init(_ generator: Generator, identity: JSONObject, _ request: [(String, JSONValue)]) {
    let model = identity.entries.map { ($0.key, $0.value) }
    let computation: [(String, JSONValue)] = [
      ("program", .string(MachineFacts.programIdentity)),
      ("kernels", .string(Processor.variant.rawValue)), ("precision", .string(Precision.current.rawValue)),
      ("cache", .string(generator.cachePrecision.rawValue)),
    ]
    self.request = JSONValue.object(JSONObject(model + computation + request)).text()
    hash = Fingerprint.sha256(Array(self.request.utf8))
  }

  /// The same text becomes other tokens in another tokenizer, or under a template that writes the date.
  static func digest(_ tokens: [Int32]) -> JSONValue {
    .string(Fingerprint.sha256(Array(tokens.map(String.init).joined(separator: " ").utf8)))
  }
}

/// What a model wrote, before it is read: a better reading holds for answers that were kept earlier too.
public struct KeptAnswer: Sendable, Equatable {
  public let completion: String
  public let tokenCount: Int
  /// Whether the model ended by itself, rather than at the token limit.
  public let stopped: Bool
  public let meanLogProbability: Double?

  public init(completion: String, tokenCount: Int, stopped: Bool, meanLogProbability: Double?) {
    self.completion = completion
    self.tokenCount = tokenCount
    self.stopped = stopped
    self.meanLogProbability = meanLogProbability
  }
}

/// How likely a model finds one continuation of a prompt.
public struct KeptScore: Codable, Sendable, Equatable {
  /// Σ ln p over the tokens.
  public let logLikelihood: Double
  /// Whether greedy decoding would write it.
  public let isGreedy: Bool

  public init(logLikelihood: Double, isGreedy: Bool) {
    self.logLikelihood = logLikelihood
    self.isGreedy = isGreedy
  }
}
