import Corpus
import Foundation
import Kernels
import LanguageModels
import Objectives
import TensorCore
import Testing
import Text
import Training

@Suite struct PreferenceTests {
  /// Three pairs of different lengths.
  private static func pairs() -> [PreferencePair] {
    var random = SeededRandom(seed: 4)
    func example(_ lengths: (Int, Int)) -> Example {
      Example(
        tokens: (0..<lengths.0 + lengths.1).map { _ in Int32(random.int(in: 0...31)) }, learntFrom: lengths.0)
    }
    return [((3, 4), (3, 2)), ((5, 1), (5, 6)), ((2, 3), (2, 3))].map {
      PreferencePair(chosen: example($0.0), rejected: example($0.1))
    }
  }

  private func gradients(
    _ model: Transformer, _ objective: PreferenceObjective, _ batches: [PreferenceBatch]
  ) throws -> (values: [Float], report: LossReport) {
    var report = LossReport()
    let pairs = batches.reduce(0) { $0 + $1.labelCount }
    for batch in batches {
      report.merge(
        try objective.evaluate(
          batch, model: model, normalizer: Double(pairs), differentiates: true, isDetailed: true))
    }
    defer { for parameter in model.parameters { parameter.gradient = nil } }
    return (model.parameters.flatMap { $0.gradient?.array() ?? [] }, report)
  }

  private func reference(seed: UInt64) throws -> Transformer {
    let model = try Tiny.model(seed: seed)
    model.freeze()
    return model
  }

  /// At the reference itself every logit is 0: the loss is log 2, and the gradient is β/2 of that of −log π.
  @Test func atTheReferenceTheGradientIsThatOfTheLogLikelihoods() throws {
    let model = try Tiny.model()
    let objective = PreferenceObjective(PreferenceLoss(), reference: try reference(seed: 5), blockRows: 3)
    let found = try gradients(model, objective, [PreferenceBatch(Self.pairs())])
    #expect(abs(found.report.loss / 3 - log(2)) < 1e-6)
    for pair in Self.pairs() {
      for (example, sign) in [(pair.chosen, Float(-1)), (pair.rejected, 1)] {
        let rows = example.labels.indices.filter { example.labels[$0] != Example.ignoredLabel }
        let hidden = gatherRows(
          model.forward(tokens: example.inputs, documentLengths: [example.count]),
          rows: rows.map { Int32($0) })
        let chosen = labelLogProbabilities(model.logits(of: hidden), labels: rows.map { example.labels[$0] })
        scale(sum(chosen), by: sign * 0.1 / 2 / 3).backward()
      }
    }
    let expected = model.parameters.flatMap { $0.gradient?.array() ?? [] }
    #expect(zip(found.values, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(expected.contains { abs($0) > 1e-3 })
  }

  @Test func microBatchesAddUpToOneLargeBatch() throws {
    let model = try Tiny.model()
    let objective = PreferenceObjective(PreferenceLoss(), reference: try reference(seed: 6))
    let pairs = Self.pairs()
    let whole = try gradients(model, objective, [PreferenceBatch(pairs)])
    let parts = try gradients(
      model, objective, [PreferenceBatch([pairs[0]]), PreferenceBatch(Array(pairs[1...]))])
    #expect(zip(whole.values, parts.values).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(abs(whole.report.loss - parts.report.loss) < 1e-6 && abs(whole.report.loss / 3 - log(2)) > 1e-3)
  }
}

/// Whole runs of method preference, from the student's base.
@Suite(.serialized) struct PreferenceRunTests {
  private static let answers = ["<think>3+4=7</think>7", "<think>3+4=8</think>8"]

  /// Twenty prompts, each with a right and a wrong answer.
  private static func records(in folder: URL, _ more: [String] = []) throws -> String {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let lines = (0..<20).map { index in
      "{\"prompt\": \"Case \(index): 3 + 4?\", \"chosen\": \"\(answers[0])\", \"rejected\": \"\(answers[1])\"}"
    }
    let file = folder.appendingPathComponent("pairs.jsonl")
    try Data((lines + more).joined(separator: "\n").utf8).write(to: file)
    return file.path
  }

  private static func recipe(_ path: String, _ overrides: [String] = []) throws -> Recipe.Reading {
    let base = RunTests.root.appendingPathComponent("Models/student-750k").path
    return try Recipe.parse(
      """
      method: preference
      model: \(base)
      beta: 0.2
      dataset: {path: \(path), eval: 4}
      training: {max_steps: 4, per_device_train_batch_size: 4, max_length: 256, learning_rate: 1.0e-3, seed: 2,
                 precision: fp32, logging_steps: 1, save_steps: 1, save_total_limit: 9}
      evaluation: {problems: 0}
      """, file: "r.yaml", overrides: overrides)
  }

