import Files
import Foundation
import Kernels
import Testing
import Training

/// Whole runs of the methods that learn from the model's own answers, from the student's base: it knows the words, and
/// answers yes-or-no questions right now and then.
@Suite(.serialized) struct PolicyRunTests {
  static func recipe(_ method: String, _ more: String, _ overrides: [String] = []) throws -> Recipe.Reading {
    let base = RunTests.root.appendingPathComponent("Models/student-750k").path
    return try Recipe.parse(
      """
      method: \(method)
      model: \(base)
      dataset: {task: law, languages: [en], levels: [1], train: 400, eval: 4, seed: 5}
      rollouts: {\(method == "grpo" ? "num_generations: 4, " : "")max_completion_length: 24}
      training: {max_steps: 2, per_device_train_batch_size: 8, max_length: 256, learning_rate: 1.0e-3, seed: 2,
                 precision: fp32, logging_steps: 1, save_steps: 1, save_total_limit: 9}
      evaluation: {problems: 4, max_new_tokens: 24}
      \(more)
      """, file: "r.yaml", overrides: overrides)
  }

  static func run(
    _ reading: Recipe.Reading, in output: URL, resumes: Bool = false, _ observer: Recorder? = nil
  ) throws -> RunOutcome {
    var options = RunOptions()
    options.output = output.path
    options.resumes = resumes
    return try TrainingRun(reading, options: options).start(observer: observer)
  }

  private static func answering(_ recorder: Recorder) -> [(stage: String, finished: Int, all: Int)] {
    recorder.events.compactMap { event in
      guard case .answering(let stage, let progress) = event else { return nil }
      return (stage, progress.finishedSequences, progress.sequences)
    }
  }

  /// The files that must be the same whatever a run went through, and the lines of its curve without what is measured in
  /// seconds.
  private static func record(of run: URL) throws -> (files: [String: Data], curve: [JSONValue]) {
    let names = ["model.safetensors", "rollouts.jsonl"]
    let files = try names.map { ($0, try Data(contentsOf: run.appendingPathComponent($0))) }
    let timed = [
      "seconds", "step_time", "train/tokens_per_second", "train/model_flops_utilization", "rollout/seconds",
      "rollout/tokens_per_second",
    ]
    let text = try String(contentsOf: run.appendingPathComponent("metrics.jsonl"), encoding: .utf8)
    let curve = try text.split(separator: "\n").map { line in
      var metrics = try JSONValue(parsing: String(line), source: "metrics.jsonl").object ?? JSONObject()
      for name in timed { metrics[name] = nil }
      return JSONValue.object(metrics)
    }
    return (Dictionary(uniqueKeysWithValues: files), curve)
  }

  private static func expectEqual(
    _ runs: [URL], reports: Int, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let records = try runs.map(record)
    for (name, data) in records[0].files {
      #expect(!data.isEmpty && records[1].files[name] == data, "\(name)", sourceLocation: sourceLocation)
    }
    let curve = records[0].curve
    #expect(curve == records[1].curve, sourceLocation: sourceLocation)
    #expect(curve.count { $0["loss"]?.double != nil } == reports, sourceLocation: sourceLocation)
  }

