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
    let late = try SwiftletProgram.run(
      "teach", recipe, "--output", folder.url.path + "/t.jsonl", "--store", folder.url.path + "/s.sqlite",
      "--json", "--max-seconds", "0.0001")
    #expect(
      late.status == 0 && late.errors.contains("out of time: 0 of 1 answers; they are kept"), "\(late.errors)"
    )
    #expect(try late.json()["ending"]?.string == "out_of_time")
  }

  @Test("files of outputs become records, the counts one JSON document, and train learns from them")
  func files() throws {
    let folder = try TemporaryFolder()
    let lines = (0..<24).map { index in
      #"{"prompt": "What is \#(index) plus 1?", "answer": "\#(index + 1)", "answer_type": "number", "completion": "#
        + (index == 3
          ? #""It is 2"}"# : #""<think>\#(index) and 1 are \#(index + 1).</think>\#(index + 1)"}"#)
    }
    let outputs = try folder.file("o.jsonl", lines.joined(separator: "\n"))
    let recipe = try folder.file("teach.yaml", "teacher: {files: [\(outputs)]}")
    let traces = folder.url.path + "/t.jsonl"
    let store = ["--store", folder.url.path + "/s.sqlite", "--json"]
    let result = try SwiftletProgram.run(["teach", recipe, "--output", traces] + store)
    #expect(result.status == 0, "\(result.errors)")
    let report = try result.json()
    #expect(report["kept"]?.int == 23 && report["dropped"]?["wrong"]?.int == 1)
    let lost = folder.url.path + "/dropped.jsonl"
    let asked = try SwiftletProgram.run(
      ["teach", recipe, "--output", traces, "--overwrite", "--dropped", lost] + store)
    #expect(asked.status == 0, "\(asked.errors)")
    let row = try JSONValue(parsing: String(contentsOfFile: lost, encoding: .utf8), source: "dropped")
    #expect(row["dropped"]?.string == "wrong" && row["read"]?.string == "2" && row["answer"]?.string == "4")
    #expect(
      row["prompt"]?.string == "What is 3 plus 1?" && row["source"]?.string?.hasSuffix("o.jsonl:4") == true)
    for place in [outputs, traces, lost] {
      let refused = try SwiftletProgram.run(
        ["teach", recipe, "--output", folder.url.path + "/n.jsonl", "--dropped", place] + store)
      #expect(refused.status == 73, "\(place) \(refused.errors)")
    }
    let within = try SwiftletProgram.run(
      ["teach", recipe, "--output", folder.url.path + "/n", "--dropped", folder.url.path + "/n/lost.jsonl"]
        + store)
    #expect(within.status == 73 && within.errors.contains("the same place"), "\(within.errors)")
    let before = try String(contentsOfFile: outputs, encoding: .utf8)
    let itself = try SwiftletProgram.run(["teach", recipe, "--output", outputs, "--overwrite"] + store)
    #expect(itself.status == 73 && itself.errors.contains("the same place"), "\(itself.errors)")
    #expect(try String(contentsOfFile: outputs, encoding: .utf8) == before, "what was collected stays")
    let mistyped = try SwiftletProgram.run(
      ["teach", recipe, "--output", traces, "--overwrite", "--set", "evaluation_sets=[fnance]"] + store)
    #expect(mistyped.status == 65 && mistyped.errors.contains("did you mean finance?"), "\(mistyped.errors)")
    let trained = try SwiftletProgram.run(
      [
        "train", "Models/tiny/recipes/ci.yaml", "--data", traces, "--output", folder.url.path + "/run",
        "--set", "dataset.task=[]", "--set", "dataset.eval=0", "--set", "training.max_steps=2", "--set",
        "gates={}",
      ] + store)
    #expect(trained.status == 0, "\(trained.errors)")
    #expect(try trained.json()["steps"]?.int == 2)
    let again = try SwiftletProgram.run(["teach", recipe, "--output", traces] + store)
    #expect(again.status == 73)
  }
}
