import Evaluation
import Experiments
import Files
import Foundation
import GRDB
import Testing

@Suite struct StoredAnswerTests {
  private let path = NSTemporaryDirectory() + "store-\(UUID().uuidString)/store.sqlite"

  private func stored(_ hash: String) -> StoredAnswer {
    StoredAnswer(
      hash: hash, time: Date(), model: "m", request: "{}", completion: "<think>a</think>1", tokens: 4,
      stopped: true, logProbability: -0.1 / 3)
  }

  /// Log-probabilities come back to the last bit, so that a resumed report equals a whole one.
  @Test func whatIsKeptIsRead() throws {
    try ExperimentStore(path: path).insert(stored("a"))
    let store = try ExperimentStore(path: path)
    let found = try #require(try store.answer(hash: "a"))
    #expect(found.completion == "<think>a</think>1" && found.tokens == 4 && found.stopped)
    #expect(found.logProbability == -0.1 / 3)
    #expect(try store.answer(hash: "b") == nil)
    var empty = stored("a")
    empty.completion = ""
    empty.logProbability = nil
    try store.insert(empty)
    #expect(try store.answer(hash: "a")?.logProbability == nil)
  }

  /// A store that was made before answers were kept has all but the table.
  @Test func anEarlierStoreGetsTheTable() throws {
    do {
      let store = try ExperimentStore(path: path)
      try store.insert(
        StoredTeacherAnswer(hash: "t", time: Date(), place: "p", request: "{}", response: "{}"))
    }
    try DatabaseQueue(path: path).write { db in
      try db.execute(sql: "DROP TABLE answer; DELETE FROM grdb_migrations WHERE identifier = 'answers'")
    }
    let store = try ExperimentStore(path: path)
    try store.insert(stored("a"))
    #expect(try store.answer(hash: "a")?.tokens == 4)
    #expect(try store.teacherAnswer(hash: "t")?.place == "p")
  }
}
