import Foundation
import Kernels
import LanguageModels
import Objectives
import TensorCore
import Testing
import Training

/// A teacher with a tokenizer of its own.
@Suite(.serialized) struct ForeignTests {
  /// Three texts in the tokens of models with 32 and with 20 tokens, cut at other places.
  static var examples: [Example] {
    let shapes: [(own: [Int32], other: [Int32], groups: [TokenGroup])] = [
      (
        [3, 9, 4, 30, 7, 1], [5, 2, 17, 3, 1],
        [
          TokenGroup(student: 0..<1, teacher: 0..<1), TokenGroup(student: 1..<3, teacher: 1..<2),
          TokenGroup(student: 3..<4, teacher: 2..<3),
        ]
      ),
      ([8, 8, 2], [19, 4, 4, 6], [TokenGroup(student: 0..<1, teacher: 0..<2)]),
      (
        [1, 22, 13, 5], [1, 2, 3, 4], (0..<2).map { TokenGroup(student: $0..<$0 + 1, teacher: $0..<$0 + 1) }
      ),
    ]
    return shapes.map { own, other, groups in
      var example = Example(tokens: own, learntFrom: 2)
      let taught = Example(tokens: other, learntFrom: 2)
      example.foreign = ForeignExample(inputs: taught.inputs, labels: taught.labels, groups: groups)
      return example
    }
  }

  static func term(_ change: (inout LossTerm) -> Void = { _ in }) -> LossTerm {
    var term = LossTerm(.universalLogit)
    change(&term)
    return term
  }

  static func objective(_ terms: [LossTerm]) throws -> LanguageModelObjective {
    let teacher = try Tiny.model(seed: 9, vocabulary: 20)
    return LanguageModelObjective(
      Objective(terms),
      foreign: ForeignComparison(
        terms.filter(\.function.comparesTexts), teacher: teacher, student: try Tiny.model().configuration,
        common: [(0, 3), (7, 1), (31, 19), (12, 12)]))
  }

  static let terms: [LossTerm] = [
    term { $0.temperature = 1.5 }, term { $0.tokenMerge = .bayesian },
    term {
      $0.isHybrid = true
      $0.tokenMerge = .bayesian
    },
    term {
      $0.isHybrid = true
      ($0.matchedWeight, $0.unmatchedWeight) = (0.7, 0.2)
    },
  ]

