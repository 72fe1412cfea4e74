import Files
import Foundation
import Testing

/// A model whose tokenizer has tokens for a few letters alone.
@Suite("a text that the tokenizer cannot spell")
struct UnknownByteVerbTests {
  /// The small student with such a tokenizer.
  private static func model(in folder: TemporaryFolder) throws -> String {
    let model = folder.url.appendingPathComponent("model")
    let student = SwiftletProgram.root.appendingPathComponent("Models/student-750k")
    try FileManager.default.createDirectory(at: model, withIntermediateDirectories: true)
    for name in ["config.json", "model.safetensors"] {
      try FileManager.default.copyItem(
        at: student.appendingPathComponent(name), to: model.appendingPathComponent(name))
    }
    let letters = (["Ċ", "Ġ"] + "abcdefghijklmnopqrstuvwxyzABNWY.?".map(String.init))
      .enumerated().map { "\"\($1)\": \($0 + 1)" }
    try AtomicFile.write(
      """
      {"added_tokens": [{"id": 0, "content": "<|endoftext|>", "special": true}], "normalizer": null,
       "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false}, "decoder": {"type": "ByteLevel"},
       "model": {"type": "BPE", "vocab": {"<|endoftext|>": 0, \(letters.joined(separator: ", "))}, "merges": []}}
      """, to: model.appendingPathComponent("tokenizer.json"))
    try AtomicFile.write(
      #"{"eos_token": "<|endoftext|>"}"#, to: model.appendingPathComponent("tokenizer_config.json"))
    return model.path
  }

  private static let records = """
    {"prompt": "Which? A. x B. yy", "answer": "A", "answer_type": "choice", "choices": ["x", "yy"], "split_group": "asked"}
    {"prompt": "Which 값? A. x B. yy", "answer": "B", "answer_type": "choice", "choices": ["x", "yy"], "split_group": "asked"}
    """

  @Test("is refused by every verb that reads one, with 65 and one line that shows where")
  func refusals() throws {
    let folder = try TemporaryFolder()
    let model = try Self.model(in: folder)
    let data = try folder.file("data.jsonl", Self.records)
    let text = try folder.file("text.txt", "which 값?")
    for arguments in [
      ["generate", model, "--prompt", "which 값?"], ["generate", model, "--prompt", "which 값?", "--chat"],
      ["chat", model], ["tokenizer", "encode", model, "which 값?"], ["eval", model, "--data", data],
      ["eval", model, "--data", data, "--method", "likelihood"], ["eval", model, "--text", text],
    ] {
      let result = try SwiftletProgram.run(arguments, input: "which 값?\n")
      #expect(result.status == 65, "\(arguments): \(result.errors)")
      #expect(result.output.isEmpty, "\(arguments)")
      let lines = result.errors.split(separator: "\n")
      #expect(lines.count == 1 && lines.last?.contains("ich 값?") == true, "\(arguments): \(result.errors)")
      #expect(result.errors.contains("bytes that the tokenizer has tokens for"), "\(arguments)")
    }
    let dropped = try SwiftletProgram.run("tokenizer", "encode", model, "which 값?", "--drop-unknown")
    #expect(try dropped.output == SwiftletProgram.run("tokenizer", "encode", model, "which ?").output)
    #expect(dropped.status == 0 && !dropped.output.isEmpty)
  }

  @Test("is left out of an evaluation that may leave out records") func leftOut() throws {
    let folder = try TemporaryFolder()
    let model = try Self.model(in: folder)
    let data = try folder.file("data.jsonl", Self.records)
    for method in ["generate", "likelihood"] {
      let result = try SwiftletProgram.run(
        "eval", model, "--data", data, "--method", method, "--skip-bad", "--json")
      #expect(result.status == 0, "\(result.errors)")
      #expect(try result.json()["problems"]?.int == 1 && result.errors.contains("left out: "))
    }
  }

  @Test("is refused by a local teacher, record by record") func taught() throws {
    let folder = try TemporaryFolder()
    let data = try folder.file("data.jsonl", String(Self.records.split(separator: "\n")[1]))
    let recipe = try folder.file(
      "teach.yaml",
      """
      dataset: {path: \(data)}
      teacher: {model: \(Self.model(in: folder)), max_tokens: 8}
      evaluation_sets: []
      """)
    let result = try SwiftletProgram.run("teach", recipe, "--output", folder.url.path + "/t.jsonl")
    #expect(result.status == 65, "\(result.errors)")
    #expect(
      result.errors.contains("(\(data):1: expected bytes that the tokenizer has tokens for, found byte"),
      "\(result.errors)")
  }
}
