import Files
import Foundation
import LanguageModels
import Objectives
import TensorCore
import Testing
import Training

/// Several teachers: who speaks about which document, and with what weight.
struct TeacherPanelTests {
  private let examples = ["law", "finance", "law", "public"].enumerated().map { index, domain in
    var example = Tiny.examples(4).examples[index]
    example.domain = domain
    return example
  }

  private func loss(_ panel: TeacherPanel, _ examples: [Example], blockRows: Int = 512) throws -> Double {
    let objective = LanguageModelObjective(
      Objective([LossTerm(.forwardKL, temperature: 2)]), teachers: panel, blockRows: blockRows)
    return try objective.evaluate(
      TokenBatch(examples), model: Tiny.model(), normalizer: 1, differentiates: false, isDetailed: false
    ).loss
  }

  @Test func oneTeacherInAPanelIsThatTeacher() throws {
    let teacher = try Tiny.model(seed: 77)
    let alone = try loss(TeacherPanel([.init(teacher)]), examples)
    let twice = try loss(
      TeacherPanel([.init(teacher, weight: 0.25), .init(teacher, weight: 3)]), examples)
    #expect(abs(alone - twice) < 1e-5 * alone, "alone \(alone), twice \(twice)")
    #expect(alone > 0.1)
  }

  @Test func teachersOfDomainsSpeakAboutTheirDocumentsAlone() throws {
    let (lawyer, others) = (try Tiny.model(seed: 77), try Tiny.model(seed: 78))
    let panel = TeacherPanel([
      .init(lawyer, domains: ["law"]), .init(others, weight: 5, domains: ["finance", "public"]),
    ])
    let law = examples.filter { $0.domain == "law" }
    let rest = examples.filter { $0.domain != "law" }
    let expected =
      try loss(TeacherPanel([.init(lawyer)]), law) + loss(TeacherPanel([.init(others)]), rest)
    // Blocks of rows cut through documents of both.
    for rows in [512, 5, 1] {
      let found = try loss(panel, examples, blockRows: rows)
      #expect(abs(found - expected) < 1e-5 * expected, "\(rows) rows: \(found), expected \(expected)")
    }
  }

  @Test func packedTeachersSayTheSame() throws {
    let models = [try Tiny.model(seed: 77), try Tiny.model(seed: 78)]
    func panel(_ teachers: [any TeacherModel]) -> TeacherPanel {
      // Nobody's documents are all of them, and some are both's.
      TeacherPanel([
        .init(teachers[0], domains: ["law", "public"]),
        .init(teachers[1], weight: 5, domains: ["finance", "public"]),
      ])
    }
    let packed = models.map { FrozenTransformer($0, format: .fp32) }
    let (expected, found) = (try loss(panel(models), examples), try loss(panel(packed), examples))
    #expect(abs(found - expected) < 1e-5 * expected, "packed \(found), plain \(expected)")
    // A part without documents.
    let law = examples.filter { $0.domain == "law" }
    #expect(abs(try loss(panel(packed), law) - loss(panel(models), law)) < 1e-5 * expected)
    let alone = try loss(TeacherPanel([.init(packed[0])]), examples)
    #expect(abs(alone - (try loss(TeacherPanel([.init(models[0])]), examples))) < 1e-5 * alone)
  }

  @Test func weightsAverageTheLogits() throws {
    let teachers = [try Tiny.model(seed: 77), try Tiny.model(seed: 78)]
    let batch = TokenBatch(examples)
    let logits = withoutGradient {
      teachers.map { teacher in
        teacher.logits(
          of: gatherRows(
            teacher.forward(tokens: batch.tokens, positions: batch.positions, spans: batch.spans),
            rows: batch.learntRows))
      }
    }
    let student = try Tiny.model()
    let own = withoutGradient {
      student.logits(
        of: gatherRows(
          student.forward(tokens: batch.tokens, positions: batch.positions, spans: batch.spans),
          rows: batch.learntRows))
    }
    let mean = 0.75 * logits[0] + 0.25 * logits[1]
    let expected = Objective([LossTerm(.forwardKL, temperature: 2)])(
      student: own, teacher: .logits(mean), labels: batch.learntLabels, normalizer: 1)
    let found = try loss(
      TeacherPanel([.init(teachers[0], weight: 3), .init(teachers[1], weight: 1)]), examples)
    #expect(abs(found - Double(expected.loss.item)) < 1e-5 * found)
  }

  @Test func aDocumentThatNobodyTeachesIsNamed() throws {
    let panel = TeacherPanel([.init(try Tiny.model(), domains: ["law", "finance"])])
    let error = #expect(throws: TrainingError.self) { try loss(panel, examples) }
    #expect(error?.description.contains("domain public") == true, "\(String(describing: error))")
    var nameless = examples[0]
    nameless.domain = nil
    let other = #expect(throws: TrainingError.self) { try loss(panel, [nameless]) }
    #expect(other?.description.contains("without a domain") == true)
  }