  @Test(arguments: [PrecisionChoice.fp32, .bf16])
  func aResumedRunOfGRPOGivesTheSameBytes(precision: PrecisionChoice) throws {
    let whole = CheckpointTests.temporaryDirectory(), parts = CheckpointTests.temporaryDirectory()
    defer { for url in [whole, parts] { try? FileManager.default.removeItem(at: url) } }
    let reading = try Self.recipe(
      "grpo", "rewards: [{function: language}, {function: repetition, weight: 0.5}]",
      ["training.precision=\(precision.rawValue)"])
    let recorder = Recorder()
    let outcome = try Self.run(reading, in: whole, recorder)
    #expect(outcome.steps == 2 && outcome.comparison?.problems == 4)
    #expect(outcome.metrics["reward"] != nil)
    // bf16 keeps 8 bits of each factor, by rounding where the processor has no instruction for it.
    let difference = outcome.metrics["sampling/logp_difference/max"] ?? 9
    #expect(precision == .fp32 ? difference < 1e-3 : difference > 1e-3 && difference < 0.5, "\(difference)")
    let sampled = recorder.events.compactMap { event in
      if case .sampled(let step, let rollouts) = event { (step, rollouts.count) } else { nil }
    }
    #expect(sampled.map(\.0) == [1, 2] && sampled.map(\.1) == [8, 8])
    // How far the answers are that no update learns from: each part ends when all are there.
    let answering = Self.answering(recorder)
    #expect(
      answering.filter { $0.finished == $0.all }.map { "\($0.stage) \($0.all)" }
        == ["reach 256", "evaluation 4", "evaluation 4"])
    // The second half again, from the first one's checkpoint.
    try FileManager.default.copyItem(at: whole, to: parts)
    try FileManager.default.removeItem(at: parts.appendingPathComponent("checkpoints/checkpoint-0000002"))
    _ = try Self.run(reading, in: parts, resumes: true)
    try Self.expectEqual([whole, parts], reports: 2)
  }

  /// Three updates of one set of answers, stopped after the second, and one of the next set.
  @Test func aRunResumedBetweenIterationsGivesTheSameBytes() throws {
    let whole = CheckpointTests.temporaryDirectory(), parts = CheckpointTests.temporaryDirectory()
    defer { for url in [whole, parts] { try? FileManager.default.removeItem(at: url) } }
    let reading = try Self.recipe(
      "grpo", "rewards: [{function: language}]",
      [
        "objective.num_iterations=3", "training.max_steps=4", "training.gradient_accumulation_steps=2",
        "training.per_device_train_batch_size=4", "evaluation.problems=0",
      ])
    let recorder = Recorder()
    _ = try Self.run(reading, in: whole, recorder)
    let clipped = recorder.events.compactMap { event in
      if case .progressed(let report) = event { report.metrics["clip_ratio/region_mean"] } else { nil }
    }
    #expect(clipped.count == 4 && clipped[0] == 0 && clipped[3] == 0, "\(clipped)")
    #expect(clipped[2] > 0, "the ratio never left the clip range: \(clipped)")
    let sampled = recorder.events.compactMap { event in
      if case .sampled(let step, _) = event { step } else { nil }
    }
    #expect(sampled == [1, 4])
    try FileManager.default.copyItem(at: whole, to: parts)
    for step in [3, 4] {
      try FileManager.default.removeItem(
        at: parts.appendingPathComponent("checkpoints/checkpoint-000000\(step)"))
    }
    _ = try Self.run(reading, in: parts, resumes: true)
    try Self.expectEqual([whole, parts], reports: 4)
  }

  @Test func aRunResumedWithAMovedReferenceGivesTheSameBytes() throws {
    let whole = CheckpointTests.temporaryDirectory(), parts = CheckpointTests.temporaryDirectory()
    defer { for url in [whole, parts] { try? FileManager.default.removeItem(at: url) } }
    let reading = try Self.recipe(
      "grpo",
      """
      rewards: [{function: language}, {function: soft_overlong_punishment, soft_punish_cache: 8}]
      beta: 0.1
      entropy_coef: 0.01
      sync_ref_model: true
      ref_model_mixup_alpha: 0.5
      ref_model_sync_steps: 2
      """, ["training.max_steps=3", "evaluation.problems=0"])
    let outcome = try Self.run(reading, in: whole)
    #expect(outcome.metrics["kl"] ?? 0 > 0 && outcome.metrics["entropy_coef"] == 0.01)
    #expect(outcome.metrics["rewards/soft_overlong_punishment/mean"] ?? 0 < 0)
    try FileManager.default.copyItem(at: whole, to: parts)
    try FileManager.default.removeItem(at: parts.appendingPathComponent("checkpoints/checkpoint-0000003"))
    _ = try Self.run(reading, in: parts, resumes: true)
    let files = try [whole, parts].map {
      try Data(contentsOf: $0.appendingPathComponent("model.safetensors"))
    }
    #expect(files[0] == files[1] && !files[0].isEmpty)
  }

  @Test(arguments: [
    ("objective.sync_ref_model=true", "kl_coefficient above 0"),
    ("objective.ref_model_sync_steps=4", "sync_ref_model: true"),
    ("objective.entropy_coef=-1", "of 0 or more"), ("objective.num_iterations=0", "from 1 to 1000"),
    ("rewards=[{function: command}]", "for function command"),
    ("rewards=[{function: accuracy, command: x}]", "at function command alone"),
    ("rewards=[{function: format}, {function: format}]", "a name of its own"),
    ("rewards=[{function: command, command: x, timeout_seconds: 0}]", "above 0"),
    ("rewards=[{function: accuracy, soft_punish_cache: 4}]", "at soft_overlong_punishment alone"),
    ("objective={loss_type: cispo}", "an epsilon_high of 1 or more for cispo"),
    ("objective={loss_type: cispo, epsilon_high: 0.28}", "an epsilon_high of 1 or more for cispo"),
  ])
  func settingsThatDoNotGoTogetherAreRefused(override: String, words: String) {
    let error = #expect(throws: RecipeError.self) { _ = try Self.recipe("grpo", "", [override]) }
    #expect(error.map { "\($0)".contains(words) } == true, "\(String(describing: error))")
  }

  /// For cispo it is the largest ratio itself; a clip range may be narrow.
  @Test(arguments: ["{loss_type: cispo, epsilon_high: 1}", "{loss_type: dapo, epsilon_high: 0.28}"])
  func anUpperBoundThatItsLossCanUseIsTaken(objective: String) throws {
    _ = try Self.recipe("grpo", "", ["objective=\(objective)"])
  }

  /// The program scores answers as long as its file is there.
  @Test func aRewardThatFailsForThreeUpdatesEndsTheRun() throws {
    let output = CheckpointTests.temporaryDirectory()
    let folder = CheckpointTests.temporaryDirectory()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { for url in [output, folder] { try? FileManager.default.removeItem(at: url) } }
    let count = folder.appendingPathComponent("count").path
    // The look before the first update and that update are scored.
    let command = "echo x >> \(count); test $(wc -l < \(count)) -le 2 && awk '{print NR % 3}'"
    let reading = try Self.recipe(
      "grpo",
      "rewards: [{function: language}, {function: command, command: \"\(command)\", name: checker}]",
      ["training.max_steps=9", "evaluation.problems=0"])
    let recorder = Recorder()
    let error = #expect(throws: TrainingError.self) { try Self.run(reading, in: output, recorder) }
    #expect(error?.exitCode == .serviceUnavailable)
    #expect(
      error.map { "\($0)".contains("reward checker") && "\($0)".contains("8 of 8") } == true,
      "\(error as Any)")
    // Two bad updates were still made, with the other reward alone.
    let failed = recorder.reports.map { $0.metrics["rewards/checker/failed"] }
    #expect(failed == [nil, 8, 8])
    #expect(recorder.reports.last?.metrics["rewards/language/mean"] != nil)
    let checkpoints = output.appendingPathComponent("checkpoints")
    #expect(try CheckpointDirectory(checkpoints).latest()?.state.step == 3)
  }

  @Test(arguments: [
    ("[{function: command, command: sed 's/.*/null/'}]", "no score of command"),
    ("[{function: accuracy, weight: 0}]", "weights of 0 alone"),
  ])
  func rewardsThatSayNothingAreRefused(rewards: String, words: String) throws {
    let output = CheckpointTests.temporaryDirectory()
    let reading = try Self.recipe("grpo", "rewards: \(rewards)")
    let error = #expect(throws: TrainingError.self) { try Self.run(reading, in: output) }
    #expect(error?.exitCode == .badData && error?.description.contains(words) == true, "\(error as Any)")
    #expect(!FileManager.default.fileExists(atPath: output.path))
  }

  @Test func aRewardThatFailsFromTheStartIsRefused() throws {
    let output = CheckpointTests.temporaryDirectory()
    let reading = try Self.recipe("grpo", "rewards: [{function: command, command: exit 1}]")
    let error = #expect(throws: TrainingError.self) { try Self.run(reading, in: output) }
    #expect(error?.exitCode == .serviceUnavailable)
    #expect(!FileManager.default.fileExists(atPath: output.path))
  }

  @Test func answersOfAnotherVocabularyAreRefused() throws {
    let output = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: output) }
    let reading = try Self.recipe(
      "grpo", "rewards: [{function: language}]",
      ["objective.num_iterations=2", "training.max_steps=1", "evaluation.problems=0"])
    _ = try Self.run(reading, in: output)
    let state = output.appendingPathComponent("checkpoints/checkpoint-0000001/state.json")
    let text = String(decoding: try Data(contentsOf: state), as: UTF8.self)
    // The first token becomes 2,000,000,000.
    let broken = text.replacing(/"tokens" : "......../, with: "\"tokens\" : \"AJQ1dwAA")
    #expect(broken != text)
    try Data(broken.utf8).write(to: state)
    let error = #expect(throws: TrainingError.self) { try Self.run(reading, in: output, resumes: true) }
    #expect(error?.exitCode == .badData)
  }

  @Test func aPolicyThatNeverSucceedsIsRefused() throws {
    let output = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: output) }
    // One token holds no answer, right or wrong.
    let reading = try Self.recipe(
      "grpo", "", ["dataset.task=finance", "dataset.levels=[3]", "rollouts.max_completion_length=1"])
    let error = #expect(throws: TrainingError.self) { _ = try Self.run(reading, in: output) }
    #expect(error?.exitCode == .badData)
    #expect(error.map { "\($0)".contains("train by sft first") } == true)
  }

  @Test func aStudentThatIsItsOwnTeacherHasNothingToLearn() throws {
    let output = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: output) }
    let base = RunTests.root.appendingPathComponent("Models/student-750k").path
    // The gradient is of rounding alone, of which AdamW would make whole steps.
    let reading = try Self.recipe("on_policy_distillation", "teacher: \(base)", ["training.optim=sgd"])
    let outcome = try Self.run(reading, in: output)
    #expect(outcome.steps == 2)
    #expect(abs(outcome.metrics["kd_loss"] ?? 1) < 1e-3)
  }

  @Test func aResumedRunOfMiniLLMGivesTheSameBytes() throws {
    let whole = CheckpointTests.temporaryDirectory(), parts = CheckpointTests.temporaryDirectory()
    defer { for url in [whole, parts] { try? FileManager.default.removeItem(at: url) } }
    let base = RunTests.root.appendingPathComponent("Models/teacher-6m").path
    let reading = try Self.recipe(
      "on_policy_distillation", "teacher: \(base)\nvariant: minillm\ngamma: 0.9", ["evaluation.problems=0"])
    let outcome = try Self.run(reading, in: whole)
    #expect(outcome.metrics["minillm/sampled_reverse_kl"] ?? 0 > 0 && outcome.metrics["kd_loss"] ?? 0 > 0)
    try FileManager.default.copyItem(at: whole, to: parts)
    try FileManager.default.removeItem(at: parts.appendingPathComponent("checkpoints/checkpoint-0000002"))
    _ = try Self.run(reading, in: parts, resumes: true)
    let files = try [whole, parts].map {
      try Data(contentsOf: $0.appendingPathComponent("model.safetensors"))
    }
    #expect(files[0] == files[1] && !files[0].isEmpty)
    for override in ["rollouts.lmbda=0.5", "rollouts.temperature=0.7", "objective.gamma=2"] {
      #expect(throws: RecipeError.self) {
        try Self.recipe("on_policy_distillation", "teacher: t\nvariant: minillm", [override])
      }
    }
  }

  @Test func aResumedMixtureOfAnswersAndDatasetGivesTheSameBytes() throws {
    let whole = CheckpointTests.temporaryDirectory(), parts = CheckpointTests.temporaryDirectory()
    defer { for url in [whole, parts] { try? FileManager.default.removeItem(at: url) } }
    let base = RunTests.root.appendingPathComponent("Models/teacher-6m").path
    let reading = try Self.recipe(
      "on_policy_distillation", "teacher: \(base)",
      ["rollouts.lmbda=0.5", "training.max_steps=4", "evaluation.problems=0"])
    _ = try Self.run(reading, in: whole)
    try FileManager.default.copyItem(at: whole, to: parts)
    for step in [3, 4] {
      try FileManager.default.removeItem(
        at: parts.appendingPathComponent("checkpoints/checkpoint-000000\(step)"))
    }
    _ = try Self.run(reading, in: parts, resumes: true)
    let files = try [whole, parts].map {
      try Data(contentsOf: $0.appendingPathComponent("model.safetensors"))
    }
    #expect(files[0] == files[1] && !files[0].isEmpty)
  }

  @Test(arguments: [PrecisionChoice.fp32, .bf16])
  func aGRPORunDoesNotDependOnTheThreads(precision: PrecisionChoice) throws {
    let before = Threads.count
    defer { Threads.count = before }
    let outputs = [1, 2].map { _ in CheckpointTests.temporaryDirectory() }
    defer { for url in outputs { try? FileManager.default.removeItem(at: url) } }
    for (threads, output) in zip([1, 2], outputs) {
      Threads.count = threads
      let reading = try Self.recipe(
        "grpo", "rewards: [{function: language}]",
        [
          "rollouts.refill_factor=1", "objective.num_iterations=2", "training.gradient_accumulation_steps=2",
          "training.per_device_train_batch_size=4", "training.precision=\(precision.rawValue)",
        ])
      _ = try Self.run(reading, in: output)
    }
    try Self.expectEqual(outputs, reports: 2)
  }

  @Test func aKeyInTwoSpellingsMustHaveOneValue() throws {
    let same = try Self.recipe("grpo", "beta: 0.04\nobjective: {kl_coefficient: 0.04}")
    #expect(same.recipe.objective.policy.klCoefficient == 0.04)
    let error = #expect(throws: RecipeError.self) {
      _ = try Self.recipe("grpo", "beta: 0.1\nobjective: {kl_coefficient: 0.04}")
    }
    #expect(error.map { "\($0)".contains("one value for objective.kl_coefficient") } == true)
    // In distillation the word means something else.
    #expect(throws: RecipeError.self) { _ = try Self.recipe("sft", "beta: 0.1") }
  }

  /// The weights of the other model take as much as the policy's, counted where they belong.
  @Test func aPlanTriesTheAnswers() throws {
    let recorder = Recorder()
    let compared = try RunPlan(
      Self.recipe("grpo", "rewards: [{function: language}]", ["objective.kl_coefficient=0.1"]), probeSteps: 1,
      observer: recorder)
    #expect(Self.answering(recorder).last.map { "\($0)" } == #"(stage: "reach", finished: 256, all: 256)"#)
    #expect(compared.reach?.contains("pass@4") == true && compared.exampleCount == 400)
    #expect(
      compared.referenceParameterCount == compared.parameterCount && compared.teacherParameterCount == nil)
    #expect(compared.memory.reference == 4 * compared.parameterCount && compared.memory.teacher == 0)
    #expect(compared.probe.tokensPerStep > 8 * 24 && compared.probe.secondsPerStep > 0)
    #expect(compared.totalSteps == 2)
    let alone = try RunPlan(Self.recipe("grpo", "rewards: [{function: language}]"), probeSteps: 1)
    #expect(alone.referenceParameterCount == nil && alone.memory.reference == 0)
    #expect(alone.probe.operationsPerStep < compared.probe.operationsPerStep)
    let teacher = "teacher: \(RunTests.root.path)/Models/teacher-6m"
    for variant in ["divergence", "minillm"] {
      let taught = try RunPlan(
        Self.recipe("on_policy_distillation", teacher, ["objective.variant=\(variant)"]),
        probeSteps: 1)
      #expect(taught.teacherParameterCount == 6_147_840 && taught.referenceParameterCount == nil)
      #expect(taught.reach == nil && taught.memory.teacher > 0 && taught.memory.reference == 0)
    }
    let hopeless = ["dataset.task=finance", "dataset.levels=[3]", "rollouts.max_completion_length=1"]
    #expect(throws: TrainingError.self) { try RunPlan(Self.recipe("grpo", "", hopeless), probeSteps: 1) }
  }

  @Test func groupsMustDivideTheBatch() {
    for (override, words) in [
      ("rollouts.num_generations=1", "num_generations of 2 or more"),
      ("rollouts.num_generations=3", "num_generations (3) divides"),
    ] {
      let error = #expect(throws: RecipeError.self) { _ = try Self.recipe("grpo", "", [override]) }
      #expect(error.map { "\($0)".contains(words) } == true, "\(override)")
    }
  }
}
