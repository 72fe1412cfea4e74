import Files
import Foundation
import Testing

/// A trained tiny model goes out as GGUF and comes back.
@Suite("export and import", .serialized)
struct ExportVerbTests {
  private static let folder = Result { try TemporaryFolder() }
  private static let model = Result {
    let path = try folder.get().url.path + "/model"
    let result = try SwiftletProgram.run(
      "train", "Models/tiny/recipes/ci.yaml", "--output", path, "--store",
      try folder.get().url.path + "/store.sqlite",
      "--set", "training.max_steps=12", "--set", "training.learning_rate=3.0", "--set", "dataset.train=40",
      "--set", "dataset.eval=2", "--set",
      "gates={}")
    guard result.status == 0 else { throw TestFailure(result.errors) }
    return path
  }

  private struct TestFailure: Error {
    let text: String
    init(_ text: String) { self.text = text }
  }

  private func path(_ name: String) throws -> String { try Self.folder.get().url.path + "/" + name }

  @Test("an f32 GGUF file gives the model's own logits, and imports to the same weights") func roundTrip()
    throws
  {
    let model = try Self.model.get()
    let file = try path("model.gguf"), copy = try path("copy")
    let exported = try SwiftletProgram.run("export", model, file, "--type", "f32", "--json")
    #expect(exported.status == 0, "\(exported.errors)")
    let document = try exported.json()
    #expect(document["passed"]?.bool == true && document["divergence"]?.double == 0)
    #expect(document["same_continuations"]?.int == document["prompts"]?.int)
    #expect(document["bytes"]?.int == (try Data(contentsOf: URL(fileURLWithPath: file)).count))

    func logits(_ path: String) throws -> JSONValue? {
      try SwiftletProgram.run("logits", path, "--tokens", "5,6,7", "--json").json()["top"]
    }
    #expect(try logits(file) == logits(model))
    #expect(try SwiftletProgram.run("import", file, copy).status == 0)
    #expect(try logits(copy) == logits(model))
    // A GGUF file has to name a first token; a model without one has none afterwards either.
    let config = try JSONValue(contentsOf: URL(fileURLWithPath: copy + "/config.json"))
    #expect(config["bos_token_id"]?.isNull == true)
    let text = "12 prices: 47×36, 이익은 얼마?"
    #expect(
      try SwiftletProgram.run("tokenizer", "encode", copy, text).output
        == SwiftletProgram.run("tokenizer", "encode", model, text).output)
  }

  @Test("a copy that loses too much is not kept, unless loss is accepted") func parityGate() throws {
    let model = try Self.model.get()
    let file = try path("lossy.gguf")
    // Large steps made large weights, of which four bits are not enough.
    let lossy = ["export", model, file, "--type", "q4_0"]
    let refused = try SwiftletProgram.run(lossy)
    #expect(refused.status == 3 && refused.output.contains("not kept"), "\(refused.output) \(refused.errors)")
    #expect(!FileManager.default.fileExists(atPath: file))
    let kept = try SwiftletProgram.run(lossy + ["--accept-loss"])
    #expect(kept.status == 0 && kept.output.contains("differs, kept"), "\(kept.output) \(kept.errors)")
    #expect(FileManager.default.fileExists(atPath: file))
    #expect(try SwiftletProgram.run(lossy).status == 73)
    // Nothing hidden is left behind.
    let names = try FileManager.default.contentsOfDirectory(atPath: try Self.folder.get().url.path)
    #expect(!names.contains { $0.hasSuffix(".partial") }, "\(names)")
  }

  @Test("overwriting spares what is no model, and a text must be there to compare") func overwriting() throws
  {
    let model = try Self.model.get()
    let folder = try TemporaryFolder()
    _ = try folder.file("notes.txt", "mine")
    let spared = try SwiftletProgram.run("export", model, folder.url.path, "--type", "f32", "--overwrite")
    #expect(spared.status == 73 && spared.errors.contains("notes.txt"), "\(spared.errors)")
    #expect(FileManager.default.fileExists(atPath: folder.url.path + "/notes.txt"))
    let unsaid = try SwiftletProgram.run("export", model, folder.url.path + "/x.gguf", "--prompt", "")
    #expect(unsaid.status == 65, "\(unsaid.errors)")
  }

  @Test("what is no GGUF file of a Llama is refused in one line") func badFiles() throws {
    let folder = try TemporaryFolder()
    let empty = try folder.file("empty.gguf", "")
    let text = try folder.file("text.gguf", "GGUF is only its name, and nothing that follows it.")
    for file in [empty, text] {
      let result = try SwiftletProgram.run("import", file, folder.url.path + "/out")
      #expect(result.status == 65, "\(result.errors)")
      #expect(result.errors.split(separator: "\n").count == 1)
      #expect(!FileManager.default.fileExists(atPath: folder.url.path + "/out"))
    }
    #expect(try SwiftletProgram.run("import", folder.url.path + "/none.gguf", "x").status == 66)
    #expect(try SwiftletProgram.run("eval", empty, "--suite", "finance").status == 65)
    #expect(
      try SwiftletProgram.run("export", "Models/tiny", folder.url.path + "/dir", "--type", "q8_0").status
        == 64)
  }
}
