import Foundation
import Kernels
import LanguageModels
import Objectives
import TensorCore
import Testing
import Training

/// What a running teacher says, cut to its most likely tokens, and teachers that mean other tokens by their numbers.
struct TeacherTokensTests {
  private func report(
    _ function: LossFunctionName, _ tokens: Int?, gradients: inout [Float]
  ) throws -> LossReport {
    var term = LossTerm(function, temperature: 2)
    term.mixture = 0.3
    let model = try Tiny.model()
    let objective = LanguageModelObjective(
      Objective([term]), teachers: TeacherPanel([.init(try Tiny.model(seed: 77))]), teacherTokens: tokens,
      blockRows: 5)
    let batch = TokenBatch(Tiny.examples(4).examples)
    let report = try objective.evaluate(
      batch, model: model, normalizer: Double(batch.labelCount), differentiates: true, isDetailed: true)
    gradients = model.parameters.flatMap { $0.gradient?.array() ?? [] }
    return report
  }

  /// With all tokens but one, the bucket of the rest holds that one alone: nothing is lost.
  @Test(arguments: [LossFunctionName.forwardKL, .reverseKL, .jsd])
  func allButOneAreTheWholeDistribution(function: LossFunctionName) throws {
    var (whole, cut, few): ([Float], [Float], [Float]) = ([], [], [])
    let expected = try report(function, nil, gradients: &whole)
    let found = try report(function, 31, gradients: &cut)
    let coarse = try report(function, 2, gradients: &few)
    #expect(abs(expected.loss - found.loss) < 1e-4 * expected.loss, "\(expected.loss), \(found.loss)")
    let largest = whole.map(abs).max() ?? 0
    #expect(zip(whole, cut).allSatisfy { abs($0 - $1) < 1e-3 * largest } && largest > 0)
    // Joining outcomes lowers a divergence.
    #expect(coarse.loss < 0.9 * expected.loss && coarse.loss > 0, "\(coarse.loss) of \(expected.loss)")
    #expect(expected.sums["distillation/teacher_mass"] == nil)
    for (report, most) in [(found, 1.0), (coarse, 0.9)] {
      let masses = ["student", "teacher"].compactMap { report.sums["distillation/\($0)_mass"]?.value }
      #expect(masses.count == 2 && masses.allSatisfy { $0 > 0 && $0 <= most }, "\(masses)")
    }
    // The teacher's own tokens hold more of its mass than of the student's.
    let (student, teacher) = (
      coarse.sums["distillation/student_mass"]?.value ?? 1,
      coarse.sums["distillation/teacher_mass"]?.value ?? 0
    )
    #expect(student < teacher)
  }

  /// One token: the teacher's mass is the mean of its largest probability.
  @Test func theMassIsThatOfTheTokensKept() throws {
    let logits = Tensor([2, 3], [0, log(2), log(5), 1, 1, 1] as [Float])
    let top = TopKSignal(logits, k: 1, temperature: 1)
    #expect(top.indices[0] == 2)
    let student = Tensor([2, 3], [log(3), 0, 0, 0, 0, 0] as [Float])
    let both = top.masses(student: student, labels: [1, 0])
    #expect(abs(both.teacher - (5.0 / 8 + 1.0 / 3)) < 1e-6 && abs(both.student - (1.0 / 5 + 1.0 / 3)) < 1e-6)
    let first = top.masses(student: student, labels: [1, ignoredLabel])
    #expect(abs(first.teacher - 5.0 / 8) < 1e-6)
  }

  private static func recipe(_ method: String, _ teacher: String, _ overrides: [String] = []) throws
    -> Recipe.Reading
  {
    try Recipe.parse(
      """
      method: \(method)
      model: \(RunTests.root.path)/Models/student-750k
      teacher: \(teacher)
      dataset: {task: law, languages: [en], levels: [1], train: 40, eval: 4, seed: 5}
      training: {max_steps: 1, per_device_train_batch_size: 4, max_length: 256, seed: 2, precision: fp32,
                 logging_steps: 1}
      evaluation: {problems: 0}
      """, file: "r.yaml", overrides: overrides)
  }

  @Test func answersOfTheStudentAreTaughtByTheTopTokens() throws {
    let output = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: output) }
    let teacher = RunTests.root.appendingPathComponent("Models/teacher-6m").path
    let short = ["objective.loss_top_k=8", "rollouts.max_completion_length=16"]
    let recorder = Recorder()
    let outcome = try PolicyRunTests.run(
      Self.recipe("on_policy_distillation", teacher, short), in: output, recorder)
    for name in ["student_mass", "teacher_mass"] {
      let mass = outcome.metrics["distillation/\(name)"] ?? 0
      #expect(mass > 0.1 && mass <= 1, "\(name) \(mass)")
    }
    // What it wrote is kept, as that of a policy is.
    let sampled = recorder.events.compactMap { event in
      if case .sampled(_, let rollouts) = event { rollouts.map(\.rewards.isEmpty) } else { nil }
    }
    #expect(sampled == [[true, true, true, true]])
    let lines = try String(
      contentsOf: output.appendingPathComponent("rollouts.jsonl"), encoding: .utf8
    ).split(separator: "\n")
    #expect(lines.count == 4 && lines[0].contains("\"prompt_tokens\""))
  }

  @Test(arguments: [
    ("logit_distillation", "objective.loss_top_k=0", "from 1"),
    ("logit_distillation", "objective.loss_top_k=2048", "below the vocabulary"),
    ("sft", "objective.loss_top_k=8", "a teacher"),
  ])
  func tokensThatCannotBeKeptAreRefused(method: String, override: String, words: String) throws {
    let output = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: output) }
    let teacher = method == "sft" ? "null" : RunTests.root.path + "/Models/teacher-6m"
    let error = #expect(throws: RecipeError.self) {
      try PolicyRunTests.run(Self.recipe(method, teacher, [override]), in: output)
    }
    #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    #expect(!FileManager.default.fileExists(atPath: output.path))
  }

  /// As many tokens, two of them the other way round.
  @Test(arguments: ["logit_distillation", "on_policy_distillation"])
  func aTeacherWithOtherTokensIsRefused(method: String) throws {
    let folder = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let teacher = folder.appendingPathComponent("teacher")
    try FileManager.default.copyItem(
      at: RunTests.root.appendingPathComponent("Models/teacher-6m"), to: teacher)
    let file = teacher.appendingPathComponent("tokenizer.json")
    let text = try String(contentsOf: file, encoding: .utf8)
    func entry(_ id: Int) -> String? {
      text.matches(of: /"((?:[^"\\]|\\.)+)":\s*(\d+)/).first { Int($0.2) == id }.map { String($0.1) }
    }
    let (first, second) = (try #require(entry(300)), try #require(entry(301)))
    var swapped = text
    for (token, old, new) in [(first, 300, 301), (second, 301, 300)] {
      for space in ["", " "] {
        swapped = swapped.replacing("\"\(token)\":\(space)\(old)", with: "\"\(token)\":\(space)\(new)")
      }
    }
    #expect(swapped != text)
    try Data(swapped.utf8).write(to: file)
    let output = folder.appendingPathComponent("run")
    let error = #expect(throws: RecipeError.self) {
      try PolicyRunTests.run(Self.recipe(method, teacher.path), in: output)
    }
    let words = try #require(error?.description)
    #expect(words.contains("token 300") && words.contains("universal_logit"), "\(words)")
    #expect(!FileManager.default.fileExists(atPath: output.path))
  }
}
