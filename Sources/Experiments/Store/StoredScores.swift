import Evaluation
import Foundation
import GRDB

/// How likely a model found the continuations of one prompt, kept so that it never reads them twice.
public struct StoredScores: Codable, Sendable, FetchableRecord, PersistableRecord {
  public static let databaseTableName = "score"
  public static let persistenceConflictPolicy = PersistenceConflictPolicy(insert: .replace)
  /// SHA-256 of the request.
  public var hash: String
  public var time: Date
  /// Where the model lay.
  public var model: String
  /// JSON: all that the scores depend on.
  public var request: String
  /// One for each continuation; JSON in the table, whose numbers read back to the last bit.
  public var scores: [KeptScore]

  public init(hash: String, time: Date, model: String, request: String, scores: [KeptScore]) {
    self.hash = hash
    self.time = time
    self.model = model
    self.request = request
    self.scores = scores
  }
}

extension StoredScores: ArchivedRow {
  public init(_ answer: [KeptScore], key: AnswerKey, model: String, time: Date) {
    self.init(hash: key.hash, time: time, model: model, request: key.request, scores: answer)
  }

  public var answer: [KeptScore] { scores }
}
