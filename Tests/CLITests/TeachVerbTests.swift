import Files
import Foundation
import Testing

@Suite("swiftlet teach")
struct TeachVerbTests {
  @Test("a server that is not there ends with 69 and one line") func noServer() throws {
    let folder = try TemporaryFolder()
    let prompts = try folder.file("p.jsonl", #"{"prompt": "What is 1 plus 1?", "answer": "2"}"#)
    let recipe = try folder.file(
      "teach.yaml",
      """
      dataset: {path: \(prompts)}
      teacher: {base_url: 'http://127.0.0.1:9/v1', model: m, retries: 1, retry_delay_seconds: 0.01}
      """)
    let result = try SwiftletProgram.run(
      "teach", recipe, "--output", folder.url.path + "/t.jsonl", "--store", folder.url.path + "/s.sqlite",
      "--json")
    #expect(result.status == 69)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("http://127.0.0.1:9/v1/chat/completions: expected an answer"))
    #expect(result.errors.contains("0 of 1 answers are kept"))
  }

  @Test("files of outputs become records, and the counts one JSON document") func files() throws {
    let folder = try TemporaryFolder()
    let outputs = try folder.file(
      "o.jsonl",
      """
      {"prompt": "What is 1 plus 1?", "completion": "It is 2", "answer": "2", "answer_type": "number"}
      {"prompt": "What is 1 plus 2?", "completion": "It is 4", "answer": "3", "answer_type": "number"}
      """)
    let recipe = try folder.file("teach.yaml", "teacher: {files: [\(outputs)]}")
    let result = try SwiftletProgram.run(
      "teach", recipe, "--output", folder.url.path + "/t.jsonl", "--store", folder.url.path + "/s.sqlite",
      "--json")
    #expect(result.status == 0, "\(result.errors)")
    let report = try result.json()
    #expect(report["kept"]?.int == 1 && report["dropped"]?["wrong"]?.int == 1)
    let check = try SwiftletProgram.run("data", "check", folder.url.path + "/t.jsonl", "--json")
    #expect(try check.json()["records"]?.int == 1)
  }
}
