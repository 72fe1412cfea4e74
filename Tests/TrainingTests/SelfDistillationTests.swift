import Foundation
import Testing
import Training

/// A student whose teacher is its own start.
@Suite struct SelfDistillationTests {
  private static let recipe = RunTests.root.appendingPathComponent(
    "Models/student-750k/recipes/ablation/self-distillation.yaml"
  ).path

  /// The reports of a short run on eight problems of finance.
  static func reports(_ overrides: [String]) throws -> [StepReport] {
    let output = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: output) }
    let reading = try Recipe.read(
      file: Self.recipe,
      overrides: RunTests.short + [
        "dataset.path=[]", "dataset.task=finance", "dataset.train=8", "training.logging_steps=1",
        "training.warmup_steps=0",
      ] + overrides)
    var options = RunOptions()
    options.output = output.path
    let recorder = Recorder()
    _ = try TrainingRun(reading, options: options).start(observer: recorder)
    return recorder.reports
  }

  @Test func theDivergenceIsZeroAtTheStartAndGrowsAsTheStudentLearns() throws {
    let reading = try Recipe.read(file: Self.recipe)
    #expect(reading.recipe.teacher?.directory == reading.recipe.model.directory)
    let losses = try Self.reports(["training.max_steps=3"]).compactMap { $0.metrics["kd_loss"] }
    #expect(losses.count == 3)
    #expect(abs(losses[0]) < 1e-5, "\(losses)")
    #expect(losses[2] > 1e-3, "the teacher stays where it was: \(losses)")
  }
}
