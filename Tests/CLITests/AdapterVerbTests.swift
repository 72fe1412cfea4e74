import Files
import Foundation
import Testing

/// An adapter of the bundled student, used as a model by other verbs.
@Suite("Verbs that take an adapter", .serialized)
struct AdapterVerbTests {
  private static let folder = Result { try TemporaryFolder() }
  private static let adapter = Result {
    let place = try folder.get()
    let base = SwiftletProgram.root.path + "/Models/student-750k"
    let recipe = try place.file(
      "lora.yaml",
      """
      method: sft
      model: \(base)
      lora: {r: 4, lora_alpha: 8, target_modules: [q_proj, down_proj]}
      dataset: {task: finance, train: 40, eval: 0}
      training: {max_steps: 2, per_device_train_batch_size: 2, learning_rate: 5.0e-2, warmup_steps: 0,
                 lr_scheduler_type: constant, precision: fp32}
      evaluation: {problems: 0}
      """)
    let path = place.url.path + "/adapter"
    let result = try SwiftletProgram.run(
      "train", recipe, "--output", path, "--store", place.url.path + "/store.sqlite")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("LoRA of rank 4 on q_proj, down_proj"))
    return path
  }

  private func logits(_ model: String) throws -> [Double] {
    try SwiftletProgram.run("logits", model, "--tokens", "5,6,7", "--top", "5", "--json").json()["top"]?
      .array?
      .compactMap { $0["logit"]?.double } ?? []
  }

  @Test("export merges it: the copy computes what the adapter does, and not what the base did") func export()
    throws
  {
    let adapter = try Self.adapter.get()
    let folder = try Self.folder.get().url.path
    let expected = try logits(adapter)
    #expect(expected.count == 5)
    #expect(try logits("Models/student-750k") != expected)
    for output in [folder + "/merged", folder + "/merged.gguf"] {
      let exported = try SwiftletProgram.run("export", adapter, output, "--type", "f32")
      #expect(exported.status == 0, "\(exported.errors)")
      #expect(try logits(output) == expected)
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/merged")
    #expect(names.contains("model.safetensors") && !names.contains { $0.hasPrefix("adapter") })
  }

  @Test("eval asks anew when the adapter's scale is edited, and keeps its accuracy apart") func scale() throws
  {
    let folder = try Self.folder.get()
    let copy = folder.url.appendingPathComponent("scaled")
    try FileManager.default.copyItem(at: URL(fileURLWithPath: try Self.adapter.get()), to: copy)
    let file = copy.appendingPathComponent("adapter_config.json")
    let written = try Data(contentsOf: file)
    func eval() throws -> SwiftletProgram.Result {
      let result = try SwiftletProgram.run(
        "eval", copy.path, "--suite", "finance", "--problems", "3", "--max-new-tokens", "4", "--store",
        folder.url.path + "/scaled.sqlite")
      #expect(result.status == 0, "\(result.errors)")
      return result
    }
    #expect(!(try eval().errors.contains("from the store")))
    #expect(try eval().errors.contains("3 of 3 answers are from the store"))
    var object = try JSONValue(contentsOf: file).object ?? JSONObject()
    object["lora_alpha"] = 80
    try Data(JSONValue.object(object).text().utf8).write(to: file)
    #expect(!(try eval().errors.contains("from the store")))
    try written.write(to: file)
    #expect(try eval().errors.contains("3 of 3 answers are from the store"))
  }

  @Test("generate and tokenizer take it, and an adapter of another model is refused with 65") func use()
    throws
  {
    let adapter = try Self.adapter.get()
    let folder = try Self.folder.get()
    let text = ["--prompt", "a", "--greedy", "--max-new-tokens", "2", "--json"]
    let short = try SwiftletProgram.run(["generate", adapter] + text)
    #expect(short.status == 0, "\(short.errors)")
    // Two tokens of a cache of bytes are the same two.
    let bytes = try SwiftletProgram.run(["generate", adapter, "--cache", "int8"] + text)
    #expect(try bytes.json()["tokens"] == short.json()["tokens"])
    #expect(try SwiftletProgram.run("tokenizer", "encode", adapter, "a").status == 0)
    let file = URL(fileURLWithPath: adapter + "/adapter_config.json")
    let other = folder.url.appendingPathComponent("other")
    try FileManager.default.copyItem(at: URL(fileURLWithPath: adapter), to: other)
    var object = try JSONValue(contentsOf: file).object ?? JSONObject()
    object["base_model_name_or_path"] = .string(SwiftletProgram.root.path + "/Models/teacher-6m")
    try Data(JSONValue.object(object).text().utf8).write(
      to: other.appendingPathComponent("adapter_config.json"))
    let refused = try SwiftletProgram.run("logits", other.path, "--tokens", "1")
    #expect(refused.status == 65 && refused.errors.split(separator: "\n").count == 1, "\(refused.errors)")
    #expect(
      refused.errors.contains("expected a model with the weights it was trained on, found other weights"))
    #expect(refused.errors.contains("Models/teacher-6m"))
  }
}
