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

  /// What the student learns from, for a reader.
  var about: String {
    switch self {
    case .sft: "the kept traces and the teacher's distributions"
    case .onPolicy: "the teacher's distributions over its own answers"
    case .grpo: "the verifier's verdicts on its own answers"
    }
  }
}

/// The stages after fine-tuning: each trains the student of the stage before by a training recipe of its own, which lies
/// beside the student's base: `recipes/stages/NAME.yaml`.
struct LaterStages {
  let recipe: DistillationRecipe
  let base: URL
  let teacher: URL
  let partial: PartialRun
  let watch: DistillationWatch

  /// The recipes of all stages, read before any work, so that a mistake in the last does not cost the first.
  ///
  /// - Returns: their texts, by the stage's name: what is kept beside the student, and what the work belongs to.
  /// - Throws: `RecipeError` with file, line and key; `FileError`.
  static func recipes(_ recipe: DistillationRecipe, base: URL) throws -> [(name: StageName, text: String)] {
    try recipe.laterStages.map { name in
      let file = file(name, base: base)
      _ = try Recipe.read(file: file, overrides: ["dataset.task=\(recipe.domain)"])
      return (name, String(decoding: try readFile(URL(fileURLWithPath: file)), as: UTF8.self))
    }
  }

  private static func file(_ name: StageName, base: URL) -> String {
    base.appendingPathComponent("recipes/stages/\(name.rawValue).yaml").path
  }

  /// Trains on from `model`, from the newest checkpoint of the stage where there is one.
  ///
  /// - Returns: the model as it was, and 0 updates, where a policy's rewards leave nothing to learn; and what the run
  ///   entered into its ledger, nil for that of an older program.
  /// - Throws: `DistillationInterrupted` after Ctrl-C, with a checkpoint.
  func train(
    _ model: Transformer, by name: StageName
  ) throws -> (model: Transformer, updates: Int, stage: LedgerStage?) {
    let stage = name.rawValue
    let output = partial.url(stage, "run")
    let start = partial.url(stage, "start")
    let reading = try reading(name, start: start)
    var options = RunOptions()
    options.output = output.path
    options.shouldStop = watch.shouldStop
    options.resumes = TrainingRun(reading, options: options).hasCheckpoint
    options.overwrites = !options.resumes
    let updates = try partial.result(of: stage) {
      try ModelDirectory.save(
        model, to: start, companions: StoredModel(opening: base), overwrite: true)
      let observer = StageObserver(partial, next: CurveRecorder(stage: stage, show: watch.show))
      do {
        let outcome = try TrainingRun(reading, options: options).start(observer: observer)
        if outcome.ending == .interrupted { throw DistillationInterrupted() }
        return StageResult(
          value: outcome.steps, tokens: outcome.tokens, flops: outcome.ledger?.stages.last?.flops ?? 0,
          generated: outcome.ledger?.stages.last?.generatedTokens)
      } catch TrainingError.unreachable {
        watch.show(
          DistillationProgress(
            stage: stage, fraction: 1, detail: "nothing to learn: the rewards are equal in every group"))
        return StageResult(value: 0, tokens: 0, flops: 0)
      }
    }
    guard updates > 0 else { return (model, 0, nil) }
    return (try ModelDirectory.load(output), updates, try Ledger(in: output)?.stages.last)
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

/// Notes at every checkpoint what the stage has taken, and passes everything on.
private final class StageObserver: TrainingObserver {
  private let partial: PartialRun
  private let next: any TrainingObserver

  init(_ partial: PartialRun, next: any TrainingObserver) {
    self.partial = partial
    self.next = next
  }

  func observe(_ event: TrainingEvent) {
    // A checkpoint that is whole matters more than a failure to note the time.
    if case .saved = event { try? partial.keepTime() }
    next.observe(event)
  }
}
