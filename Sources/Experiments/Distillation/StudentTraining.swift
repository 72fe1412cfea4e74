import Foundation
import LanguageModels
import Objectives
import Training

/// Trains one student on examples with the recipe's loop; student and controls differ in examples and objective alone.
struct StudentTraining {
  let recipe: DistillationRecipe
  let seed: UInt64
  let progress: (DistillationProgress) -> Void

  /// Returns the curve of the training loss. - Throws: `DistillationInterrupted` after Ctrl-C.
  func train(
    _ model: Transformer, on examples: [Example], terms: [LossTerm], learningRate: Double, stage: String,
    into stages: inout [DistillationReport.Stage]
  ) throws -> LineChart.Series {
    let clock = StageClock()
    var settings = recipe.training
    settings.learningRate = learningRate
    settings.seed = seed
    let source = PackedBatchSource(
      ExampleList(examples), batchSize: settings.batchSize, maxLength: settings.maxLength,
      packs: settings.packs,
      seed: seed)
    let observer = CurveRecorder(stage: stage, progress: progress)
    let trainer = Trainer(
      model: model, source: source, objective: LanguageModelObjective(Objective(terms)), settings: settings,
      totalSteps: settings.maxSteps, observer: observer)
    let outcome = try trainer.run()
    if outcome.ending == .interrupted { throw DistillationInterrupted() }
    stages.append(
      DistillationReport.Stage(
        name: stage, seconds: clock.seconds, coreSeconds: clock.coreSeconds, tokens: outcome.tokens,
        flops: trainer.state.operations))
    return LineChart.Series(name: stage, points: observer.points)
  }
}

/// Keeps the loss over steps and passes progress on.
final class CurveRecorder: TrainingObserver {
  private let stage: String
  private let progress: (DistillationProgress) -> Void
  private(set) var points: [(x: Double, y: Double)] = []

  init(stage: String, progress: @escaping (DistillationProgress) -> Void) {
    self.stage = stage
    self.progress = progress
  }

  func observe(_ event: TrainingEvent) {
    guard case .progressed(let report) = event else { return }
    let loss = report.metrics["loss"] ?? .nan
    points.append((Double(report.step), loss))
    let rate = Int(report.metrics["train/tokens_per_second"] ?? 0)
    let total = report.totalSteps.map { "/\($0)" } ?? ""
    progress(
      DistillationProgress(
        stage: stage, fraction: report.fractionDone,
        detail: "step \(report.step)\(total), loss \(PlotAxis.label(loss, decimals: 3)), \(rate) tokens/s"))
  }
}
