import Foundation
import Kernels
import LanguageModels
import Objectives
import TensorCore
import Testing
import Training

/// Hidden states and attention relations as training objectives.
@Suite struct LayerComparisonTests {
  static let functions = LossFunctionName.allCases.filter(\.comparesLayers)

  /// Three layers of 24 where the student has two of 16.
  static func teacher(width: Int = 24) throws -> Transformer {
    var random = SeededRandom(seed: 99)
    return try Transformer(
      ModelConfiguration(
        vocabularySize: 32, hiddenSize: width, intermediateSize: 32, layerCount: 3, queryHeadCount: 4,
        keyValueHeadCount: 2, headDimension: width / 4, maximumPositions: 64, initializerRange: 0.2),
      using: &random)
  }

  static func objective(
    _ terms: [LossTerm], teacher: Transformer
  ) throws -> LanguageModelObjective {
    let layers = try LayerComparison(
      terms.filter(\.function.comparesLayers), student: Tiny.model().configuration,
      teacher: teacher.configuration, seed: 3)
    return LanguageModelObjective(Objective(terms), teacher: teacher, layers: layers)
  }

  static func report(
    _ objective: LanguageModelObjective, _ examples: [Example], model: Transformer,
    differentiates: Bool = false
  ) throws -> LossReport {
    try objective.evaluate(
      TokenBatch(examples), model: model, normalizer: 1, differentiates: differentiates, isDetailed: false)
  }

  @Test(arguments: functions) func trainingLowersIt(_ function: LossFunctionName) throws {
    let objective = try Self.objective([LossTerm(function)], teacher: Self.teacher())
    let recorder = Recorder()
    let settings = Tiny.settings {
      $0.schedule = .constantWithWarmup
      $0.weightDecay = 0
    }
    let trainer = try Tiny.trainer(
      steps: 80, examples: Tiny.examples(4), settings: settings, objective: objective, observer: recorder)
    _ = try trainer.run()
    let name = "distillation/\(function.rawValue)"
    let values = recorder.reports.compactMap { $0.metrics[name] }
    let (first, last) = (try #require(values.first), try #require(values.last))
    #expect(last < 0.7 * first && last >= 0, "\(name) from \(first) to \(last)")
    #expect(values.count == 80 && recorder.reports.last?.metrics["mean_token_accuracy"] != nil)
  }

  /// The whole way from a parameter of the first layer to the loss, in central differences.
  @Test(arguments: functions, [TokenSelection.learnt, .all])
  func theGradientIsTheSlope(_ function: LossFunctionName, _ tokens: TokenSelection) throws {
    var term = LossTerm(function, weight: 2)
    term.tokens = tokens
    let objective = try Self.objective([term, LossTerm(.crossEntropy, weight: 0.3)], teacher: Self.teacher())
    let model = try Tiny.model()
    let examples = Tiny.examples(3).examples
    _ = try Self.report(objective, examples, model: model, differentiates: true)
    let trained = [model.parameters[1], model.parameters[3]] + objective.trainedParameters.prefix(1)
    for parameter in trained {
      let gradient = try #require(parameter.gradient?.array(), "\(parameter.name) got no gradient")
      var random = SeededRandom(seed: 8)
      let direction = OpCheck.Draw.normal(parameter.shape).tensor(using: &random)
      let start = parameter.value
      func value(_ step: Float) throws -> Double {
        parameter.value = start + scale(direction, by: step)
        defer { parameter.value = start }
        return try Self.report(objective, examples, model: model).loss
      }
      let slope = zip(gradient, direction.values).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
      let measured = (try value(2e-3) - value(-2e-3)) / 4e-3
      #expect(
        abs(slope - measured) < 5e-3 * (abs(slope) + abs(measured)) + 1e-3,
        "\(parameter.name): slope \(slope), measured \(measured)")
    }
  }

