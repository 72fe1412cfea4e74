import Foundation
import Testing

@Suite("swiftlet signals")
struct SignalsVerbTests {
  /// Six problems of a teacher that is bundled.
  private static let source = """
    method: logit_distillation
    model: Models/student-750k
    teacher: Models/teacher-6m
    dataset: {task: law, languages: [en], levels: [1], train: 6, eval: 2, seed: 7}
    training: {max_steps: 2, per_device_train_batch_size: 1, max_length: 512, precision: fp32}
    evaluation: {problems: 0}
    """

  @Test("writes what train learns from, and says how large it is") func writesAndTrains() throws {
    let folder = try TemporaryFolder()
    let recipe = try folder.file("recipe.yaml", Self.source)
    let signals = folder.url.path + "/signals"
    let written = try SwiftletProgram.run(
      "signals", recipe, "--output", signals, "--k", "8", "--dtype", "fp16", "--json")
    #expect(written.status == 0, "\(written.errors)")
    let summary = try written.json()
    #expect(summary["examples"]?.int == 6 && summary["k"]?.int == 8)
    // Eight numbers of two bytes, eight ids of four, and the tail.
    #expect((50..<80).contains(summary["bytes_per_token"]?.double ?? 0))
    #expect(try SwiftletProgram.run("signals", recipe, "--output", signals).status == 73)

    let trained = try SwiftletProgram.run(
      "train", recipe, "--set", "teacher={signals: \(signals)}", "--output", folder.url.path + "/run",
      "--store",
      folder.url.path + "/store.sqlite")
    #expect(trained.status == 0, "\(trained.errors)")
    #expect(trained.errors.contains("signals: 8 of"))
    // The teacher's passes are a stage of the student's ledger, and of its card.
    let ledger = try SwiftletProgram.run("ledger", folder.url.path + "/run")
    #expect(ledger.output.contains("teacher's signals (recipe), signals\n"), "\(ledger.output)")
    #expect(ledger.output.contains(" tokens read\n") && ledger.output.contains("teacher Models/teacher-6m"))
    let card = folder.url.path + "/card.md"
    #expect(try SwiftletProgram.run("card", folder.url.path + "/run", "--output", card).status == 0)
    let text = try String(contentsOfFile: card, encoding: .utf8)
    #expect(text.contains("| teacher's signals (recipe) |") && text.contains("tokens read by the teacher."))
    #expect(text.contains("swiftlet signals "), "\(text)")
    let refused = try SwiftletProgram.run(
      "train", recipe, "--set", "teacher={signals: \(signals)}", "--set", "dataset.seed=8", "--output",
      folder.url.path + "/other", "--store", folder.url.path + "/store.sqlite")
    #expect(refused.status == 65, "\(refused.errors)")
    #expect(refused.errors.contains("expected the teacher's signals for example"))

    // Logits of another program: none, and none of these examples.
    let logits = ["signals", recipe, "--output", folder.url.path + "/read", "--logits"]
    let nowhere = try SwiftletProgram.run(logits + [folder.url.path + "/none"])
    #expect(nowhere.status == 66 && nowhere.errors.contains("NUMBER.safetensors"), "\(nowhere.errors)")
    let foreign = try SwiftletProgram.run(logits + [signals])
    #expect(foreign.status == 65 && foreign.errors.contains("signals-00001.safetensors"), "\(foreign.errors)")
    // Answers without log-probabilities: the problems are made here.
    let answers = ["signals", recipe, "--output", folder.url.path + "/read", "--answers"]
    let untold = try SwiftletProgram.run(answers)
    #expect(
      untold.status == 65 && untold.errors.contains("`logprobs: 20` in its endpoint"), "\(untold.errors)")
    #expect(try SwiftletProgram.run(answers + ["--logits", signals]).status == 64)
    #expect(!FileManager.default.fileExists(atPath: folder.url.path + "/read"))
  }

  @Test("takes records in the recipe's place, as plan does") func takesRecords() throws {
    let folder = try TemporaryFolder()
    let recipe = try folder.file("recipe.yaml", Self.source)
    let lines = (0..<9).map { #"{"prompt": "What is \#($0) plus 1?", "completion": "\#($0 + 1)"}"# }
    let records = try folder.file("records.jsonl", lines.joined(separator: "\n"))
    let planned = try SwiftletProgram.run("plan", recipe, "--data", records, "--probe-steps", "1", "--json")
    #expect(planned.status == 0, "\(planned.errors)")
    let examples = try #require(try planned.json()["examples"]?.int)
    // Beside the six problems of the task.
    #expect(examples > 6 && examples < 15)
    let written = try SwiftletProgram.run(
      "signals", recipe, "--data", records, "--output", folder.url.path + "/signals", "--json")
    #expect(written.status == 0, "\(written.errors)")
    #expect(try written.json()["examples"]?.int == examples)
  }

  @Test("--max-seconds keeps what is finished, and the same command goes on") func timeLimit() throws {
    let folder = try TemporaryFolder()
    let recipe = try folder.file("recipe.yaml", Self.source)
    let output = folder.url.path + "/signals"
    let late = try SwiftletProgram.run(
      "signals", recipe, "--output", output, "--max-seconds", "0.001", "--json")
    #expect(late.status == 0 && late.errors.contains("out of time: "), "\(late.errors)")
    #expect(try late.json()["ending"]?.string == "out_of_time")
    #expect(!FileManager.default.fileExists(atPath: output))
    let whole = try SwiftletProgram.run("signals", recipe, "--output", output, "--json")
    #expect(
      whole.status == 0 && whole.errors.contains(" examples were collected before\n"), "\(whole.errors)")
    #expect(try whole.json()["examples"]?.int == 6)
    #expect(
      try SwiftletProgram.run("signals", recipe, "--output", output, "--max-seconds", "0").status == 64)
  }
}
