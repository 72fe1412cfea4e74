import Evaluation
import Files
import Foundation
import GRDB

/// A row of the store that holds what a model answered to one request; its primary key is the request's hash.
public protocol ArchivedRow: FetchableRecord, PersistableRecord, Sendable {
  associatedtype Answer

  /// - Parameter model: where it lies, for the reader of the table.
  init(_ answer: Answer, key: AnswerKey, model: String, time: Date)

  var answer: Answer { get }
}

/// One model's answers in the experiment store; each is committed by itself, so that what ends the program loses none.
public final class StoredAnswerArchive<Row: ArchivedRow>: AnswerArchive {
  public let identity: JSONObject
  /// What was looked for in the store.
  public private(set) var requests = 0
  /// Answers that were kept in it.
  public private(set) var kept = 0
  private let store: ExperimentStore
  private let model: String
  private let asksAnew: Bool

  /// Once all requests are answered: how many were answered from the store. A row that is no answer to its request is
  /// replaced, and not counted.
  public var reused: Int { requests - kept }

  /// - Parameters:
  ///   - model: where it lies, for the reader of the table.
  ///   - identity: digests of the model; a model in another place with the same has the same answers.
  ///   - asksAnew: gives no earlier answer, and replaces each by the new one.
  public init(_ store: ExperimentStore, model: String, identity: JSONObject, asksAnew: Bool = false) {
    self.store = store
    self.model = model
    self.identity = identity
    self.asksAnew = asksAnew
  }

  /// - Returns: nil also for a row that cannot be read.
  /// - Throws: `StoreError`.
  public func answer(to key: AnswerKey) throws -> Row.Answer? {
    requests += 1
    guard !asksAnew, let row: Row = try store.answer(hash: key.hash) else { return nil }
    return row.answer
  }

  /// - Throws: `StoreError`.
  public func keep(_ answer: Row.Answer, as key: AnswerKey) throws {
    try store.insert(Row(answer, key: key, model: model, time: Date()))
    kept += 1
  }
}
