import Files
import Foundation
import Kernels
import LanguageModels
import Testing
import Text
import Training

/// Recipes that name a GGUF file where others name a directory.
@Suite("Model sources", .serialized) struct ModelSourceTests {
  /// The tiny model with random weights as a GGUF file, with a template of its own.
  private static func write(to folder: URL) throws -> URL {
    let tiny = try StoredModel(opening: RunTests.root.appendingPathComponent("Models/tiny"))
    var random = SeededRandom(seed: 3)
    let model = try Transformer(tiny.configuration(), using: &random)
    var roles = try tiny.tokenizer().configuration
    roles.chatTemplate = "{{ '<|im_start|>system\\nBe brief.<|im_end|>\\n' }}" + ChatTemplate.chatML.jinja
    let file = folder.appendingPathComponent("tiny.gguf")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try GGUFModel.save(
      model, tokenizer: tiny.tokenizer().with(roles), name: "tiny", format: .uniform(.f32), to: file,
      place: "tiny.gguf")
    return file
  }

  @Test func aGGUFFileServesAsModelAndTeacher() throws {
    let folder = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = try Self.write(to: folder)
    let recipe = """
      method: logit_distillation
      model: \(file.path)
      teacher: \(file.path)
      dataset: {task: finance, train: 40, eval: 2}
      training: {max_steps: 2, per_device_train_batch_size: 1, max_length: 512, precision: fp32, logging_steps: 1}
      evaluation: {problems: 1, max_new_tokens: 4}
      """
    var options = RunOptions()
    options.output = folder.appendingPathComponent("run").path
    let reading = try Recipe.parse(recipe, file: folder.appendingPathComponent("r.yaml").path)
    #expect(try RunPlan(reading, probeSteps: 1).pair == "same vocabulary, special tokens and template")
    let outcome = try TrainingRun(reading, options: options).start()
    // Student and teacher begin as one.
    #expect(outcome.steps == 2 && abs(outcome.metrics["kd_loss"] ?? 1) < 1e-2)
    let written = try StoredModel(opening: folder.appendingPathComponent("run"))
    let (before, after) = (try StoredModel(opening: file).tokenizer(), try written.tokenizer())
    #expect(try after.encode("What is 47×36? <|im_end|>") == before.encode("What is 47×36? <|im_end|>"))
    #expect(after.configuration.chatTemplate?.contains("Be brief.") == true)
    #expect(
      try written.transformer().parameterCount == StoredModel(opening: file).transformer().parameterCount)
    let generation = folder.appendingPathComponent("run/generation_config.json").path
    #expect(FileManager.default.fileExists(atPath: generation))
  }

  /// The template that the model carries decides what is learnt: its own system message belongs to every prompt.
  @Test func trainingUsesTheTemplateThatTheModelCarries() throws {
    let folder = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = try StoredModel(opening: Self.write(to: folder))
    let tokenizer = try source.tokenizer()
    let encoder = ExampleEncoder(tokenizer: tokenizer, template: try ModelTemplate(of: tokenizer))
    let example = try encoder.example(prompt: "2+2?", completion: "4")
    let text = tokenizer.decode(example.inputs)
    #expect(text.hasPrefix("<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\n2+2?<|im_end|>\n"))
    #expect(tokenizer.decode(example.labels.filter { $0 != -100 }) == "4<|im_end|>")
    #expect(try tokenizer.decode(encoder.prompt("2+2?")) + "4" == text)
  }

  /// The tokenizer may be another file than the model's, a tokenizer.json too.
  @Test(arguments: ["tokenizer.json", ""]) func theTokenizerMayLieElsewhere(file: String) throws {
    let folder = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: folder) }
    let recipe = """
      method: sft
      model: {init: {config: {model_type: gpt2, n_embd: 32, n_head: 4, n_layer: 1, n_positions: 512, vocab_size: 4096}}}
      tokenizer: \(RunTests.root.path)/Models/tiny/\(file)
      dataset: {task: law, train: 20, eval: 2}
      training: {max_steps: 1, per_device_train_batch_size: 1, precision: fp32}
      evaluation: {problems: 0}
      """
    var options = RunOptions()
    options.output = folder.appendingPathComponent("run").path
    let outcome = try TrainingRun(try Recipe.parse(recipe, file: "r.yaml"), options: options).start()
    #expect(outcome.steps == 1)
    let written = try StoredModel(opening: folder.appendingPathComponent("run"))
    #expect(try written.configuration().architecture == .gpt2 && written.hasTokenizer)
  }
}