  @Test func aPlanCountsThePairsAndTheReference() throws {
    let folder = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: folder) }
    let plan = try RunPlan(Self.recipe(Self.records(in: folder)), probeSteps: 1)
    #expect((10..<20).contains(plan.exampleCount) && plan.totalSteps == 4 && plan.reach == nil)
    #expect(plan.referenceParameterCount == plan.parameterCount && plan.memory.reference > 0)
  }

  @Test func theChosenAnswersGainAndAResumedRunGivesTheSameBytes() throws {
    let folder = CheckpointTests.temporaryDirectory()
    let whole = CheckpointTests.temporaryDirectory(), parts = CheckpointTests.temporaryDirectory()
    defer { for url in [folder, whole, parts] { try? FileManager.default.removeItem(at: url) } }
    let reading = try Self.recipe(Self.records(in: folder))
    #expect(reading.recipe.objective.policy.klCoefficient == 0.2)
    let recorder = Recorder()
    let outcome = try PolicyRunTests.run(reading, in: whole, recorder)
    let margins = recorder.reports.compactMap { $0.metrics["rewards/margins"] }
    #expect(margins.count == 4 && abs(margins[0]) < 1e-6 && margins[3] > 0.1, "\(margins)")
    #expect(outcome.metrics["eval/rewards/accuracies"] == 1 && outcome.metrics["eval/loss"] ?? 1 < log(2))
    try FileManager.default.copyItem(at: whole, to: parts)
    for step in [3, 4] {
      try FileManager.default.removeItem(
        at: parts.appendingPathComponent("checkpoints/checkpoint-000000\(step)"))
    }
    _ = try PolicyRunTests.run(reading, in: parts, resumes: true)
    let files = try [whole, parts].map {
      try Data(contentsOf: $0.appendingPathComponent("model.safetensors"))
    }
    #expect(files[0] == files[1] && !files[0].isEmpty)
  }

  @Test(arguments: [
    (#"{"prompt": "p", "completion": "c"}"#, "pairs.jsonl:21", "prompt, chosen and rejected"),
    (#"{"prompt": "p", "chosen": "c"}"#, "pairs.jsonl:21", "rejected"),
    (#"{"prompt": "p", "chosen": ["c"], "rejected": "r"}"#, "pairs.jsonl:21", "to be a string"),
  ])
  func aRecordOfAnotherFormIsNamed(line: String, place: String, words: String) throws {
    let folder = CheckpointTests.temporaryDirectory(), output = CheckpointTests.temporaryDirectory()
    defer { for url in [folder, output] { try? FileManager.default.removeItem(at: url) } }
    let reading = try Self.recipe(Self.records(in: folder, [line]))
    let thrown = #expect(throws: (any Error).self) { try PolicyRunTests.run(reading, in: output) }
    let error = thrown as? any Diagnostic
    #expect(error?.exitCode == .badData)
    #expect(error?.description.contains(place) == true && error?.description.contains(words) == true)
    #expect(!FileManager.default.fileExists(atPath: output.path))
  }

  @Test func pairsThatAreTooLongAreRefused() throws {
    let folder = CheckpointTests.temporaryDirectory(), output = CheckpointTests.temporaryDirectory()
    defer { for url in [folder, output] { try? FileManager.default.removeItem(at: url) } }
    let reading = try Self.recipe(Self.records(in: folder), ["training.max_length=4"])
    let error = #expect(throws: TrainingError.self) { try PolicyRunTests.run(reading, in: output) }
    #expect(error.map { "\($0)".contains("were longer") } == true)
    // Held-out pairs that do not fit must not end a run that was trained.
    let records = try RecordReader().read(path: folder.path).records
    let foundation = RunTests.root.appendingPathComponent("Models/student-750k")
    let tokenizer = try Tokenizer.load(foundation)
    func batches(_ maxLength: Int) throws -> [Int] {
      try PreferenceSource(
        records, encoder: ExampleEncoder(tokenizer: tokenizer, template: .chatML), batchSize: 8,
        maxLength: maxLength, seed: 1, name: "pairs"
      ).wholePass().map(\.labelCount)
    }
    #expect(try batches(4) == [] && batches(256) == [8, 8, 4])
  }

  @Test func pairsAreNotLearntByOtherMethods() throws {
    let folder = CheckpointTests.temporaryDirectory(), output = CheckpointTests.temporaryDirectory()
    defer { for url in [folder, output] { try? FileManager.default.removeItem(at: url) } }
    let base = RunTests.root.appendingPathComponent("Models/student-750k").path
    let reading = try Recipe.parse(
      """
      method: sft
      model: \(base)
      dataset: {path: \(Self.records(in: folder)), eval: 0}
      training: {max_steps: 1}
      """, file: "r.yaml")
    let error = #expect(throws: TrainingError.self) { try PolicyRunTests.run(reading, in: output) }
    #expect(error.map { "\($0)".contains("method preference") } == true)
  }

  @Test(arguments: [
    ("beta=0", "above 0"), ("objective.ld_alpha=2", "from 0 to 1"),
    ("dataset={task: law}", "a key that method preference reads"),
    ("objective.f_divergence_type=kl", "reverse_kl"),
  ])
  func settingsOutOfRangeAreRefused(override: String, words: String) {
    let error = #expect(throws: RecipeError.self) { _ = try Self.recipe("x.jsonl", [override]) }
    #expect(error.map { "\($0)".contains(words) } == true, "\(String(describing: error))")
  }
}
