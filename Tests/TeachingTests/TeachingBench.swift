import Corpus
import Experiments
import Files
import Foundation
import Teaching

/// A folder with a store, a recipe and outputs, for one test.
final class TeachingBench {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("teach-\(UUID().uuidString)")
  let store: ExperimentStore

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    store = try ExperimentStore(path: folder.appendingPathComponent("store.sqlite").path)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  var output: String { folder.appendingPathComponent("traces.jsonl").path }

  func file(_ name: String, _ text: String) throws -> String {
    let file = folder.appendingPathComponent(name)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  /// Sums with their answers, all of the training side: "What is 3 plus 4?" is question 3.
  func sums(_ count: Int) throws -> String {
    let lines = (0..<count).map {
      #"{"prompt": "What is \#($0) plus 4?", "answer": "\#($0 + 4)", "answer_type": "number", "split_group": "asked"}"#
    }
    return try file("sums.jsonl", lines.joined(separator: "\n"))
  }

  func recipe(_ text: String, _ overrides: [String] = []) throws -> TeachingRecipe {
    try TeachingRecipe.read(file: try file("recipe.yaml", text), overrides: overrides)
  }

  /// A recipe that asks `count` sums of a server, and hurries.
  func recipe(_ server: TestServer, sums count: Int, _ overrides: [String] = []) throws -> TeachingRecipe {
    try recipe(
      """
      dataset: {path: \(try sums(count))}
      teacher: {base_url: "\(server.address)", model: m, timeout_seconds: 20, retry_delay_seconds: 0.01}
      evaluation_sets: []
      """, overrides)
  }

  func run(
    _ recipe: TeachingRecipe, overwrites: Bool = false, environment: [String: String] = [:],
    _ change: (inout TeachingRun) -> Void = { _ in }
  ) throws -> TeachingReport {
    var run = TeachingRun(recipe, file: folder.appendingPathComponent("recipe.yaml").path, output: output)
    run.overwrites = overwrites
    run.environment = environment
    run.shouldStop = { false }
    change(&run)
    return try run.start(store: store)
  }

  func lines() throws -> [JSONValue] {
    try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n").map {
      try JSONValue(parsing: String($0), source: output)
    }
  }

  /// Everything under the folder, the store's journal included.
  func allBytes() throws -> Data {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    return names.reduce(into: Data()) { all, name in
      all.append(FileManager.default.contents(atPath: folder.appendingPathComponent(name).path) ?? Data())
    }
  }
}

extension JSONValue {
  /// A right answer of the chat interface to a sum of `TeachingBench.sums`.
  static func sum(_ call: TestServer.Call) -> JSONValue {
    let number = call.prompt.split(separator: " ").compactMap { Int($0) }.first ?? 0
    return chat("\(number + 4)", reasoning: "\(number) and 4 make \(number + 4) in question \(number).")
  }

  static func chat(_ content: String, reasoning: String? = nil, finish: String = "stop") -> JSONValue {
    var message = JSONObject([("role", "assistant"), ("content", .string(content))])
    message["reasoning_content"] = reasoning.map { .string($0) }
    return [
      "choices": [["message": .object(message), "finish_reason": .string(finish)]],
      "usage": ["prompt_tokens": 10, "completion_tokens": 20],
    ]
  }
}
