import Files
import Foundation
import Testing

/// Trains the tiny model for one step, then uses every verb that takes a model.
@Suite("Verbs that use a model", .serialized)
struct ModelVerbTests {
  private static let folder = Result { try TemporaryFolder() }
  private static let training = Result {
    try SwiftletProgram.run(
      "train", "Models/tiny/recipes/ci.yaml", "--output", try folder.get().url.path + "/model", "--json",
      "--store", try folder.get().url.path + "/store.sqlite",
      "--set", "training.max_steps=1", "--set", "dataset.train=40", "--set", "dataset.eval=2", "--set",
      "gates={eval/loss: \"<= 0.001\"}")
  }
  private var model: String {
    get throws { try Self.folder.get().url.path + "/model" }
  }

  @Test("train exits with 3 when a gate is missed") func missedGate() throws {
    let result = try Self.training.get()
    #expect(result.status == 3)
    #expect(try result.json()["steps"]?.int == 1)
  }

  @Test("logits ranks the next tokens") func logits() throws {
    _ = try Self.training.get()
    let result = try SwiftletProgram.run(
      "logits", try model, "--tokens", "1,2,3", "--top", "5", "--all-positions", "--json")
    let document = try result.json()
    let top = document["top"]?.array ?? []
    let values = top.compactMap { $0["logit"]?.double }
    #expect(values.count == 5)
    #expect(values == values.sorted(by: >))
    #expect(top.allSatisfy { ($0["log_probability"]?.double ?? 1) < 0 })
    #expect(document["positions"]?.array?.count == 3)
    #expect(document["positions"]?.array?.last?["top"] == document["top"])
  }

  @Test("logits refuses a token outside the vocabulary with 65") func foreignToken() throws {
    _ = try Self.training.get()
    let result = try SwiftletProgram.run("logits", try model, "--tokens", "1,99999999")
    #expect(result.status == 65)
    #expect(result.errors.contains("99999999"))
  }

  @Test("generate --chat renders the template that the model carries") func carriedTemplate() throws {
    _ = try Self.training.get()
    let copy = try Self.folder.get().url.path + "/templated"
    try? FileManager.default.removeItem(atPath: copy)
    try FileManager.default.copyItem(atPath: try model, toPath: copy)
    func tokens(_ template: String) throws -> SwiftletProgram.Result {
      let file = URL(fileURLWithPath: copy + "/tokenizer_config.json")
      var object = try JSONValue(contentsOf: file).object ?? JSONObject()
      object["chat_template"] = .string(template)
      try Data(JSONValue.object(object).text().utf8).write(to: file)
      return try SwiftletProgram.run(
        "generate", copy, "--prompt", " hi ", "--chat", "--greedy", "--max-new-tokens", "1", "--json")
    }
    let encoded = try SwiftletProgram.run("tokenizer", "encode", copy, "[hi]", "--json").json()
    let rendered = try tokens("{% for m in messages %}[{{ m.content | trim }}]{% endfor %}").json()
    #expect(rendered["prompt_tokens"] == encoded["ids"] ?? encoded["tokens"])
    let refused = try tokens("{% macro x() %}{% endmacro %}")
    #expect(refused.status == 65 && refused.errors.contains("macro"), "\(refused.errors)")
  }

  @Test("generate gives the same ids for the same seed, and the likeliest when greedy") func generate() throws
  {
    _ = try Self.training.get()
    func ids(_ flags: String...) throws -> JSONValue? {
      let common = ["generate", try model, "--prompt", "A <|im_end|> b", "--max-new-tokens", "6", "--json"]
      let document = try SwiftletProgram.run(common + flags).json()
      #expect(document["prompt_tokens"]?.array?.contains(2) == true)
      return document["tokens"]
    }
    #expect(try ids("--seed", "4") == ids("--seed", "4"))
    let greedy = try ids("--greedy")
    #expect(try greedy == ids("--temperature", "0", "--seed", "9"))
    #expect((greedy?.array?.count ?? 0) > 0)
  }

