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
    let found: StoredAnswer = try #require(try store.answer(hash: "a"))
    #expect(found.completion == "<think>a</think>1" && found.tokens == 4 && found.stopped)
    #expect(found.logProbability == -0.1 / 3)
    #expect(try store.answer(hash: "b") as StoredAnswer? == nil)
    var empty = stored("a")
    empty.completion = ""
    empty.logProbability = nil
    try store.insert(empty)
    #expect(try (store.answer(hash: "a") as StoredAnswer?)?.logProbability == nil)
  }

  @Test func scoresAreReadToTheLastBit() throws {
    var bits: UInt64 = 0x9E37_79B9_7F4A_7C15
    let values = (0..<500).map { index -> Double in
      bits = bits &* 6_364_136_223_846_793_005 &+ 1
      // Sums of logarithms, and whatever else a finite number can be.
      let value = index % 2 == 0 ? -Double(bits >> 40) / 3e5 : Double(bitPattern: bits)
      return value.isFinite ? value : -0.1
    }
    let scores =
      (values + [0, -0.0, -.leastNonzeroMagnitude]).enumerated().map {
        KeptScore(logLikelihood: $1, isGreedy: $0 % 3 == 0)
      }
    try ExperimentStore(path: path).insert(
      StoredScores(hash: "s", time: Date(), model: "m", request: "{}", scores: scores))
    let found: StoredScores = try #require(try ExperimentStore(path: path).answer(hash: "s"))
    #expect(found.scores.map(\.logLikelihood.bitPattern) == scores.map(\.logLikelihood.bitPattern))
    #expect(found.scores.map(\.isGreedy) == scores.map(\.isGreedy))
  }

  /// The answers can be had again.
  @Test(arguments: ["scores = '[1'", "scores = '[1]'", "scores = x'ff'", "time = 'never'"])
  func scoresThatCannotBeReadAreNoneAndReplaced(change: String) throws {
    let store = try ExperimentStore(path: path)
    let row = StoredScores(hash: "s", time: Date(), model: "m", request: "{}", scores: [])
    try store.insert(row)
    #expect(try store.answer(hash: "s") as StoredScores? != nil)
    try DatabaseQueue(path: path).write { try $0.execute(sql: "UPDATE score SET \(change)") }
    #expect(try store.answer(hash: "s") as StoredScores? == nil)
    try store.insert(row)
    #expect(try store.answer(hash: "s") as StoredScores? != nil)
  }

  @Test func answersThatCannotBeReadAreNone() throws {
    let store = try ExperimentStore(path: path)
    try store.insert(stored("a"))
    try DatabaseQueue(path: path).write { try $0.execute(sql: "UPDATE answer SET time = 'never'") }
    #expect(try store.answer(hash: "a") as StoredAnswer? == nil)
  }

  /// What is wrong with the store itself would also be wrong with what is kept next.
  @Test func aStoreThatCannotBeReadIsOneLine() throws {
    let store = try ExperimentStore(path: path)
    try DatabaseQueue(path: path).write { try $0.execute(sql: "DROP TABLE score") }
    let error = #expect(throws: StoreError.self) { try store.answer(hash: "s") as StoredScores? }
    #expect(
      error?.exitCode == .cannotWrite && error?.description.contains("\n") == false,
      "\(String(describing: error))")
  }

  /// A store that was made before scores were kept still has its answers.
  @Test func anEarlierStoreGetsTheTableOfScores() throws {
    try ExperimentStore(path: path).insert(stored("a"))
    try DatabaseQueue(path: path).write { db in
      try db.execute(sql: "DROP TABLE score; DELETE FROM grdb_migrations WHERE identifier = 'scores'")
    }
    let store = try ExperimentStore(path: path)
    #expect(try (store.answer(hash: "a") as StoredAnswer?)?.tokens == 4)
    #expect(try store.answer(hash: "a") as StoredScores? == nil)
    try store.insert(StoredScores(hash: "a", time: Date(), model: "m", request: "{}", scores: []))
    #expect(try (store.answer(hash: "a") as StoredScores?)?.scores == [])
  }

  /// Of two programs that asked the same at the same time, both learn from what the first was told.
  @Test func aTeachersAnswerIsNeverReplaced() throws {
    let store = try ExperimentStore(path: path)
    func answer(_ response: String) -> StoredTeacherAnswer {
      StoredTeacherAnswer(hash: "t", time: Date(), place: "p", request: "{}", response: response)
    }
    #expect(try store.keep(answer("first")).response == "first")
    #expect(try store.keep(answer("second")).response == "first")
    #expect(try store.teacherAnswer(hash: "t")?.response == "first")
  }

  /// A store that was made before answers were kept has all but the table.
  @Test func anEarlierStoreGetsTheTable() throws {
    do {
      let store = try ExperimentStore(path: path)
      _ = try store.keep(
        StoredTeacherAnswer(hash: "t", time: Date(), place: "p", request: "{}", response: "{}"))
    }
    try DatabaseQueue(path: path).write { db in
      try db.execute(sql: "DROP TABLE answer; DELETE FROM grdb_migrations WHERE identifier = 'answers'")
    }
    let store = try ExperimentStore(path: path)
    try store.insert(stored("a"))
    #expect(try (store.answer(hash: "a") as StoredAnswer?)?.tokens == 4)
    #expect(try store.teacherAnswer(hash: "t")?.place == "p")
  }
}
