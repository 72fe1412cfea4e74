import Corpus
import Evaluation
import Files
import Foundation
import Kernels
import LanguageModels
import Training

/// The methods of a distillation, one after another: `--stages sft,on_policy,grpo`.
public enum StageName: String, CaseIterable, Sendable {
  /// Fine-tuning on the kept traces and the teacher's distributions; always the first.
  case sft
  /// The student's own answers, scored token by token by the teacher.
  case onPolicy = "on_policy"
  /// Groups of the student's own answers, rewarded by the verifier.
  case grpo
}

/// The stages after fine-tuning: each trains the student of the stage before by a training recipe of its own, which lies
/// beside the student's base: `recipes/stages/NAME.yaml`.
struct LaterStages {
  let recipe: DistillationRecipe
  let base: URL
  let teacher: URL
  let domain: DomainName
  let partial: PartialRun
  let watch: DistillationWatch

  /// The recipes of all stages, read before any work, so that a mistake in the last does not cost the first.
  ///
  /// - Throws: `RecipeError` with file, line and key.
  static func check(_ recipe: DistillationRecipe, base: URL) throws {
    for name in recipe.laterStages {
      _ = try Recipe.read(file: file(name, base: base), overrides: ["dataset.task=\(recipe.domain)"])
    }
  }

  private static func file(_ name: StageName, base: URL) -> String {
    base.appendingPathComponent("recipes/stages/\(name.rawValue).yaml").path
  }

  /// Trains on from `model`, from the newest checkpoint of the stage where there is one.
  ///
  /// - Throws: `DistillationInterrupted` after Ctrl-C, with a checkpoint.
  func train(_ model: Transformer, by name: StageName) throws -> Transformer {
    let stage = name.rawValue.replacing("_", with: "-")
    let output = partial.url(stage, "run")
    let start = partial.url(stage, "start")
    let reading = try reading(name, start: start)
    var options = RunOptions()
    options.output = output.path
    options.shouldStop = watch.shouldStop
    options.resumes = TrainingRun(reading, options: options).hasCheckpoint
    options.overwrites = !options.resumes
    _ = try partial.result(of: stage) {
      try ModelDirectory.save(
        model, to: start, companions: StoredModel(opening: base), overwrite: true)
      let outcome = try TrainingRun(reading, options: options).start(
        observer: CurveRecorder(stage: stage, show: watch.show))
      if outcome.ending == .interrupted { throw DistillationInterrupted() }
      return StageResult(
        value: outcome.steps, tokens: outcome.tokens, flops: outcome.metrics["train/operations"] ?? 0)
    }
    return try ModelDirectory.load(output)
  }

  /// The stage's recipe for this student, domain and budget; its own numbers hold for five minutes. The student is
  /// examined by the distillation, on the problems of all stages.
  private func reading(_ name: StageName, start: URL) throws -> Recipe.Reading {
    let file = LaterStages.file(name, base: base)
    var overrides = [
      "model=\(JSONValue.string(start.path).text())", "dataset.task=\(recipe.domain)",
      "evaluation.problems=0",
      "training.seed=\(recipe.training.seed)", "training.precision=\(recipe.training.precision.rawValue)",
    ]
    if !recipe.languages.isEmpty {
      overrides.append("dataset.languages=[\(recipe.languages.joined(separator: ", "))]")
    }
    if name == .onPolicy { overrides.append("teacher=\(JSONValue.string(teacher.path).text())") }
    if let steps = try Recipe.read(file: file, overrides: overrides).recipe.training.maxSteps {
      let scaled = Int((Double(steps) * recipe.budgetMinutes / 5).rounded())
      overrides.append("training.max_steps=\(max(1, scaled))")
    }
    return try Recipe.read(file: file, overrides: overrides)
  }
}
