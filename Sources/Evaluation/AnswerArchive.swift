import Files

/// The finished answers of one model, so that an examination that was broken off asks the rest alone.
public protocol AnswerArchive {
  /// What the answers depend on beside the question and how it is asked: digests of weights, configuration and tokenizer.
  var identity: JSONObject { get }

  /// The answer that was kept; nil when there is none.
  func answer(to key: AnswerKey) throws -> KeptAnswer?

  /// Keeps an answer as soon as it is finished.
  func keep(_ answer: KeptAnswer, as key: AnswerKey) throws
}

/// Everything that one answer depends on.
public struct AnswerKey: Sendable, Hashable {
  /// JSON.
  public let request: String
  /// SHA-256 of the request.
  public let hash: String

  init(_ request: JSONObject) {
    self.request = JSONValue.object(request).text()
    hash = Fingerprint.sha256(Array(self.request.utf8))
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
