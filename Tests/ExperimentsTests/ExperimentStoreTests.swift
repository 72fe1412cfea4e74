import Experiments
import Foundation
import GRDB
import Kernels
import Testing

@Suite struct ExperimentStoreTests {
  private func temporaryPath() -> String {
    NSTemporaryDirectory() + "store-\(UUID().uuidString)/store.sqlite"
  }

  private func run(_ id: String) -> StoredRun {
    StoredRun(
      id: id, verb: "train", name: "ci", status: .running, startedAt: Date(), endedAt: nil, recipe: "{}",
      recipeHash: "0", machine: "{}", output: nil)
  }

  @Test func whatIsWrittenIsRead() throws {
    let store = try ExperimentStore(path: temporaryPath())
    try store.insert(run("abc"))
    try store.insert((1...3).map { StoredMetric(run: "abc", step: $0, name: "loss", value: 1 / Double($0)) })
    try store.insert([
      StoredSample(run: "abc", step: 3, prompt: "p", completion: "c", answer: "a", verdict: "wrong")
    ])
    try store.finish(run: "abc", as: .done)
    #expect(try store.run(named: "ab").status == .done)
    #expect(try store.metrics(of: "abc", named: "loss").map(\.step) == [1, 2, 3])
    #expect(try store.samples(of: "abc").count == 1)
    #expect(throws: StoreError.self) { try store.run(named: "zz") }
    try store.insert(run("abd"))
    let error = #expect(throws: StoreError.self) { try store.run(named: "ab") }
    #expect(error?.description.contains("abd") == true)
    #expect(try store.run(named: "abc").id == "abc")
    #expect(throws: StoreError.self) { try store.run(named: "") }
  }

  /// Four answers: the verifier and the program agree on two, and one is not judged by the program.
  @Test func anAuditNamesTheAnswersOnWhichJudgesDisagree() throws {
    func row(_ verdict: String, _ rewards: String) -> StoredRollout {
      StoredRollout(
        run: "abc", step: 1, prompt: "p", completion: "c", answer: "a", verdict: verdict, rewards: rewards,
        advantage: 0, tokens: 1, truncated: false)
    }
    let audit = try RewardAudit([
      row("correct", #"{"checker": 1, "length": -0.2, "format": 1}"#),
      row("wrong", #"{"checker": 1, "length": -0.9, "format": 1}"#),
      row("unparsable", #"{"checker": 0, "length": -0.1, "format": 1}"#),
      row("correct", #"{"length": -0.3, "format": 1}"#),
    ])
    #expect(audit.constant == ["format"] && audit.unparsable == 1)
    #expect(audit.pairs.map { "\($0.first) \($0.second)" }.first == "checker length")
    #expect(audit.pairs[0].onlyFirst == [1] && audit.pairs[0].onlySecond == [2])
    let pair = try #require(audit.pairs.first { $0.first == "verdict" && $0.second == "checker" })
    #expect(pair.judged == 3 && pair.onlySecond == [1] && pair.onlyFirst.isEmpty)
    let length = try #require(audit.pairs.first { $0.first == "verdict" && $0.second == "length" })
    #expect(length.onlySecond == [2] && length.bothAccept == 2 && length.agreement == 0.75)
    #expect(throws: (any Error).self) { try RewardAudit([row("wrong", "{")]) }
    #expect(try RewardAudit([]).pairs.allSatisfy { $0.agreement == 1 })
  }

  @Test func twoWritersShareOneStore() async throws {
    let path = temporaryPath()
    let stores = [try ExperimentStore(path: path), try ExperimentStore(path: path)]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (number, store) in stores.enumerated() {
        let row = run("run\(number)")
        group.addTask {
          try store.insert(row)
          for step in 0..<50 {
            try store.insert([StoredMetric(run: row.id, step: step, name: "loss", value: 0)])
          }
        }
      }
      try await group.waitForAll()
    }
    for number in 0...1 { #expect(try stores[1 - number].metrics(of: "run\(number)").count == 50) }
  }

  @Test func aNewerStoreIsRefused() throws {
    let path = temporaryPath()
    _ = try ExperimentStore(path: path)
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99')") }
    let error = #expect(throws: StoreError.self) { try ExperimentStore(path: path) }
    #expect(error?.exitCode == .badData)
  }

  @Test func aFileThatIsNoStoreIsRefused() throws {
    let path = NSTemporaryDirectory() + "store-\(UUID().uuidString).sqlite"
    try Data("this is not a database, but it is long enough to be looked at".utf8).write(
      to: URL(fileURLWithPath: path))
    let error = #expect(throws: StoreError.self) { try ExperimentStore(path: path) }
    #expect(error?.exitCode == .cannotWrite)
  }
}
