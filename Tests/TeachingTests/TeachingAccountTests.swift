import Files
import Foundation
import Synchronization
import Teaching
import Testing
import Training

/// What a collection of outputs enters into the ledger of the models that learn from them.
@Suite("the ledger of a collection")
struct TeachingAccountTests {
  private func stage(_ bench: TeachingBench) throws -> LedgerStage {
    let file = bench.folder.appendingPathComponent("traces.ledger.json")
    let ledger = try Ledger(parsing: Data(contentsOf: file), source: file.path)
    #expect(ledger.stages.count == 1)
    return try #require(ledger.stages.first)
  }

  @Test("counts requests, tokens and what a provider asked, once however often the command is run")
  func provider() throws {
    let bench = try TeachingBench()
    let server = try TestServer { .json(.sum($0)) }
    let recipe = try bench.recipe(
      server, sums: 3,
      ["teacher.price={input_per_million: 1000, output_per_million: 10000}", "teacher.licence=MIT"])
    _ = try bench.run(recipe) { $0.command = "swiftlet teach r.yaml" }
    let first = try stage(bench)
    #expect(first.method == "collection" && first.name == "teacher answers (traces)")
    #expect(first.requests == 3 && first.readTokens == 30 && first.generatedTokens == 60)
    #expect(first.trainedTokens == 0 && first.flops == nil, "whose operations are not known")
    // 30 read at 0.001 and 60 written at 0.01.
    #expect(abs((first.paid ?? 0) - 0.63) < 1e-9 && first.cost() == first.paid)
    #expect(
      first.cost(price: 3600).map { $0 - 0.63 - (first.coreSeconds ?? 0) }.map { abs($0) < 1e-9 } == true)
    #expect(first.teachers.map(\.name) == ["m"] && first.teachers.map(\.licence) == ["MIT"])
    #expect(first.teachers[0].inputPrice == 1000 && first.teachers[0].outputPrice == 10_000)
    #expect(first.data.map(\.records) == [3] && first.command == "swiftlet teach r.yaml")
    #expect(first.coreSeconds ?? 0 > 0 && first.seconds ?? 0 > 0)
    _ = try bench.run(recipe, overwrites: true)
    let again = try stage(bench)
    #expect(again.requests == 3 && again.generatedTokens == 60 && again.paid == first.paid)
    #expect(again.seconds ?? 0 > first.seconds ?? 0, "all sittings together")
    // Another recipe finds the answers, and not what they took.
    let other = try bench.recipe(server, sums: 3, ["curation.max_characters=9999", "name=other"])
    _ = try bench.run(other, overwrites: true)
    let found = try stage(bench)
    #expect(found.name == "teacher answers (other)" && found.generatedTokens == 60)
    #expect(found.seconds == nil && found.coreSeconds == nil && server.calls.count == 3)
  }

  @Test("says no sum of tokens where answers lack theirs") func uncounted() throws {
    let bench = try TeachingBench()
    let server = try TestServer { call in
      var answer = JSONValue.sum(call).object ?? JSONObject()
      if call.number == 1 { answer["usage"] = nil }
      return .json(.object(answer))
    }
    let recipe = try bench.recipe(
      server, sums: 3, ["teacher.price={input_per_million: 1000, output_per_million: 10000}"])
    _ = try bench.run(recipe)
    let stage = try stage(bench)
    #expect(stage.requests == 3 && stage.generatedTokens == nil && stage.readTokens == nil)
    #expect(stage.paid == nil && stage.coreSeconds != nil)
  }

  @Test("of a model here counts operations and the time of all sittings, and training carries it on once")
  func model() throws {
    let bench = try TeachingBench()
    let root = TeachingRecipeTests.root
    let model = root.appendingPathComponent("Models/teacher-6m").path
    let recipe = try bench.recipe(
      """
      dataset: {task: finance, languages: [en], levels: [1], prompts: 8}
      teacher: {model: \(model), temperature: 0, max_tokens: 256, licence: Apache-2.0}
      """)
    let hasAnswer = Mutex(false)
    #expect(throws: TeachingError.self) {
      try bench.run(recipe) { run in
        run.progress = { progress in hasAnswer.withLock { $0 = progress.fraction > 0 } }
        run.shouldStop = { hasAnswer.withLock { $0 } }
      }
    }
    let sitting = try #require(try bench.store.runs().first)
    let before = try #require(try bench.store.metrics(of: sitting.id, named: "teach/core_seconds").first)
    let report = try bench.run(recipe)
    let stage = try stage(bench)
    #expect(before.value > 0 && stage.coreSeconds ?? 0 > before.value, "what was stopped counts")
    let usage = try #require(report.requests?.totalUsage)
    #expect(stage.requests == 8 && stage.generatedTokens == usage.completionTokens)
    #expect(stage.readTokens == usage.promptTokens)
    // Twice the parameters for each token, and attention.
    let least = 2 * 6_147_840 * Double(usage.promptTokens + usage.completionTokens)
    #expect((least...least * 1.3).contains(stage.flops ?? 0), "\(stage.flops ?? 0), \(least)")
    #expect(stage.teachers.first?.name == model && stage.teachers.first?.sha256?.count == 64)
    #expect(stage.data.first?.records == 8 && stage.data.first?.isGenerated == true)

    func train(_ model: String, _ output: String) throws -> Ledger {
      let reading = try Recipe.parse(
        """
        method: sft
        model: \(model)
        dataset: {path: \(bench.output), eval: 0}
        training: {max_steps: 1, per_device_train_batch_size: 1, max_length: 512, precision: fp32}
        evaluation: {problems: 0}
        """, file: "r.yaml")
      var options = RunOptions()
      options.output = bench.folder.appendingPathComponent(output).path
      _ = try TrainingRun(reading, options: options).start()
      return try #require(try Ledger(in: bench.folder.appendingPathComponent(output)))
    }
    let base = root.appendingPathComponent("Models/student-750k").path
    let once = try train(base, "once")
    #expect(once.stages.map(\.method) == ["pretrain", "collection", "sft"] && once.stages[1] == stage)
    #expect(once.licence.name == "Apache-2.0" && once.teachers.map(\.name) == [model])
    let twice = try train(bench.folder.appendingPathComponent("once").path, "twice")
    #expect(twice.stages.map(\.method) == ["pretrain", "collection", "sft", "sft"], "the same answers, once")
    try Data("{".utf8).write(to: bench.folder.appendingPathComponent("traces.ledger.json"))
    let error = #expect(throws: (any Error).self) { try train(base, "broken") }
    #expect(error.map { "\($0)" }?.contains("traces.ledger.json") == true)
    #expect(!FileManager.default.fileExists(atPath: bench.folder.appendingPathComponent("broken").path))
  }

  @Test("a model whose configuration has changed is asked anew") func changedModel() throws {
    let bench = try TeachingBench()
    let model = bench.folder.appendingPathComponent("model")
    try FileManager.default.copyItem(
      at: TeachingRecipeTests.root.appendingPathComponent("Models/teacher-6m"), to: model)
    let recipe = try bench.recipe(
      """
      dataset: {task: finance, languages: [en], levels: [1], prompts: 2}
      teacher: {model: \(model.path), temperature: 0, max_tokens: 256, licence: Apache-2.0}
      """)
    func answered() throws -> [Int?] {
      let counts = try bench.run(recipe) { $0.overwrites = true }.requests
      return [counts?.answered, counts?.cached]
    }
    #expect(try answered() == [2, 0])
    #expect(try answered() == [0, 2])
    let file = model.appendingPathComponent("config.json")
    let text = try String(contentsOf: file, encoding: .utf8)
    let changed = text.replacing("\"rms_norm_eps\": 1e-05", with: "\"rms_norm_eps\": 1.1e-05")
    #expect(changed != text)
    try changed.write(to: file, atomically: true, encoding: .utf8)
    #expect(try answered() == [2, 0])
  }

  @Test("a ledger beside traces that are not there is not replaced unasked") func kept() throws {
    let bench = try TeachingBench()
    let outputs = try bench.file("o.jsonl", #"{"prompt": "a?", "completion": "It is 4", "answer": 4}"#)
    let file = try bench.file("traces.ledger.json", "mine")
    let recipe = try bench.recipe("teacher: {files: [\(outputs)], name: elsewhere}")
    #expect(throws: TeachingError.exists(path: file)) { try bench.run(recipe) }
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
    _ = try bench.run(recipe, overwrites: true)
    let stage = try stage(bench)
    #expect(stage.requests == nil && stage.generatedTokens == nil && stage.flops == nil)
    #expect(stage.teachers.map(\.name) == ["elsewhere"] && stage.data.map(\.name) == [outputs])
  }
}
