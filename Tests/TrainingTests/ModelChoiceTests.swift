import Corpus
import Files
import Foundation
import LanguageModels
import Testing
import Training

/// Runs that end with the model of their best evaluation.
@Suite("The best model of a run", .serialized) struct ModelChoiceTests {
  private let url = CheckpointTests.temporaryDirectory()

  /// Questions of one word. Those to learn from are all answered with yes, those held out with no, so that the more is
  /// learnt the worse it gets, once the form is known.
  private func writeRecords(_ count: Int = 60) throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    let file = url.appendingPathComponent("records.jsonl")
    func write(_ answer: (Int) -> String) throws {
      let lines = (0..<count).map { number in
        #"{"id":"r\#(number)","prompt":"Is \#(number) even? Answer yes or no.","answer":"\#(answer(number))","#
          + #""answer_type":"choice","choices":["yes","no"]}"#
      }
      try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: file)
    }
    try write { _ in "yes" }
    let sides = try RecordReader().read(path: file.path).records.map { $0.side() }
    try write { sides[$0] == .train ? "yes" : "no" }
  }

  private func reading(_ steps: Int, _ evaluation: String, _ overrides: [String] = []) throws
    -> Recipe.Reading
  {
    try Recipe.parse(
      """
      method: sft
      model: \(RunTests.root.path)/Models/student-750k
      dataset: {path: \(url.path)/records.jsonl, reasoning: false, eval: 50}
      training: {max_steps: \(steps), per_device_train_batch_size: 1, max_length: 256, packing: true,
                 learning_rate: 5.0e-3, lr_scheduler_type: constant, save_steps: 4, seed: 5, precision: fp32,
                 logging_steps: 1}
      evaluation: {\(evaluation)}
      """, file: url.appendingPathComponent("r.yaml").path, overrides: overrides)
  }

  private static let choosing =
    "problems: 0, eval_steps: 1, load_best_model_at_end: true, metric_for_best_model: loss"

  @discardableResult
  private func run(
    _ name: String, _ reading: Recipe.Reading, resumes: Bool = false, stopsAfter: Int? = nil,
    observer: Recorder? = nil
  ) throws -> RunOutcome {
    var options = RunOptions()
    options.output = url.appendingPathComponent(name).path
    options.resumes = resumes
    var polls = 0
    options.shouldStop = {
      polls += 1
      return polls == stopsAfter
    }
    return try TrainingRun(reading, options: options).start(observer: observer)
  }

  private func digest(_ path: String) throws -> String {
    try Fingerprint.sha256(file: url.appendingPathComponent(path + "/model.safetensors"))
  }

  private func losses(_ name: String, _ metric: String) throws -> [(step: Int, value: Double)] {
    try String(contentsOf: url.appendingPathComponent(name + "/metrics.jsonl"), encoding: .utf8)
      .split(separator: "\n").compactMap { line in
        let value = try JSONValue(parsing: String(line), source: "metrics")
        return value[metric]?.double.map { (value["step"]?.int ?? 0, $0) }
      }
  }

  @Test func isThatOfTheBestEvaluationOnTheValidationSide() throws {
    defer { try? FileManager.default.removeItem(at: url) }
    try writeRecords()
    let outcome = try run("chosen", reading(8, Self.choosing))
    let validation = try losses("chosen", "validation/loss")
    #expect(validation.map(\.step) == Array(1...8))
    let best = try #require(validation.min { $0.value < $1.value })
    #expect((1...7).contains(best.step), "\(validation)")
    #expect(outcome.metrics["validation/best_step"] == Double(best.step) && outcome.steps == 8)
    // A run that ends there has the same model, and the same loss on the test side.
    let short = try run("short", reading(best.step, "problems: 0"))
    #expect(try digest("chosen") == digest("short"))
    #expect(outcome.metrics["eval/loss"] == short.metrics["eval/loss"])
    #expect(try losses("chosen", "eval/loss").map(\.step) == [8], "the test side is read once")
    #expect(outcome.metrics["eval/loss"] != best.value)
    #expect(
      try digest("chosen/checkpoints/checkpoint-0000008") != digest("chosen"), "the run's own end stays")
  }

  @Test func isTheSameAfterAStop() throws {
    defer { try? FileManager.default.removeItem(at: url) }
    try writeRecords()
    let whole = try run("whole", reading(8, Self.choosing))
    for stop in [1, 5] {
      let name = "parts-\(stop)"
      #expect(try run(name, reading(8, Self.choosing), stopsAfter: stop).ending == .interrupted)
      let resumed = try run(name, reading(8, Self.choosing), resumes: true)
      #expect(try digest(name) == digest("whole"))
      #expect(resumed.metrics["validation/best_step"] == whole.metrics["validation/best_step"])
    }
    // Resumed at its end, it chooses again.
    try FileManager.default.removeItem(at: url.appendingPathComponent("whole/model.safetensors"))
    try run("whole", reading(8, Self.choosing), resumes: true)
    #expect(try digest("whole") == digest("parts-1"))
    // What decides the choice belongs to the run.
    let error = #expect(throws: TrainingError.self) {
      try run("whole", reading(8, Self.choosing, ["evaluation.eval_steps=2"]), resumes: true)
    }
    #expect(error?.exitCode == .badData)
  }

  /// Two passes, the model chosen after each by how it answers.
  private func readingByAccuracy() throws -> Recipe.Reading {
    try writeRecords(40)
    return try reading(
      8,
      "problems: 20, max_new_tokens: 4, eval_strategy: epoch, load_best_model_at_end: true, "
        + "metric_for_best_model: accuracy",
      ["training.max_steps=null", "training.num_train_epochs=2", "training.learning_rate=1e-4"])
  }

  /// In the choice after the first pass, in that after the second, and in the judgement of the model chosen.
  @Test func isTheSameAfterAStopWhileItAnswers() throws {
    defer { try? FileManager.default.removeItem(at: url) }
    let reading = try readingByAccuracy()
    let whole = try run("whole", reading)
    for (evaluations, steps) in [whole.steps / 2, whole.steps, whole.steps].enumerated() {
      let name = "parts-\(evaluations)"
      let stopper = Stopper("evaluation", after: evaluations)
      var options = RunOptions()
      options.output = url.appendingPathComponent(name).path
      options.shouldStop = { stopper.asks }
      let stopped = try TrainingRun(reading, options: options).start(observer: stopper)
      #expect(stopped.ending == .interrupted && stopped.steps == steps)
      let resumed = try run(name, reading, resumes: true)
      #expect(try digest(name) == digest("whole"))
      #expect(resumed.metrics["validation/best_step"] == whole.metrics["validation/best_step"])
      #expect(resumed.metrics["eval/accuracy"] == whole.metrics["eval/accuracy"])
    }
  }

  @Test func isChosenByAccuracyOncePerPass() throws {
    defer { try? FileManager.default.removeItem(at: url) }
    let reading = try readingByAccuracy()
    let recorder = Recorder()
    let outcome = try run("passes", reading, observer: recorder)
    let accuracies = try losses("passes", "validation/accuracy")
    #expect(accuracies.map(\.step) == [outcome.steps / 2, outcome.steps] && outcome.steps > 2)
    // Of equal ones the earlier.
    let best = accuracies[0].value >= accuracies[1].value ? accuracies[0].step : accuracies[1].step
    #expect(outcome.metrics["validation/best_step"] == Double(best))
    // How far the answers are is told of the model's judgement and of both that choose it.
    let judged = recorder.events.count {
      if case .evaluated(let report) = $0 { !report.isCorrect.isEmpty } else { false }
    }
    let answered = recorder.events.count {
      if case .answering("evaluation", let state) = $0 {
        state.finishedSequences == state.sequences
      } else {
        false
      }
    }
    #expect(judged > 0 && answered == judged + 2, "\(judged), \(answered)")
  }

  @Test(
    arguments: [
      ("load_best_model_at_end: true", "eval_steps or eval_strategy: epoch"),
      ("eval_strategy: epoch, eval_steps: 3", "absent beside eval_strategy: epoch"),
      ("eval_strategy: steps", "only beside eval_steps"),
      (
        "problems: 0, eval_steps: 1, load_best_model_at_end: true, metric_for_best_model: accuracy", "of loss"
      ),
      ("eval_steps: 1, load_best_model_at_end: true, metric_for_best_model: f1", "loss, accuracy"),
    ])
  func needsSomethingToChooseFrom(_ evaluation: String, _ word: String) {
    let error = #expect(throws: RecipeError.self) { try reading(1, evaluation) }
    #expect(error?.description.contains(word) == true, "\(String(describing: error))")
  }

  @Test func isNotChosenByWhatJudgesIt() throws {
    let error = #expect(throws: RecipeError.self) {
      try reading(1, Self.choosing, ["dataset={task: finance, train: 9, eval: 2}"])
    }
    #expect(error?.description.contains("what judges the model must be other than what chose it") == true)
    #expect(
      try reading(1, Self.choosing + ", suites: [finance]", ["dataset={task: finance, train: 9, eval: 2}"])
        .recipe.evaluation.takesBest)
  }

  @Test func aValidationSideWithoutRecordsIsOneLine() throws {
    defer { try? FileManager.default.removeItem(at: url) }
    try writeRecords(3)
    let error = #expect(throws: TrainingError.self) { try run("none", reading(1, Self.choosing)) }
    #expect(
      error?.description.contains("load_best_model_at_end chooses by, found none") == true,
      "\(String(describing: error))")
  }

  /// The flat keys of Transformers.
  @Test func isAskedForByTheKeysThatPeopleKnow() throws {
    let recipe = try Recipe.parse(
      """
      method: sft
      model: x
      eval_strategy: epoch
      load_best_model_at_end: true
      metric_for_best_model: accuracy
      dataset: {path: y}
      training: {num_train_epochs: 2}
      """, file: "flat.yaml"
    ).recipe
    #expect(recipe.evaluation.takesBest && recipe.evaluation.strategy == .epoch)
    #expect(recipe.evaluation.choiceMetric == .accuracy)
  }
}
