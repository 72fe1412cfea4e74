import Files
import Foundation
import Testing
import Training

@Suite(.serialized) struct LedgerTests {
  private static let tiny = [
    "training.max_steps=4", "training.per_device_train_batch_size=1", "training.save_steps=2",
    "training.save_total_limit=9", "training.precision=fp32", "dataset.eval=2", "evaluation.problems=0",
    "gates={}", "training.logging_steps=1",
  ]

  private static func ledger(in directory: URL) throws -> Ledger {
    try #require(try Ledger(in: directory))
  }

  private static func stage(in directory: URL) throws -> LedgerStage {
    try #require(try ledger(in: directory).stages.last)
  }

  private static func lines(_ name: String, in directory: URL) throws -> [JSONValue] {
    try String(contentsOf: directory.appendingPathComponent(name), encoding: .utf8).split(separator: "\n")
      .map { try JSONValue(parsing: String($0), source: name) }
  }

  @Test func aResumedRunSumsItsParts() throws {
    let whole = CheckpointTests.temporaryDirectory(), parts = CheckpointTests.temporaryDirectory()
    defer { for url in [whole, parts] { try? FileManager.default.removeItem(at: url) } }
    let overrides = Self.tiny + ["ledger={core_hour_price: 0.03, watts: 65}"]
    _ = try RunTests.run("tiny/recipes/ci.yaml", overrides) { $0.output = whole.path }
    var updates = 0
    let stopped = try RunTests.run("tiny/recipes/ci.yaml", overrides) {
      $0.output = parts.path
      $0.shouldStop = {
        updates += 1
        return updates == 2
      }
    }
    #expect(stopped.ending == .interrupted && stopped.ledger == nil)
    #expect(try Ledger(in: parts) == nil, "no model, no ledger")
    let halfway = try Self.stage(in: parts.appendingPathComponent("checkpoints/checkpoint-0000002"))
    // As if the first half had taken an hour of two cores.
    let checkpoints = CheckpointDirectory(parts.appendingPathComponent("checkpoints"), kept: 9)
    var checkpoint = try checkpoints.read(step: 2)
    #expect(checkpoint.state.spent?.coreSeconds ?? 0 > 0)
    checkpoint.state.spent?.seconds = 3600
    checkpoint.state.spent?.coreSeconds = 7200
    try checkpoints.save(checkpoint)
    // What the stage costs can be stated anew; it is the same run.
    _ = try RunTests.run("tiny/recipes/ci.yaml", Self.tiny + ["ledger={core_hour_price: 0.06}"]) {
      $0.output = parts.path
      $0.resumes = true
    }
    let (one, two) = (try Self.stage(in: whole), try Self.stage(in: parts))
    #expect(one.trainedTokens == two.trainedTokens && one.flops == two.flops)
    #expect(try #require(halfway.trainedTokens) < one.trainedTokens ?? 0)
    #expect((7200...7300).contains(two.coreSeconds ?? 0) && (3600...3700).contains(two.seconds ?? 0))
    #expect(one.generatedTokens == 0 && one.origin == .recorded && one.recipeHash == two.recipeHash)
    let log = try #require(
      try Self.lines("metrics.jsonl", in: whole).last { $0["num_tokens"] != nil })
    #expect(log["num_tokens"]?.double == one.trainedTokens.map { Double($0) })
    #expect(log["train/operations"]?.double == one.flops)
    #expect(one.data.map(\.licence) == ["Apache-2.0"] && one.data[0].tokens == one.trainedTokens)
    #expect(one.data[0].records == 2000 && one.languages == ["en"])
    #expect(one.cost() == one.coreSeconds.map { $0 / 3600 * 0.03 })
    #expect(one.energy() == one.seconds.map { $0 / 3600 * 65 } && two.energy() == nil)
  }

  @Test func aTeachersPassesAreAThirdOfTrainingAndItsRoadIsReferred() throws {
    let output = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: output) }
    let base = RunTests.root.appendingPathComponent("Models/student-750k").path
    let reading = try Recipe.parse(
      """
      method: logit_distillation
      model: \(base)
      teacher: \(base)
      dataset: {task: law, languages: [ko], train: 40, eval: 2, seed: 5}
      training: {max_steps: 2, per_device_train_batch_size: 1, max_length: 256, seed: 2, precision: fp32}
      evaluation: {problems: 0}
      """, file: "r.yaml")
    let outcome = try PolicyRunTests.run(reading, in: output)
    let ledger = try Self.ledger(in: output)
    let stage = try #require(ledger.stages.last)
    let training = try #require(outcome.metrics["train/operations"])
    // Teacher and student are the same model, and a forward pass is a third of training.
    #expect(abs((stage.flops ?? 0) / training - 4.0 / 3) < 1e-12)
    #expect(ledger.stages.map(\.origin) == [.logs, .recorded], "the base's own road comes first")
    #expect(stage.base == base && stage.languages == ["ko"])
    let teacher = try #require(stage.teachers.first)
    #expect(teacher.flops == ledger.stages[0].flops && teacher.licence == "Apache-2.0")
    let weights = RunTests.root.appendingPathComponent("Models/student-750k/model.safetensors")
    #expect(teacher.sha256 == (try Fingerprint.sha256(file: weights)))
    #expect(ledger.licence.name == "Apache-2.0")
  }

  @Test func ownAnswersAreCountedOnceAcrossAStop() throws {
    let whole = CheckpointTests.temporaryDirectory(), parts = CheckpointTests.temporaryDirectory()
    defer { for url in [whole, parts] { try? FileManager.default.removeItem(at: url) } }
    let base = RunTests.root.appendingPathComponent("Models/student-750k").path
    let reading = try Recipe.parse(
      """
      method: grpo
      model: \(base)
      dataset: {task: law, languages: [en], levels: [1], train: 400, eval: 4, seed: 5}
      rollouts: {num_generations: 4, max_completion_length: 24}
      rewards: [{function: language}]
      objective: {kl_coefficient: 0.1}
      training: {max_steps: 2, per_device_train_batch_size: 8, max_length: 256, learning_rate: 1.0e-3, seed: 2,
                 precision: fp32, logging_steps: 1, save_steps: 1, save_total_limit: 9}
      evaluation: {problems: 4, max_new_tokens: 24}
      """, file: "r.yaml")
    _ = try PolicyRunTests.run(reading, in: whole)
    try FileManager.default.copyItem(at: whole, to: parts)
    try FileManager.default.removeItem(at: parts.appendingPathComponent("checkpoints/checkpoint-0000002"))
    _ = try PolicyRunTests.run(reading, in: parts, resumes: true)
    let (one, two) = (try Self.stage(in: whole), try Self.stage(in: parts))
    let written = try Self.lines("rollouts.jsonl", in: whole).reduce(0) { $0 + ($1["tokens"]?.int ?? 0) }
    #expect(written > 0 && one.generatedTokens == written && two.generatedTokens == written)
    #expect(one.trainedTokens == two.trainedTokens && one.flops == two.flops)
    let examined = try #require(ModelEvaluation.read(in: whole).first)
    #expect(examined.suite == "law, held out" && examined.accuracy.overall.problems == 4)
    let training = try #require(
      try Self.lines("metrics.jsonl", in: whole).last { $0["train/operations"] != nil })
    // The reference's passes are a third of training's; the rest is writing.
    #expect((one.flops ?? 0) > 4.0 / 3 * (training["train/operations"]?.double ?? .infinity))
  }

  @Test func aRoadWithoutALedgerIsReadFromItsLogs() throws {
    let road = try Ledger.road(to: RunTests.root.appendingPathComponent("Models/teacher-6m").path)
    #expect(
      road.stages.map(\.name) == [
        "teacher-text", "teacher-solutions", "teacher", "teacher-consolidated", "teacher-public",
        "teacher-portfolio",
      ])
    let totals = LedgerTotals(road)
    // The last lines of the six logs.
    #expect(
      totals.trainedTokens == 6_341_383 + 35_602_855 + 15_071_039 + 35_555_782 + 11_722_532 + 5_022_640)
    #expect(abs((totals.flops ?? 0) - 4.655e15) < 1e12 && totals.hasAllOperations && !totals.hasAllTimes)
    #expect(abs((totals.exportRuleShare ?? 0) - 4.655e-11) < 1e-14)
    #expect(totals.coreSeconds == nil && totals.generatedTokens == 0)
    #expect(road.licence == .licensed("Apache-2.0", attributions: []), "the program's own data name nobody")
    #expect(totals.cost == nil && totals.energy == nil && road.licence.name == "Apache-2.0")
    #expect(LedgerTotals(road, price: 0.03, watts: 65).cost == nil, "no core-seconds, no cost")
  }

  @Test func aModelOfWhichNothingIsKnownIsSaidSo() throws {
    let folder = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let road = try Ledger.road(to: folder.path)
    #expect(road.stages.map(\.origin) == [.notRecorded] && road.licence == .unknown(sources: [folder.path]))
    #expect(LedgerTotals(road).flops == nil && LedgerTotals(road).trainedTokens == nil, "unknown is not zero")
    try Data("---\nlanguage: en\nlicense: cc-by-sa-4.0\n---\n# Model\n".utf8).write(
      to: folder.appendingPathComponent("README.md"))
    #expect(try Ledger.road(to: folder.path).licence.name == "CC-BY-SA-4.0")
  }

  @Test(arguments: [
    ("{", "line 1"), ("[]", "another value at the document"), ("{\"format\": 1}", "no stages"),
    ("{\"format\": 2, \"stages\": []}", "format 2"),
    (
      #"{"format": 1, "stages": [{"name": "a", "method": "sft", "origin": "recorded", "data": [], "#
        + #""teachers": [], "trained_tokens": "many"}]}"#, "stages[0].trainedTokens"
    ),
    (
      #"{"format": 1, "stages": [{"name": "a", "method": "sft", "origin": "recorded", "data": [], "#
        + #""teachers": [], "trained_tokens": 9223372036854775807}]}"#, "trained_tokens 9223372036854775807"
    ),
    (
      #"{"format": 1, "stages": [{"name": "a", "method": "sft", "origin": "recorded", "data": [], "#
        + #""teachers": [], "flops": -1}]}"#, "stages[0].flops -1.0"
    ),
    (
      #"{"format": 1, "stages": [{"name": "a", "method": "sft", "origin": "recorded", "data": [], "#
        + #""teachers": [{"name": "t", "input_price": -1}]}]}"#, "stages[0].input_price -1.0"
    ),
  ])
  func aMalformedLedgerIsOneLine(text: String, words: String) throws {
    let folder = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: folder.appendingPathComponent(Ledger.fileName))
    do {
      _ = try Ledger.road(to: folder.path)
      Issue.record("read")
    } catch {
      let line = "\(error)"
      #expect(line.contains(words) && line.contains("ledger.json") && !line.contains("\n"), "\(line)")
    }
  }

  @Test func recordsSayTheirLicences() throws {
    let folder = CheckpointTests.temporaryDirectory()
    let output = CheckpointTests.temporaryDirectory()
    defer { for url in [folder, output] { try? FileManager.default.removeItem(at: url) } }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let lines = (0..<60).map { index in
      let licence =
        index % 3 == 0 ? ", \"licence\": \"CC BY 4.0\"" : index % 3 == 1 ? ", \"license\": \"MIT\"" : ""
      return "{\"prompt\": \"number \(index)?\", \"completion\": \"\(index)\"\(licence)}\n"
    }
    try Data(lines.joined().utf8).write(to: folder.appendingPathComponent("a.jsonl"))
    func rows(_ more: String...) throws -> [LedgerData] {
      _ = try RunTests.run(
        "tiny/recipes/ci.yaml",
        Self.tiny + ["dataset={path: \(folder.path), eval: 2}", "training.max_steps=1"] + more
      ) {
        $0.output = output.path
        $0.overwrites = true
      }
      return try Self.stage(in: output).data.sorted { $0.licence ?? "" < $1.licence ?? "" }
    }
    let unstated = try rows()
    #expect(unstated.map(\.licence) == [nil, "CC BY 4.0", "MIT"])
    #expect(unstated.reduce(0) { $0 + ($1.records ?? 0) } > 30 && unstated.allSatisfy { $0.tokens == nil })
    #expect(try Self.ledger(in: output).licence == .unknown(sources: [folder.path]))
    #expect(try rows("dataset.license=CC BY-SA 3.0").map(\.licence) == ["CC BY 4.0", "CC BY-SA 3.0", "MIT"])
    #expect(try Self.ledger(in: output).licence.name == "CC-BY-SA-3.0")
  }

  @Test func textsAreCounted() throws {
    let folder = CheckpointTests.temporaryDirectory()
    let output = CheckpointTests.temporaryDirectory()
    defer { for url in [folder, output] { try? FileManager.default.removeItem(at: url) } }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
    try String(repeating: "one plain text. ", count: 40).write(
      toFile: path("a.txt"), atomically: true, encoding: .utf8)
    try String(repeating: "{\"text\": \"another plain text of some words\"}\n", count: 3).write(
      toFile: path("b.jsonl"), atomically: true, encoding: .utf8)
    _ = try RunTests.run(
      "tiny/recipes/ci.yaml",
      Self.tiny + [
        "method=pretrain", "dataset={text: [\(path("a.txt")), \(path("b.jsonl"))], license: MIT, eval: 2}",
        "training.max_steps=1",
      ]
    ) { $0.output = output.path }
    let rows = try Self.stage(in: output).data
    #expect(rows.map(\.records) == [1, 3] && rows.map(\.licence) == ["MIT", "MIT"], "\(rows)")
  }

  @Test func textsSayTheirLicences() throws {
    let folder = CheckpointTests.temporaryDirectory()
    let output = CheckpointTests.temporaryDirectory()
    defer { for url in [folder, output] { try? FileManager.default.removeItem(at: url) } }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    func rows(_ licences: [String?], _ more: String...) throws -> [LedgerData] {
      let lines = licences.enumerated().map { index, licence in
        let key = index % 2 == 0 ? "licence" : "license"
        let stated = licence.map { ", \"\(key)\": \"\($0)\"" } ?? ""
        return "{\"text\": \"plain text \(index) of some words\"\(stated)}\n"
      }
      try Data(lines.joined().utf8).write(to: folder.appendingPathComponent("a.jsonl"))
      _ = try RunTests.run(
        "tiny/recipes/ci.yaml",
        Self.tiny + [
          "method=pretrain", "dataset={text: \(folder.path), eval: 2}", "training.max_steps=1",
        ] + more
      ) {
        $0.output = output.path
        $0.overwrites = true
      }
      return try Self.stage(in: output).data
    }
    let mixed: [String?] = ["CC BY 4.0", "MIT", "CC BY 4.0", nil, "unknown"]
    let unstated = try rows(mixed)
    #expect(unstated.map(\.licence) == ["CC BY 4.0", "MIT", nil] && unstated.map(\.records) == [2, 1, 2])
    #expect(try Self.ledger(in: output).licence == .unknown(sources: [folder.path]))
    let given = try rows(mixed, "dataset.license=CC BY-SA 3.0")
    #expect(
      given.map(\.licence) == ["CC BY 4.0", "MIT", "CC BY-SA 3.0"] && given.map(\.records) == [2, 1, 2])
    #expect(try Self.ledger(in: output).licence.name == "CC-BY-SA-3.0")
    // What a recipe says of the rest does not hide what a record says of itself.
    _ = try rows(["CC BY-NC 4.0", "MIT", nil], "dataset.license=CC BY-SA 3.0")
    #expect(
      try Self.ledger(in: output).licence
        == .conflicting(
          first: "\(folder.path) (CC-BY-SA-3.0)", second: "\(folder.path) (CC-BY-NC-4.0)"))
  }
}