  @Test func aRecipeNamesSeveralTeachers() throws {
    func recipe(_ teacher: String, _ loss: String = "forward_kl") throws -> Recipe {
      try Recipe.parse(
        """
        method: logit_distillation
        model: m
        teacher: \(teacher)
        dataset: {task: law}
        objective: {loss_functions: [{function: \(loss)}]}
        training: {max_steps: 1}
        """, file: "r.yaml"
      ).recipe
    }
    let two = try recipe("[{model: a, weight: 2, domains: law}, b]")
    #expect(
      two.teacher?.members == [.init(directory: "a", weight: 2, domains: ["law"]), .init(directory: "b")])
    #expect(try Recipe.parse(two.yamlText, file: "again").recipe == two)
    #expect(two.teacher?.directory == nil)
    #expect(try recipe("[a]").teacher?.directory == "a")
    for (teacher, loss, words) in [
      ("[{model: a, weigth: 2}, b]", "forward_kl", "weigth"),
      ("[{model: a, weight: 0}, b]", "forward_kl", "from 1e-6 to 1e6"),
      // As a Float infinite, and 0.
      ("[{model: a, weight: 1.0e39}, b]", "forward_kl", "from 1e-6 to 1e6"),
      ("[{model: a, weight: 1.0e-46}, b]", "forward_kl", "from 1e-6 to 1e6"),
      ("[a, b]", "hidden_mse", "one model"), ("[]", "forward_kl", "list of {model"),
      ("[{weight: 2}]", "forward_kl", "a model directory"),
    ] {
      let error = #expect(throws: RecipeError.self) { _ = try recipe(teacher, loss) }
      #expect(error?.description.contains(words) == true, "\(teacher): \(String(describing: error))")
    }
  }

  @Test(arguments: ["logit_distillation", "on_policy_distillation"])
  func aRunLearnsFromSeveralTeachers(method: String) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("panel-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let tiny = RunTests.root.path + "/Models/tiny"
    func train(_ name: String, _ text: String) throws -> [String: Double] {
      var options = RunOptions()
      options.output = folder.appendingPathComponent(name).path
      return try TrainingRun(Recipe.parse(text, file: "\(name).yaml"), options: options)
        .start(observer: Recorder()).metrics
    }
    let training = """
      training: {max_steps: 2, per_device_train_batch_size: 8, max_length: 256, precision: fp32, logging_steps: 1}
      evaluation: {problems: 0}
      """
    for seed in [1, 2] {
      _ = try train(
        "teacher\(seed)",
        "method: sft\nmodel: {init: {from: \(tiny), seed: \(seed)}}\ndataset: {task: law, train: 8}\n\(training)"
      )
    }
    let teachers = (1...2).map { folder.appendingPathComponent("teacher\($0)").path }
    func recipe(_ teacher: String) -> String {
      """
      method: \(method)
      model: \(tiny)
      teacher: \(teacher)
      dataset: {task: [law, finance], train: 64, eval: 2}
      objective: {loss_functions: [{function: forward_kl}]}
      \(method.hasPrefix("on") ? "rollouts: {max_completion_length: 8}" : "")
      \(training)
      """
    }
    // What learns from a teacher learns from all that it learnt from.
    let bound = URL(fileURLWithPath: teachers[1]).appendingPathComponent(Ledger.fileName)
    try String(contentsOf: bound, encoding: .utf8).replacing("Apache-2.0", with: "CC-BY-NC-4.0")
      .write(to: bound, atomically: true, encoding: .utf8)
    let routed = try train(
      "routed",
      recipe("[{model: \(teachers[0]), domains: [law]}, {model: \(teachers[1]), domains: [finance]}]"))
    let first = try train("first", recipe(teachers[0]))
    let listed = try train("listed", recipe("[{model: \(teachers[0])}]"))
    #expect(routed["kd_loss"] != nil && routed["kd_loss"] != first["kd_loss"])
    #expect(listed["kd_loss"] == first["kd_loss"])
    let output = folder.appendingPathComponent("routed")
    let ledger = try #require(try Ledger(in: output))
    #expect(ledger.stages.last?.teachers.map(\.name) == teachers)
    #expect(ledger.stages.last?.teachers.allSatisfy { $0.sha256 != nil && $0.flops != nil } == true)
    #expect(ledger.licence.name == "CC-BY-NC-4.0")
    // The same from what the run logged, though nobody knows its teachers' licences then.
    try FileManager.default.removeItem(at: output.appendingPathComponent(Ledger.fileName))
    #expect(try Ledger.road(to: output.path).stages.last?.teachers.map(\.name) == teachers)
    let error = #expect(throws: TrainingError.self) {
      try train("untaught", recipe("[{model: \(teachers[0]), domains: [law]}]"))
    }
    #expect(error?.description.contains("domain finance") == true)
  }
}
