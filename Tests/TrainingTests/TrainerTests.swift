import Foundation
import Kernels
import LanguageModels
import Objectives
import TensorCore
import Testing
import Training

/// A model of hidden size 16 and two layers over 32 tokens, and little tasks for it.
enum Tiny {
  static func model(seed: UInt64 = 5, vocabulary: Int = 32) throws -> Transformer {
    var random = SeededRandom(seed: seed)
    return try Transformer(
      ModelConfiguration(
        vocabularySize: vocabulary, hiddenSize: 16, intermediateSize: 32, layerCount: 2, queryHeadCount: 2,
        keyValueHeadCount: 1, headDimension: 8, maximumPositions: 64, initializerRange: 0.1), using: &random)
  }

  static func examples(_ count: Int, seed: UInt64 = 1) -> ExampleList {
    var random = SeededRandom(seed: seed)
    return ExampleList(
      (0..<count).map { _ in
        Example(
          tokens: (0..<random.int(in: 4...12)).map { _ in Int32(random.int(in: 0...31)) }, learntFrom: 2)
      })
  }

  static func settings(_ change: (inout TrainingSettings) -> Void = { _ in }) -> TrainingSettings {
    var settings = TrainingSettings()
    settings.precision = .fp32
    settings.batchSize = 2
    settings.maxLength = 16
    settings.warmupSteps = 2
    settings.learningRate = 1e-2
    settings.loggingSteps = 1
    change(&settings)
    return settings
  }

  static func trainer(
    steps: Int, examples: ExampleList = Tiny.examples(40), settings: TrainingSettings = Tiny.settings(),
    objective: LanguageModelObjective = LanguageModelObjective(), observer: (any TrainingObserver)? = nil
  ) throws -> Trainer<PackedBatchSource, LanguageModelObjective> {
    let source = PackedBatchSource(
      examples, batchSize: settings.batchSize, maxLength: settings.maxLength, packs: settings.packs,
      seed: settings.seed)
    let trainer = Trainer(
      model: try model(), source: source, objective: objective, settings: settings, totalSteps: steps,
      observer: observer)
    trainer.shouldStop = { false }
    return trainer
  }

  static func bits(_ model: Transformer) -> [[UInt32]] {
    model.parameters.map { $0.value.values.map(\.bitPattern) }
  }
}

final class Recorder: TrainingObserver {
  var events: [TrainingEvent] = []
  func observe(_ event: TrainingEvent) { events.append(event) }
  var reports: [StepReport] {
    events.compactMap { if case .progressed(let report) = $0 { report } else { nil } }
  }
}

@Suite struct TrainerTests {
  @Test func overfitsOneBatch() throws {
    let settings = Tiny.settings {
      $0.schedule = .constantWithWarmup
      $0.learningRate = 2e-2
      $0.weightDecay = 0
    }
    let trainer = try Tiny.trainer(steps: 200, examples: Tiny.examples(3), settings: settings)
    let outcome = try trainer.run()
    let loss = try #require(outcome.metrics["loss"])
    #expect(loss < 0.01, "loss \(loss) after 200 steps on one batch")
    #expect(outcome.metrics["mean_token_accuracy"] == 1)
  }

  @Test func reportsTheMetricsByTheirNames() throws {
    let recorder = Recorder()
    let outcome = try Tiny.trainer(steps: 4, observer: recorder).run()
    #expect(recorder.reports.map(\.step) == [1, 2, 3, 4])
    let metrics = try #require(recorder.reports.last?.metrics)
    for name in [
      "loss", "mean_token_accuracy", "num_tokens", "grad_norm", "learning_rate", "epoch", "step_time",
      "train/tokens_per_second",
    ] { #expect(metrics[name] != nil, "\(name)") }
    #expect(metrics["num_tokens"] == Double(outcome.tokens))
    #expect(
      recorder.reports.map { $0.metrics["learning_rate"] ?? -1 }.prefix(3).elementsEqual([0, 5e-3, 1e-2]))
  }

  @Test func accumulationEqualsOneLargeBatch() throws {
    // Without packing, two micro-batches of 2 documents hold the documents of one batch of 4.
    let large = try Tiny.trainer(
      steps: 3,
      settings: Tiny.settings {
        $0.packs = false
        $0.batchSize = 4
      })
    let small = try Tiny.trainer(
      steps: 3,
      settings: Tiny.settings {
        $0.packs = false
        $0.accumulationSteps = 2
      })
    _ = try large.run()
    _ = try small.run()
    for (a, b) in zip(large.model.parameters, small.model.parameters) {
      let difference = zip(a.value.values, b.value.values).map { abs($0 - $1) }.max() ?? 0
      // The order of additions differs, and Adam divides by small roots.
      #expect(difference < 2e-4, "\(a.name): largest difference \(difference)")
    }
  }

  @Test(arguments: [1, 2]) func threadsDoNotChangeTheBits(threads: Int) throws {
    let before = Threads.count
    defer { Threads.count = before }
    let first = try Tiny.trainer(steps: 5)
    _ = try first.run()
    Threads.count = threads
    let second = try Tiny.trainer(steps: 5)
    _ = try second.run()
    #expect(Tiny.bits(first.model) == Tiny.bits(second.model))
  }

