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
      "--set", "training.max_steps=2", "--set", "dataset.train=40", "--set", "dataset.eval=2", "--set",
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
    let text = "12 prices: 47×36, 이익은 얼마?"
    #expect(
      try SwiftletProgram.run("tokenizer", "encode", copy, text).output
        == SwiftletProgram.run("tokenizer", "encode", model, text).output)
  }

  @Test("a copy that loses too much is removed, and kept where loss is accepted") func parityGate() throws {
    let model = try Self.model.get()
    let file = try path("lossy.gguf")
    // Greedy text of a model that has learnt nothing hangs on the last bits, so four bits change it.
    let refused = try SwiftletProgram.run(
      "export", model, file, "--type", "q4_0", "--prompt", "Find the net margin.")
    if refused.status == 3 {
      #expect(!FileManager.default.fileExists(atPath: file) && refused.output.contains("removed"))
      let kept = try SwiftletProgram.run(
        "export", model, file, "--type", "q4_0", "--prompt", "Find the net margin.", "--accept-loss")
      #expect(kept.status == 0 && kept.output.contains("kept"))
    } else {
      #expect(refused.status == 0, "\(refused.errors)")
    }
    #expect(FileManager.default.fileExists(atPath: file))
    let again = try SwiftletProgram.run("export", model, file, "--type", "q4_0")
    #expect(again.status == 73, "\(again.errors)")
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
