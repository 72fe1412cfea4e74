import Foundation
import Testing
import Training

/// Runs that are told to stop while the model answers, not between two updates.
@Suite(.serialized) struct InterruptionTests {
  private let root = CheckpointTests.temporaryDirectory()

  /// Two updates of a policy, examined before, between and after them.
  private func reading() throws -> Recipe.Reading {
    try Recipe.parse(
      """
      method: grpo
      model: \(RunTests.root.path)/Models/student-750k
      dataset: {task: law, languages: [en], levels: [1], train: 400, eval: 4, seed: 5}
      rollouts: {num_generations: 4, max_completion_length: 24}
      rewards: [{function: language}]
      training: {max_steps: 2, per_device_train_batch_size: 8, max_length: 256, learning_rate: 1.0e-3, seed: 2,
                 precision: fp32, logging_steps: 1, save_steps: 5}
      evaluation: {problems: 4, max_new_tokens: 24, eval_steps: 1}
      """, file: "r.yaml")
  }

  private func run(_ name: String, resumes: Bool = false, stopper: Stopper? = nil) throws -> RunOutcome {
    var options = RunOptions()
    options.output = root.appendingPathComponent(name).path
    options.resumes = resumes
    options.shouldStop = { stopper?.asks ?? false }
    return try TrainingRun(reading(), options: options).start(observer: stopper)
  }

  /// The steps of what was logged, and of the evaluations all that is the same in each run.
  private func log(_ name: String) throws -> [String] {
    let file = root.appendingPathComponent(name + "/metrics.jsonl")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
      let line = try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
      let same = line.filter { $0.key.hasPrefix("eval/") || $0.key == "step" || $0.key == "loss" }
      return same.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
  }

  /// Ctrl-C is heard while the model is examined, and the run that goes on is the whole one.
  @Test func goesOnFromAnEvaluationThatWasBrokenOff() throws {
    defer { try? FileManager.default.removeItem(at: root) }
    let whole = try run("whole")
    let model = try Data(contentsOf: root.appendingPathComponent("whole/model.safetensors"))
    // Before the first update, between the two, after the last.
    for step in 0...2 {
      let name = "parts-\(step)"
      let stopped = try run(name, stopper: Stopper("evaluation", after: step))
      #expect(stopped.ending == .interrupted && stopped.steps == step, "\(step): \(stopped.steps)")
      #expect(!FileManager.default.fileExists(atPath: root.path + "/\(name)/model.safetensors"))
      let resumed = try run(name, resumes: true)
      #expect(resumed.ending == .completed && resumed.steps == 2)
      #expect(resumed.comparison?.accuracyBefore == whole.comparison?.accuracyBefore)
      #expect(try Data(contentsOf: root.appendingPathComponent(name + "/model.safetensors")) == model)
      #expect(try log(name) == log("whole"), "\(step)")
    }
  }

  /// Nothing is there yet that could be kept.
  @Test func leavesNothingOfACheckThatWasBrokenOff() throws {
    defer { try? FileManager.default.removeItem(at: root) }
    let outcome = try run("early", stopper: Stopper("reach"))
    #expect(outcome.ending == .interrupted && outcome.steps == 0 && outcome.exitCode == .interrupted)
    #expect(!FileManager.default.fileExists(atPath: root.path + "/early"))
  }
}

/// Asks for a stop when answers are on their way, in the evaluation after `evaluations` others.
final class Stopper: TrainingObserver {
  private let stage: String
  private let evaluations: Int
  private var seen = 0
  private(set) var asks = false

  init(_ stage: String, after evaluations: Int = 0) {
    self.stage = stage
    self.evaluations = evaluations
  }

  func observe(_ event: TrainingEvent) {
    switch event {
    case .evaluated: seen += 1
    case .answering(let stage, let progress):
      if stage == self.stage, seen == evaluations, progress.finishedSequences < progress.sequences {
        asks = true
      }
    default: break
    }
  }
}
