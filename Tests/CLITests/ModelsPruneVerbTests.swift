import Files
import Foundation
import Testing

@Suite("models prune")
struct ModelsPruneVerbTests {
  private static func recipe(_ sizes: String, in folder: TemporaryFolder) throws -> String {
    try folder.file(
      "recipe.yaml",
      """
      method: sft
      model: {init: {from: Models/student-750k, prune: {\(sizes), calibration: 4}, vocabulary: {}}}
      dataset: {task: finance, languages: [en], train: 30, eval: 2}
      training: {max_steps: 1, per_device_train_batch_size: 1, max_length: 256, precision: fp32}
      evaluation: {problems: 0}
      """)
  }

  @Test("writes a model that the other verbs read, and says what became of it") func writes() throws {
    let folder = try TemporaryFolder()
    let recipe = try Self.recipe("num_hidden_layers: 3, hidden_size: 48, num_attention_heads: 3", in: folder)
    let output = folder.url.path + "/student"
    let result = try SwiftletProgram.run("models", "prune", recipe, "--output", output, "--json")
    #expect(result.status == 0, "\(result.errors)")
    let student = try result.json()
    #expect(student["steps"]?.array?.count == 4 && student["layers"]?.array?.count == 3)
    let total = try #require(student["after"]?["total"]?.int)
    #expect(total < 750_816 / 4 && student["before"]?["total"]?.int == 750_816)
    let logits = try SwiftletProgram.run("logits", output, "--tokens", "1,2", "--top", "3", "--json")
    #expect(logits.status == 0, "\(logits.errors)")
    let text = "What is the interest on 1,000 won?"
    let tokens = try SwiftletProgram.run("tokenizer", "encode", output, text, "--json").json()
    #expect(tokens["ids"]?.array?.isEmpty == false)

    let again = try SwiftletProgram.run("models", "prune", recipe, "--output", output)
    #expect(again.status == 73 && again.errors.contains("--overwrite"))
    let plain = try SwiftletProgram.run("models", "prune", recipe, "--output", output, "--overwrite")
    #expect(plain.status == 0 && plain.output.contains("750816 → \(total) parameters"), "\(plain.errors)")
    #expect(plain.output.contains("layers 6 → 3: "))
  }

  @Test("plan shows what each step takes away") func plan() throws {
    let folder = try TemporaryFolder()
    let recipe = try Self.recipe("intermediate_size: 96", in: folder)
    let result = try SwiftletProgram.run("plan", recipe, "--probe-steps", "1")
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      result.output.contains("neurons of a layer 192 → 96: ")
        && result.output.contains("feed-forward 331776 → 165888)"), "\(result.output)")
    let json = try SwiftletProgram.run("plan", recipe, "--probe-steps", "1", "--json").json()
    #expect(json["student"]?["after"]?["total"]?.int == json["parameters"]?.int)
  }

  @Test("a size that the model does not have is one line") func refusal() throws {
    let folder = try TemporaryFolder()
    let recipe = try Self.recipe("num_hidden_layers: 7", in: folder)
    let output = folder.url.path + "/student"
    let result = try SwiftletProgram.run("models", "prune", recipe, "--output", output)
    #expect(result.status == 65 && result.errors.contains("num_hidden_layers from 1 to the model's 6"))
    #expect(result.errors.split(separator: "\n").count == 1)
    #expect(!FileManager.default.fileExists(atPath: output))
  }
}