  @Test func aProjectionIsLearntOnlyWhereTheWidthsDiffer() throws {
    var cosine = LossTerm(.hiddenCosine)
    cosine.layerMap = [LayerPair(student: 2, teacher: 3), LayerPair(student: 0, teacher: 0)]
    let terms = [LossTerm(.hiddenMSE), cosine]
    let wide = try Self.objective(terms, teacher: Self.teacher())
    #expect(
      wide.trainedParameters.map(\.name)
        == ["projection.1.2.weight", "projection.2.3.weight", "projection.0.0.weight"])
    #expect(wide.trainedParameters.allSatisfy { $0.shape == [24, 16] })
    #expect(try Self.objective(terms, teacher: Self.teacher(width: 16)).trainedParameters.isEmpty)
    #expect(
      try Self.objective([LossTerm(.attentionRelations)], teacher: Self.teacher()).trainedParameters.isEmpty)
  }

  @Test(arguments: functions) func aTeacherThatEqualsTheStudentGivesNoLoss(_ function: LossFunctionName)
    throws
  {
    let objective = try Self.objective([LossTerm(function)], teacher: Tiny.model())
    let loss = try Self.report(objective, Tiny.examples(4).examples, model: Tiny.model()).loss
    #expect(abs(loss) < 1e-5)
  }

  @Test(arguments: functions) func packedDocumentsEqualTheDocumentsAlone(_ function: LossFunctionName) throws
  {
    let objective = try Self.objective([LossTerm(function)], teacher: Self.teacher())
    let (model, examples) = (try Tiny.model(), Tiny.examples(5).examples)
    let packed = try Self.report(objective, examples, model: model).loss
    let alone = try examples.map { try Self.report(objective, [$0], model: model).loss }.reduce(0, +)
    #expect(abs(packed - alone) < 1e-4 * abs(alone), "packed \(packed), alone \(alone)")
  }

  /// Up to rounding: gradients meet at the compared layers in another order.
  @Test(arguments: functions) func computingLayersASecondTimeChangesNothing(_ function: LossFunctionName)
    throws
  {
    let gradients = try [false, true].map { recomputes in
      let model = try Tiny.model()
      model.recomputesLayers = recomputes
      let terms = [LossTerm(function), LossTerm(.crossEntropy)]
      _ = try Self.report(
        Self.objective(terms, teacher: Self.teacher()), Tiny.examples(4).examples, model: model,
        differentiates: true)
      return model.parameters.map { $0.gradient?.array() ?? [] }
    }
    for (a, b) in zip(gradients[0], gradients[1]) {
      let (difference, size) = (zip(a, b).map { abs($0 - $1) }.max() ?? 1, a.map { abs($0) }.max() ?? 0)
      #expect(difference <= 1e-5 * max(1, size), "largest difference \(difference)")
    }
  }

  @Test func resumingWithAProjectionEqualsNeverStopping() throws {
    let directory = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    func trainer() throws -> Trainer<PackedBatchSource, LanguageModelObjective> {
      try Tiny.trainer(
        steps: 12,
        objective: Self.objective(
          [LossTerm(.hiddenMSE), LossTerm(.attentionRelations), LossTerm(.crossEntropy)],
          teacher: Self.teacher()))
    }
    let whole = try trainer()
    let start = whole.objective.trainedParameters.map { $0.value.values }
    _ = try whole.run()
    #expect(whole.objective.trainedParameters.map { $0.value.values } != start, "projections are learnt")

    let checkpoints = CheckpointDirectory(directory)
    let first = try trainer()
    first.save = { try checkpoints.save($0).path }
    first.shouldStop = { first.state.step == 5 }
    #expect(try first.run().ending == .interrupted)
    let second = try trainer()
    let checkpoint = try #require(try checkpoints.latest())
    #expect(!checkpoint.parameters.contains { $0.name.hasPrefix("projection") }, "no part of the student")
    try second.restore(checkpoint)
    _ = try second.run()
    #expect(Tiny.bits(second.model) == Tiny.bits(whole.model))
    #expect(whole.checkpoint().objective == second.checkpoint().objective)
    #expect(whole.checkpoint().optimizer == second.checkpoint().optimizer)

    var without = checkpoint
    without.objective = []
    let third = try trainer()
    let error = #expect(throws: TrainingError.self) { try third.restore(without) }
    #expect(error?.expected.contains("projection.1.2.weight [24, 16]") == true)
  }

  @Test func relationHeadsMustDivideTheWidths() throws {
    var term = LossTerm(.attentionRelations)
    term.relationHeads = 16
    let error = #expect(throws: ObjectiveError.self) {
      _ = try Self.objective([term], teacher: Self.teacher())
    }
    #expect(error == .relationHeads(function: "attention_relations", heads: 16, role: "student", width: 8))
    term.relationHeads = 4
    #expect(throws: Never.self) { _ = try Self.objective([term], teacher: Self.teacher()) }
  }

  @Test func aComparisonWithoutATeacherIsRefused() throws {
    let objective = LanguageModelObjective(Objective([LossTerm(.hiddenMSE)]))
    #expect(throws: TrainingError.self) {
      _ = try Self.report(objective, Tiny.examples(1).examples, model: Tiny.model())
    }
  }

  @Test func aRecipeNamesLayersTokensAndHeads() throws {
    func text(_ term: String) -> String {
      """
      method: logit_distillation
      model: Models/tiny
      teacher: Models/tiny
      dataset: {task: finance}
      objective: {loss_functions: [\(term)]}
      training: {max_steps: 5}
      """
    }
    let recipe = try Recipe.parse(
      text("{function: hidden_mse, layer_mapping: [[1, 2], [2, 4]], tokens: all}"), file: "r.yaml"
    ).recipe
    #expect(
      recipe.objective.lossFunctions[0].layerMap
        == [LayerPair(student: 1, teacher: 2), LayerPair(student: 2, teacher: 4)])
    #expect(recipe.objective.lossFunctions[0].tokens == .all)
    #expect(try Recipe.parse(recipe.yaml, file: "again").recipe == recipe)
    let attention = "{function: attention_relations, layer_mapping: [[2, 9]], relation_heads: 8}"
    #expect(
      try Recipe.parse(text(attention), file: "r.yaml").recipe.objective.lossFunctions[0].relationHeads == 8)
    for (term, key) in [
      ("{function: forward_kl, layer_mapping: [[1, 2]]}", "layer_mapping"),
      ("{function: forward_kl, tokens: all}", "tokens"),
      ("{function: hidden_mse, tokens: completion}", "tokens"),
      ("{function: universal_logit, tokens: completion}", "tokens"),
      ("{function: hidden_mse, relation_heads: 4}", "relation_heads"),
      ("{function: attention_relations, layer_mapping: [[1, 2], [2, 3]]}", "layer_mapping"),
      ("{function: hidden_mse, layer_mapping: [[1, 2, 3]]}", "layer_mapping"),
      ("{function: hidden_mse, layer_mapping: [1, 2]}", "layer_mapping"),
    ] {
      let error = try #require(RecipeTests.error(text(term)), "\(term) was accepted")
      #expect(error.expected.contains(key), "\(error)")
      #expect(error.place == "r.yaml:5", "\(error)")
    }
  }
}
