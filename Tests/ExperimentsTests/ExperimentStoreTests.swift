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
    #expect(throws: StoreError.self) { try store.run(named: "") }
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