  @Test(arguments: [PrecisionChoice.fp32, .bf16])
  func computingLayersASecondTimeDoesNotChangeTheBits(precision: PrecisionChoice) throws {
    let models = try [false, true].map { recomputes in
      let trainer = try Tiny.trainer(
        steps: 5,
        settings: Tiny.settings {
          $0.precision = precision
          $0.recomputesLayers = recomputes
        })
      _ = try trainer.run()
      #expect(trainer.model.recomputesLayers == recomputes)
      return trainer.model
    }
    #expect(Tiny.bits(models[0]) == Tiny.bits(models[1]))
    #expect(Tiny.bits(models[0]) != Tiny.bits(try Tiny.model()))
  }

  @Test func aTeacherThatEqualsTheStudentGivesNoLossAndNoGradient() throws {
    let objective = LanguageModelObjective(Objective([LossTerm(.forwardKL)]), teacher: try Tiny.model())
    let trainer = try Tiny.trainer(steps: 1, objective: objective)
    let outcome = try trainer.run()
    #expect(abs(outcome.metrics["kd_loss"] ?? 1) < 1e-6)
    #expect((outcome.metrics["grad_norm"] ?? 1) < 1e-5)
  }

  @Test func aStudentComesNearerToItsTeacher() throws {
    let objective = LanguageModelObjective(
      Objective([LossTerm(.forwardKL, temperature: 2), LossTerm(.crossEntropy, weight: 0.01)]),
      teacher: try Tiny.model(seed: 77))
    let recorder = Recorder()
    let settings = Tiny.settings { $0.schedule = .constantWithWarmup }
    let trainer = try Tiny.trainer(steps: 60, settings: settings, objective: objective, observer: recorder)
    _ = try trainer.run()
    let divergences = recorder.reports.compactMap { $0.metrics["kd_loss"] }
    let (first, last) = (try #require(divergences.first), try #require(divergences.last))
    #expect(last < 0.7 * first, "from \(first) to \(last)")
    #expect(recorder.reports.last?.metrics["class_loss"] != nil)
  }

  @Test func keptSignalsOfTheWholeVocabularyEqualTheLiveTeacher() throws {
    let teacher = try Tiny.model(seed: 77)
    let examples = Tiny.examples(8).examples
    let withSignals = examples.map { example in
      var example = example
      let batch = TokenBatch([example])
      let logits = withoutGradient {
        teacher.logits(
          of: gatherRows(
            teacher.forward(tokens: batch.tokens, positions: batch.positions, spans: batch.spans),
            rows: batch.learntRows))
      }
      let values = withoutGradient { logSoftmax(logits) }.values
      example.signal = KeptSignal(
        k: 32, logProbabilities: values,
        indices: (0..<batch.labelCount).flatMap { _ in (0..<32).map(Int32.init) },
        tail: Array(repeating: -.infinity, count: batch.labelCount))
      return example
    }
    let objective = Objective([LossTerm(.forwardKL)])
    let live = try LanguageModelObjective(objective, teacher: teacher).evaluate(
      TokenBatch(examples), model: Tiny.model(), normalizer: 1, differentiates: false, isDetailed: false)
    let kept = try LanguageModelObjective(objective).evaluate(
      TokenBatch(withSignals), model: Tiny.model(), normalizer: 1, differentiates: false, isDetailed: false)
    #expect(abs(live.loss - kept.loss) < 1e-4 * abs(live.loss), "live \(live.loss), kept \(kept.loss)")
  }

  @Test func aSignalOfAnotherTemperatureIsRefused() throws {
    var example = Example(tokens: [1, 2])
    example.signal = KeptSignal(k: 1, logProbabilities: [-1], indices: [0], tail: [-0.5], temperature: 2)
    let objective = LanguageModelObjective(Objective([LossTerm(.forwardKL)]))
    #expect(throws: ObjectiveError.self) {
      _ = try objective.evaluate(
        TokenBatch([example]), model: Tiny.model(), normalizer: 1, differentiates: true, isDetailed: false)
    }
  }

  @Test func aNumberThatIsNotFiniteStopsTheRunAndIsNamed() throws {
    let trainer = try Tiny.trainer(steps: 5)
    let parameter = trainer.model.parameters[3]
    parameter.value = Tensor(parameter.shape, [Float](repeating: .nan, count: parameter.count))
    let error = #expect(throws: TrainingError.self) { _ = try trainer.run() }
    #expect(error?.place.contains("step 1") == true)
    #expect(error?.place.contains(parameter.name) == true)
  }

  @Test func theClockEndsARun() throws {
    let settings = Tiny.settings { $0.maxSeconds = 0.2 }
    let outcome = try Tiny.trainer(steps: 1_000_000, settings: settings).run()
    #expect(outcome.ending == .outOfTime)
    #expect(outcome.elapsedSeconds < 20)
  }
}