  @Test("chat answers each line and ends with the input") func chat() throws {
    _ = try Self.training.get()
    let result = try SwiftletProgram.run(
      ["chat", try model, "--greedy", "--max-new-tokens", "3", "--json"], input: "one\ntwo\n")
    #expect(result.status == 0)
    let roles = try result.json()["messages"]?.array?.compactMap { $0["role"]?.string }
    #expect(roles == ["user", "assistant", "user", "assistant"])
  }

  @Test("eval counts, and finds no difference of a model to itself") func evaluate() throws {
    _ = try Self.training.get()
    let samples = try Self.folder.get().url.path + "/samples.jsonl"
    let result = try SwiftletProgram.run(
      "eval", try model, "--suite", "public", "--problems", "8", "--max-new-tokens", "4", "--against",
      try model,
      "--samples-out", samples, "--json")
    let document = try result.json()
    #expect(document["problems"]?.int == 8)
    #expect(document["accuracy"]?.double != nil && document["unparsed"]?.int != nil)
    #expect(Set(document["by_language"]?.object?.keys ?? []) == ["en", "ko"])
    let methods = document["parse_methods"]?.object?.entries.compactMap(\.value.int) ?? []
    #expect(methods.reduce(0, +) == 8)
    #expect(document["against"]?["mcnemar_p"]?.double == 1)
    #expect(document["against"]?["difference"]?.double == 0)
    let lines = try String(contentsOfFile: samples, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 8)
  }

  @Test("eval reads any record that has an answer") func evaluateRecords() throws {
    _ = try Self.training.get()
    let text = """
      {"prompt": "1+1?", "answer": "2", "answer_type": "number"}
      {"prompt": "2+2?", "completion": "<think>2+2=4</think>4"}
      {"messages": [{"role": "user", "content": "Say yes."}, {"role": "assistant", "content": "yes"}]}
      {"text": "no question"}
      """
    let path = try Self.folder.get().file("records.jsonl", text)
    let result = try SwiftletProgram.run(
      "eval", try model, "--data", path, "--max-new-tokens", "4", "--json", "--verbose")
    let document = try result.json()
    #expect(document["problems"]?.int == 3)
    #expect(document["not_asked"]?.int == 1)
    #expect(result.errors.contains("\(path):2: "))
    #expect(result.errors.contains("expected 4, read"))
  }

  @Test("eval names the record that does not fit the context") func tooLong() throws {
    _ = try Self.training.get()
    let long = String(repeating: "7 ", count: 40_000)
    let path = try Self.folder.get().file("long.jsonl", "{\"prompt\": \"\(long)\", \"answer\": \"1\"}\n")
    let result = try SwiftletProgram.run("eval", try model, "--data", path)
    #expect(result.status == 65)
    #expect(result.errors.contains("\(path):1: "))
  }

  @Test("plan tells sizes, pace and aliases") func plan() throws {
    let folder = try TemporaryFolder()
    let recipe = """
      method: sft
      model: \(SwiftletProgram.root.path)/Models/tiny
      dataset: {task: finance, train: 40, eval: 2}
      max_steps: 5
      per_device_train_batch_size: 1
      """
    let path = try folder.file("recipe.yaml", recipe)
    let document = try SwiftletProgram.run("plan", path, "--probe-steps", "1", "--json").json()
    #expect((document["parameters"]?.int ?? 0) > 0)
    #expect((document["tokens_per_second"]?.double ?? 0) > 0)
    #expect(document["steps"]?.double == 5)
    #expect((document["flops"]?.double ?? 0) > 0)
    #expect((document["memory_bytes"]?["total"]?.int ?? 0) > (document["parameters"]?.int ?? 0) * 16)
    #expect(document["aliases"]?.array?.contains("max_steps is read as training.max_steps") == true)
  }
}
