import Corpus
import Files
import Foundation
import Kernels
import LanguageModels
import Testing
import Training

/// Which prompts a policy is asked and which of its answers it learns from, in whole runs with rewards that the tests
/// choose.
@Suite(.serialized) struct RolloutRunTests {
  private static let mixed = [0.0, 1, 0, 1]

  private static func equal(_ score: Double = 1) -> [Double] { Array(repeating: score, count: 4) }

  /// A run of two groups of four answers an update, and what it told.
  private static func run(_ rewards: String, _ overrides: [String]) throws -> (
    outcome: RunOutcome, recorder: Recorder
  ) {
    let output = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: output) }
    let recorder = Recorder()
    let reading = try PolicyRunTests.recipe(
      "grpo", rewards.isEmpty ? "" : "rewards: [\(rewards)]", ["evaluation.problems=0"] + overrides)
    return (try PolicyRunTests.run(reading, in: output, recorder), recorder)
  }

  private static func sampled(_ recorder: Recorder, learnt: Bool = true) -> [[Rollout]] {
    recorder.events.compactMap {
      if case .sampled(_, let rollouts) = $0 { rollouts.filter { $0.isLearnt == learnt } } else { nil }
    }
  }

  /// Problem and text of each answer, by group.
  private static func groups(_ rollouts: [Rollout]) -> [[String]] {
    stride(from: 0, to: rollouts.count, by: 4).map { first in
      rollouts[first..<first + 4].map { "\($0.answer.problem.id) \($0.answer.completion)" }
    }
  }

  private static func group(_ number: Int, of asked: [JSONValue]) -> [String] {
    asked[number * 4..<(number + 1) * 4].map {
      "\($0["id"]?.string ?? "") \($0["completion"]?.string ?? "")"
    }
  }

  @Test func groupsOfEqualRewardsAreReplacedUpToTheCap() throws {
    let (mixed, equal) = (Self.mixed, Self.equal())
    let book = try ScoreBook([
      // Update 1: one group is replaced. Update 2: two further draws, as many as the cap of four lets.
      equal + mixed, mixed, Self.equal(0) + equal, equal + equal,
      // Update 3: of the two further ones, one has something to teach.
      equal + Self.equal(0.5), mixed + equal,
    ])
    defer { book.remove() }
    let (_, recorder) = try Self.run(
      book.reward, ["training.max_steps=3", "rollouts.refill_factor=1", "rollouts.max_completion_length=8"])
    let asked = try (0..<book.calls).map(book.asked)
    try #require(asked.dropFirst().map(\.count) == [8, 4, 8, 8, 8, 8])
    let sampled = Self.sampled(recorder)
    let expected = [
      [Self.group(1, of: asked[1]), Self.group(0, of: asked[2])],
      // Nothing better was found: the first that were drawn.
      [Self.group(0, of: asked[3]), Self.group(1, of: asked[3])],
      [Self.group(0, of: asked[6]), Self.group(0, of: asked[5])],
    ]
    #expect(sampled.map(Self.groups) == expected)
    // What was passed over is handed on too.
    let passed = Self.sampled(recorder, learnt: false)
    #expect(passed.map(\.count) == [4, 8, 8])
    #expect(passed[0].allSatisfy { $0.rewards["book"] == equal[0] && $0.advantage == 0 })
    #expect(recorder.reports.map { $0.metrics["rollout/groups"] } == [3, 4, 4])
    // Whatever was replaced, no prompt is drawn twice in a pass.
    let ids = asked.dropFirst().joined().compactMap { $0["id"]?.string }
    #expect(Set(ids).count == ids.count / 4)
    #expect(recorder.reports.map { $0.metrics["frac_reward_zero_std"] } == [0, 1, 0.5])
    #expect(
      sampled.map { $0.map { $0.rewards["book"] } }
        == [mixed + mixed, Self.equal(0) + equal, mixed + equal])
    #expect(sampled[1].allSatisfy { $0.advantage == 0 })
    #expect(sampled[2].map { $0.advantage != 0 } == mixed.map { _ in true } + equal.map { _ in false })
  }

  @Test(arguments: [(0, [8]), (0.5, [8, 4]), (2, [8, 8, 8])] as [(Double, [Int])])
  func theCapIsAMultipleOfTheUpdatesPrompts(factor: Double, draws: [Int]) throws {
    let book = try ScoreBook(draws.map { Array(repeating: 1, count: $0) })
    defer { book.remove() }
    let (outcome, recorder) = try Self.run(
      book.reward,
      [
        "training.max_steps=1", "rollouts.refill_factor=\(factor)", "rollouts.max_completion_length=8",
      ])
    try #require(try (1..<max(1, book.calls)).map { try book.asked($0).count } == draws)
    #expect(
      Self.sampled(recorder).map(Self.groups)
        == [try [0, 1].map { Self.group($0, of: try book.asked(1)) }])
    #expect(outcome.metrics["frac_reward_zero_std"] == 1 && outcome.metrics["grad_norm"] == 0)
  }

  /// The answers that an update keeps for the next one say which of them are learnt.
  @Test(arguments: [false, true]) func truncatedAnswersAreMaskedWhenAsked(masksTruncated: Bool) throws {
    let output = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: output) }
    let reading = try PolicyRunTests.recipe(
      "grpo", "rewards: [{function: language}]",
      [
        "training.max_steps=1", "objective.num_iterations=2", "evaluation.problems=0",
        "objective.mask_truncated_completions=\(masksTruncated)", "training.gradient_accumulation_steps=2",
      ])
    let recorder = Recorder()
    _ = try PolicyRunTests.run(reading, in: output, recorder)
    let rollouts = try #require(Self.sampled(recorder).first)
    #expect(rollouts.count == 16)
    #expect(rollouts.contains(where: \.isTruncated) && rollouts.contains { !$0.isTruncated })
    let checkpoints = output.appendingPathComponent("checkpoints")
    let pending = try #require(try CheckpointDirectory(checkpoints).latest()?.state.data.pending)
    let counted = rollouts.map { !masksTruncated || !$0.isTruncated }
    #expect(pending.batches.flatMap { $0.completions.map(\.isCounted) } == counted)
    let tokens = zip(rollouts, counted).reduce(0) { $0 + ($1.1 ? $1.0.samplingLogProbabilities.count : 0) }
    #expect(pending.batches.map(\.updateTokens) == [tokens, tokens])
    // They take part in the comparison all the same.
    #expect(pending.batches.flatMap { $0.completions.map(\.advantage) } == rollouts.map(\.advantage))
  }

  /// One token is never a whole answer.
  @Test func aRunOfTruncatedAnswersAloneLearnsNothing() throws {
    let book = try ScoreBook([])
    defer { book.remove() }
    let base = try ModelDirectory.load(RunTests.root.appendingPathComponent("Models/student-750k"))
    for masksTruncated in [false, true] {
      let output = CheckpointTests.temporaryDirectory()
      defer { try? FileManager.default.removeItem(at: output) }
      let reading = try PolicyRunTests.recipe(
        "grpo", "rewards: [\(book.reward)]",
        [
          "objective.mask_truncated_completions=\(masksTruncated)", "rollouts.max_completion_length=1",
          "training.weight_decay=0", "evaluation.problems=0",
        ])
      let outcome = try PolicyRunTests.run(reading, in: output)
      #expect(outcome.metrics["completions/clipped_ratio"] == 1)
      #expect((outcome.metrics["grad_norm"] == 0) == masksTruncated)
      #expect((Tiny.bits(try ModelDirectory.load(output)) == Tiny.bits(base)) == masksTruncated)
    }
  }

  /// Every third group of the look before the first update has different scores.
  @Test func theReachIsToldByLevelAndFamily() throws {
    let scores = (0..<64).flatMap { $0 % 3 == 0 ? Self.mixed : Self.equal() }
    let book = try ScoreBook([], first: scores)
    defer { book.remove() }
    let (_, recorder) = try Self.run(book.reward, ["training.max_steps=1", "dataset.levels=[1, 2]"])
    let asked = try book.asked(0)
    try #require(asked.count == 256)
    struct Cell { var groups = 0, right = 0, solved = 0, mixed = 0 }
    var cells: [String: Cell] = [:]
    for group in 0..<64 {
      let answers = asked[group * 4..<(group + 1) * 4]
      #expect(Set(answers.compactMap { $0["id"]?.string }).count == 1)
      let first = try #require(answers.first)
      let right = answers.count { $0["correct"]?.bool == true }
      for name in ["all", "level \(first["level"]?.int ?? 0)", first["task"]?.string ?? ""] {
        cells[name, default: Cell()].groups += 1
        cells[name, default: Cell()].right += right
        cells[name, default: Cell()].solved += right > 0 ? 1 : 0
        cells[name, default: Cell()].mixed += group % 3 == 0 ? 1 : 0
      }
    }
    #expect(cells["level 1"] != nil && cells["level 2"] != nil && cells.count >= 5, "\(cells.keys)")
    let all = try #require(cells["all"])
    #expect(all.mixed == 22 && (1..<256).contains(all.right) && all.right > all.solved)
    func percent(_ share: Double) -> String { String(format: "%.1f %%", 100 * share) }
    let expected = cells.sorted { $0.key < $1.key }.map { name, cell in
      "reach, \(name): pass@1 \(percent(Double(cell.right) / Double(4 * cell.groups))), pass@4 "
        + "\(percent(Double(cell.solved) / Double(cell.groups))), \(cell.mixed) of \(cell.groups) groups mixed"
    }
    let notes = recorder.events.compactMap { if case .note(let text) = $0 { text } else { nil } }
    let lines = try #require(notes.first { $0.hasPrefix("reach, ") }).split(separator: "\n")
    #expect(lines.map { String($0) } == expected)
  }

  /// What the policy answers right in every group of one run makes the records of the next.
  @Test func aPolicyThatAlwaysSucceedsIsRefused() throws {
    let book = try ScoreBook([])
    defer { book.remove() }
    let greedy = ["rollouts.top_k=1", "training.max_steps=1"]
    _ = try Self.run(book.reward, greedy)
    let asked = try book.asked(0)
    try #require(asked.count == 256)
    let solved = stride(from: 0, to: asked.count, by: 4).filter { first in
      asked[first..<first + 4].allSatisfy { $0["correct"]?.bool == true }
    }.map { asked[$0] }
    try #require(!solved.isEmpty)
    let records = try Self.records(solved)
    defer { try? FileManager.default.removeItem(at: records) }
    let error = #expect(throws: TrainingError.self) {
      _ = try Self.run("", greedy + ["dataset={path: \(records.path)}"])
    }
    #expect(error == .unreachable(groups: 64, groupSize: 4, solved: 64))
    #expect(error?.exitCode == .badData)
    #expect(
      error?.found == "equal rewards in each of 64 groups, 64 of them with right answers"
        && error?.nextStep == "choose harder dataset.levels", "\(error as Any)")
  }

  /// Longer than the model's context of 512 tokens, whatever the recipe's max_length.
  @Test func promptsLongerThanTheContextArePassedOver() throws {
    func record(_ number: Int, _ prompt: String) -> JSONValue {
      ["id": .string("\(number)"), "prompt": .string(prompt), "answer": "yes", "answer_type": "boolean"]
    }
    let long = String(repeating: "Is the contract void? ", count: 200)
    let short = (0..<3).map { record($0, "Is the contract void after \($0) days?") }
    let overrides = ["training.max_length=100000", "training.max_steps=3"]
    let records = try Self.records(short + [record(3, long), record(4, "Now: " + long)])
    defer { try? FileManager.default.removeItem(at: records) }
    let book = try ScoreBook([])
    defer { book.remove() }
    let (outcome, recorder) = try Self.run(book.reward, overrides + ["dataset={path: \(records.path)}"])
    #expect(outcome.steps == 3)
    let rollouts = Self.sampled(recorder).flatMap { $0 }
    // Two passes over the three that fit.
    let asked = stride(from: 0, to: rollouts.count, by: 4).map { rollouts[$0].answer.problem.id }
    #expect(Set(asked.prefix(3)) == ["0", "1", "2"] && Set(asked.suffix(3)) == ["0", "1", "2"])
    #expect(rollouts.allSatisfy { $0.promptCount + 24 <= 512 })
    let warnings = recorder.events.compactMap { if case .warning(let text) = $0 { text } else { nil } }
    #expect(warnings.contains("2 examples are longer than max_length and were left out"), "\(warnings)")

    let alone = try Self.records([record(3, long), record(4, "Now: " + long)])
    defer { try? FileManager.default.removeItem(at: alone) }
    let error = #expect(throws: TrainingError.self) {
      _ = try Self.run(book.reward, overrides + ["dataset={path: \(alone.path)}"])
    }
    guard case .noExamples(let source, 2, 512) = error else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(source.contains("24 tokens (rollouts.max_completion_length)"))
  }

  /// A file of records that all lie on the training side.
  private static func records(_ lines: [JSONValue]) throws -> URL {
    let file = CheckpointTests.temporaryDirectory().appendingPathExtension("jsonl")
    let names = (0..<100).lazy.map { "group \($0)" }
    let group = try #require(names.first { StableHash.of($0) % 100 >= 30 })
    let texts = lines.map { line in
      var object = line.object ?? JSONObject()
      object["split_group"] = .string(group)
      return JSONValue.object(object).text() + "\n"
    }
    try Data(texts.joined().utf8).write(to: file)
    let read = try RecordReader().read(path: file.path).records
    try #require(read.count == lines.count && read.allSatisfy { $0.side() == .train })
    return file
  }
}