  @Test(arguments: terms.indices) func theGradientIsTheSlope(_ index: Int) throws {
    let objective = try Self.objective([Self.terms[index], LossTerm(.crossEntropy, weight: 0.1)])
    let model = try Tiny.model()
    func loss(differentiates: Bool = false) throws -> Double {
      try objective.evaluate(
        TokenBatch(Self.examples), model: model, normalizer: 1, differentiates: differentiates,
        isDetailed: false
      ).loss
    }
    _ = try loss(differentiates: true)
    for parameter in [model.parameters[0], model.parameters[4]] {
      let gradient = try #require(parameter.gradient?.array(), "\(parameter.name) got no gradient")
      var random = SeededRandom(seed: 8)
      let direction = OpCheck.Draw.normal(parameter.shape).tensor(using: &random)
      let start = parameter.value
      func value(_ step: Float) throws -> Double {
        // Small, so that few tokens change their rank on the way.
        parameter.value = start + scale(direction, by: step)
        defer { parameter.value = start }
        return try loss()
      }
      let slope = zip(gradient, direction.values).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
      let measured = (try value(2e-4) - value(-2e-4)) / 4e-4
      #expect(
        abs(slope - measured) < 1e-2 * (abs(slope) + abs(measured)) + 2e-3,
        "\(parameter.name): slope \(slope), measured \(measured)")
    }
  }

  @Test(arguments: terms.indices) func packedDocumentsEqualTheDocumentsAlone(_ index: Int) throws {
    let objective = try Self.objective([Self.terms[index]])
    let model = try Tiny.model()
    func report(_ examples: [Example]) throws -> LossReport {
      try objective.evaluate(
        TokenBatch(examples), model: model, normalizer: 1, differentiates: false, isDetailed: true)
    }
    let packed = try report(Self.examples)
    let alone = try Self.examples.map { try report([$0]).loss }.reduce(0, +)
    #expect(abs(packed.loss - alone) < 1e-5 * abs(alone), "packed \(packed.loss), alone \(alone)")
    let sum = try #require(packed.sums["distillation/universal_logit"]?.sum)
    #expect(abs(sum - packed.loss) < 1e-5 * sum)
    // Four of seven tokens that are compared stand alone against one.
    #expect(packed.sums["distillation/one_to_one"]?.value == 4.0 / 7)
    #expect(packed.sums["mean_token_accuracy"] != nil)
  }

  @Test func anExampleWithoutTheTeachersViewIsRefused() throws {
    let objective = try Self.objective(Self.terms)
    #expect(throws: TrainingError.self) {
      _ = try objective.evaluate(
        TokenBatch(Tiny.examples(2).examples), model: Tiny.model(), normalizer: 1, differentiates: true,
        isDetailed: false)
    }
  }

  static func reading(
    teacher: String, terms: String, model: String = "tiny", _ overrides: [String] = []
  ) throws -> Recipe.Reading {
    let text = """
      method: logit_distillation
      model: \(RunTests.root.path)/Models/\(model)
      teacher: \(teacher)
      dataset: {task: finance, languages: [en], levels: [1], train: 4, eval: 2, seed: 7}
      objective: {loss_functions: [\(terms)]}
      training: {max_steps: 12, per_device_train_batch_size: 2, max_length: 256, learning_rate: 5.0e-3, precision: fp32,
                 logging_steps: 1, lr_scheduler_type: constant}
      evaluation: {problems: 0}
      """
    return try Recipe.parse(text, file: "foreign.yaml", overrides: overrides)
  }

  static let larger = RunTests.root.path + "/Models/student-750k"

  static func run(_ reading: Recipe.Reading) throws -> Recorder {
    let output = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: output) }
    var options = RunOptions()
    options.output = output.path
    let recorder = Recorder()
    _ = try TrainingRun(reading, options: options).start(observer: recorder)
    return recorder
  }

  /// 512 tokens learn from a model with 2,048.
  @Test(arguments: [
    "{function: universal_logit}",
    "{function: universal_logit, hybrid: true, token_merge_strategy: bayesian}",
  ])
  func aStudentLearnsFromATeacherWithAnotherTokenizer(terms: String) throws {
    let recorder = try Self.run(
      // Answers are mostly figures, which both tokenizers cut alike; questions are words.
      Self.reading(teacher: Self.larger, terms: terms, ["training.completion_only_loss=false"]))
    let losses = recorder.reports.compactMap { $0.metrics["distillation/universal_logit"] }
    let (first, last) = (try #require(losses.first), try #require(losses.last))
    #expect(losses.count == 12 && last < 0.9 * first, "from \(first) to \(last)")
    let share = try #require(recorder.reports.last?.metrics["distillation/one_to_one"])
    #expect(share > 0.02 && share < 0.98, "\(share)")
    let notes = recorder.events.compactMap { if case .note(let text) = $0 { text } else { nil } }
    #expect(
      notes.contains { $0.contains("teacher's own tokenizer") && $0.contains("one to one") }, "\(notes)")
  }

  @Test func theSameTokenizerFitsTokenByToken() throws {
    let recorder = try Self.run(
      Self.reading(
        teacher: Self.larger, terms: "{function: universal_logit, hybrid: true}, {function: forward_kl}",
        model: "student-750k", ["training.max_steps=1"]))
    let metrics = try #require(recorder.reports.last?.metrics)
    #expect(metrics["distillation/one_to_one"] == 1)
    #expect(abs(metrics["distillation/universal_logit"] ?? 1) < 1e-6, "the teacher is the student")
    #expect(abs(metrics["kd_loss"] ?? 1) < 1e-6)
    // Beside a divergence of tokens the vocabularies must be one.
    let error = #expect(throws: RecipeError.self) {
      _ = try Self.run(
        Self.reading(teacher: Self.larger, terms: "{function: universal_logit}, {function: forward_kl}"))
    }
    #expect(error?.description.contains("the teacher's 2048 tokens") == true, "\(error as Any)")
  }

  @Test func aTemplateWithOtherWordsIsRefused() throws {
    let folder = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(at: URL(fileURLWithPath: Self.larger), to: folder)
    let file = folder.appendingPathComponent("tokenizer_config.json")
    let text = try String(contentsOf: file, encoding: .utf8)
    let other = text.replacing(
      "+ message['content'] +",
      with: "+ ('Say: ' if message['role'] == 'assistant' else '') + message['content'] +")
    #expect(other != text)
    try other.write(to: file, atomically: true, encoding: .utf8)
    let error = #expect(throws: RecipeError.self) {
      _ = try Self.run(Self.reading(teacher: folder.path, terms: "{function: universal_logit}"))
    }
    #expect(error?.expected.contains("Say: ") == true && error?.place.contains("example 0") == true)
  }

  @Test func recipesThatCannotBeAlignedAreRefused() throws {
    func refused(_ terms: String, _ overrides: [String] = []) -> RecipeError? {
      do {
        _ = try Self.reading(teacher: "t", terms: terms, overrides)
        return nil
      } catch { return error as? RecipeError }
    }
    let plain = "{function: universal_logit}"
    #expect(refused(plain) == nil)
    #expect(refused(plain, ["dataset={text: a.txt}"])?.expected.hasPrefix("dataset without text") == true)
    #expect(
      refused(plain, ["method=on_policy_distillation"])?.expected.hasPrefix(
        "objective without universal_logit") == true)
    #expect(
      refused("{function: forward_kl, hybrid: true}")?.expected.contains("hybrid only with universal_logit")
        == true)
    #expect(refused("{function: universal_logit, hybrid_matched_weight: 1}") != nil)
    #expect(refused("{function: universal_logit, hybrid: true, hybrid_matched_weight: 1}") != nil)
    #expect(
      refused(
        "{function: universal_logit, hybrid: true, hybrid_matched_weight: 1, hybrid_unmatched_weight: 0}")
        == nil)
  }
}
