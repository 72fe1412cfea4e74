import Evaluation
import Files
import Foundation

/// One model's answers in the experiment store; each is committed by itself, so that what ends the program loses none.
public struct StoredAnswerArchive: AnswerArchive {
  public let identity: JSONObject
  private let store: ExperimentStore
  private let model: String
  private let asksAnew: Bool

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

  /// - Throws: `StoreError`.
  public func answer(to key: AnswerKey) throws -> KeptAnswer? {
    guard !asksAnew, let stored = try store.answer(hash: key.hash) else { return nil }
    return KeptAnswer(
      completion: stored.completion, tokenCount: stored.tokens, stopped: stored.stopped,
      meanLogProbability: stored.logProbability)
  }

  /// - Throws: `StoreError`.
  public func keep(_ answer: KeptAnswer, as key: AnswerKey) throws {
    try store.insert(
      StoredAnswer(
        hash: key.hash, time: Date(), model: model, request: key.request, completion: answer.completion,
        tokens: answer.tokenCount, stopped: answer.stopped, logProbability: answer.meanLogProbability))
  }
}
