import Foundation
import Testing
import Training

/// A student whose teacher is its own start.
@Suite struct SelfDistillationTests {
  @Test func theDivergenceIsZeroAtTheStartAndGrowsAsTheStudentLearns() throws {
    let output = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: output) }
    let recipe = RunTests.root.appendingPathComponent(
      "Models/student-750k/recipes/ablation/self-distillation.yaml")
    let reading = try Recipe.read(
      file: recipe.path,
      overrides: RunTests.short + [
        "dataset.path=[]", "dataset.task=finance", "dataset.train=8", "training.max_steps=3",
        "training.logging_steps=1", "training.warmup_steps=0",
      ])
    #expect(reading.recipe.teacher?.directory == reading.recipe.model.directory)
    var options = RunOptions()
    options.output = output.path
    let recorder = Recorder()
    _ = try TrainingRun(reading, options: options).start(observer: recorder)
    let losses = recorder.reports.compactMap { $0.metrics["kd_loss"] }
    #expect(losses.count == 3)
    #expect(abs(losses[0]) < 1e-5, "\(losses)")
    #expect(losses[2] > 1e-3, "the teacher stays where it was: \(losses)")
  }
}
