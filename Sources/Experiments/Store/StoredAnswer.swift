import Evaluation
import Foundation
import GRDB

/// What a model answered in an evaluation, kept so that it is never asked twice.
public struct StoredAnswer: Codable, Sendable, FetchableRecord, PersistableRecord {
  public static let databaseTableName = "answer"
  public static let persistenceConflictPolicy = PersistenceConflictPolicy(insert: .replace)
  /// SHA-256 of the request.
  public var hash: String
  public var time: Date
  /// Where the model lay.
  public var model: String
  /// JSON: all that the answer depends on.
  public var request: String
  public var completion: String
  public var tokens: Int
  public var stopped: Bool
  /// Mean over the tokens; nil for an empty answer.
  public var logProbability: Double?

  public init(
    hash: String, time: Date, model: String, request: String, completion: String, tokens: Int, stopped: Bool,
    logProbability: Double?
  ) {
    self.hash = hash
    self.time = time
    self.model = model
    self.request = request
    self.completion = completion
    self.tokens = tokens
    self.stopped = stopped
    self.logProbability = logProbability
  }
}

extension StoredAnswer: ArchivedRow {
  public init(_ answer: KeptAnswer, key: AnswerKey, model: String, time: Date) {
    self.init(
      hash: key.hash, time: time, model: model, request: key.request, completion: answer.completion,
      tokens: answer.tokenCount, stopped: answer.stopped, logProbability: answer.meanLogProbability)
  }

  public var answer: KeptAnswer {
    KeptAnswer(
      completion: completion, tokenCount: tokens, stopped: stopped, meanLogProbability: logProbability)
  }
}
