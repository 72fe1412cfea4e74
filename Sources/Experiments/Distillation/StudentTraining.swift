import Files
import Foundation
import LanguageModels
import Objectives
import Training

/// Trains one student on examples with the recipe's loop; student and controls differ in examples and objective alone.
struct StudentTraining {
  let recipe: DistillationRecipe
  let seed: UInt64
  let partial: PartialRun
  let watch: DistillationWatch

  /// Trains `model` to the end, from the newest checkpoint of the stage where there is one.
  ///
  /// Returns the curve of the training loss. - Throws: `DistillationInterrupted` after Ctrl-C, with a checkpoint.
  func train(
    _ model: Transformer, on examples: [Example], terms: [LossTerm], learningRate: Double, stage: String
  ) throws -> LineChart.Series {
    var settings = recipe.training
    settings.learningRate = learningRate
    settings.seed = seed
    let source = PackedBatchSource(
      ExampleList(examples), batchSize: settings.batchSize, maxLength: settings.maxLength,
      packs: settings.packs,
      seed: seed)
    let observer = CurveRecorder(stage: stage, show: watch.show)
    let trainer = Trainer(
      model: model, source: source, objective: LanguageModelObjective(Objective(terms)), settings: settings,
      totalSteps: settings.maxSteps, observer: observer)
    let checkpoints = partial.checkpoints(of: stage)
    trainer.shouldStop = watch.shouldStop
    trainer.save = { checkpoint in
      try partial.keepTime()
      return try checkpoints.save(checkpoint) { try observer.keep(in: $0) }.path
    }
    // The last checkpoint of a finished training holds its model.
    if let checkpoint = try checkpoints.latest() {
      try trainer.restore(checkpoint)
      try observer.restore(from: checkpoints.url(step: checkpoint.state.step))
    }
    return try partial.result(of: stage) {
      let outcome = try trainer.run()
      if outcome.ending == .interrupted { throw DistillationInterrupted() }
      return StageResult(
        value: observer.curve, tokens: outcome.tokens, flops: trainer.state.operations)
    }
  }
}

/// Keeps the loss over steps and passes progress on.
final class CurveRecorder: TrainingObserver {
  private let stage: String
  private let show: (DistillationProgress) -> Void
  private(set) var curve: LineChart.Series

  init(stage: String, show: @escaping (DistillationProgress) -> Void) {
    self.stage = stage
    self.show = show
    curve = LineChart.Series(name: stage, points: [])
  }

  /// Writes the curve beside a checkpoint, which it belongs to.
  func keep(in checkpoint: URL) throws { try CurveRecorder.file(checkpoint).write(curve) }

  func restore(from checkpoint: URL) throws {
    if let kept = try CurveRecorder.file(checkpoint).read() { curve = kept }
  }

  private static func file(_ checkpoint: URL) -> JSONFile<LineChart.Series> {
    JSONFile(checkpoint.appendingPathComponent("curve.json"))
  }

  func observe(_ event: TrainingEvent) {
    switch event {
    case .progressed(let report): record(report)
    case .answering(let purpose, let state):
      show(DistillationProgress(stage: stage, fraction: 0, detail: "\(purpose), \(state.inWords)"))
    default: break
    }
  }

  private func record(_ report: StepReport) {
    let loss = report.metrics["loss"] ?? .nan
    if loss.isFinite { curve.points.append((Double(report.step), loss)) }
    let rate = Int(report.metrics["train/tokens_per_second"] ?? 0)
    let total = report.totalSteps.map { "/\($0)" } ?? ""
    show(
      DistillationProgress(
        stage: stage, fraction: report.fractionDone,
        detail: "step \(report.step)\(total), loss \(PlotAxis.label(loss, decimals: 3)), \(rate) tokens/s"))
  }
}
