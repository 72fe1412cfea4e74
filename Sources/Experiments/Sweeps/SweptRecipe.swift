import Files
import Training

/// A recipe of `swiftlet train`, or one of `swiftlet distill`.
public enum SweptRecipe: Sendable {
  case training(Recipe.Reading)
  case distillation(DistillationRecipe)

  /// Reads a recipe file, or the bundled recipe of a domain.
  ///
  /// - Parameter seed: in place of the recipe's own.
  /// - Returns: the recipe, and the command that runs it alone.
  /// - Throws: `RecipeError`, as `train` and `distill` do.
  static func read(
    _ name: String, overrides: [String], seed: UInt64?
  ) throws -> (recipe: SweptRecipe, command: String) {
    let file = DistillationRecipe.file(of: name)
    let root = try RecipeNode.parse(RecipeFile.text(of: file), file: file)
    // A distillation has no method, and nothing else has a domain at its top.
    let isDistillation = root["method"] == nil && root["domain"] != nil
    let seedKeys = isDistillation ? ["training.seed", "collection.seed"] : ["training.seed"]
    let overrides = overrides + (seed.map { seed in seedKeys.map { "\($0)=\(seed)" } } ?? [])
    let words =
      ["swiftlet", isDistillation ? "distill" : "train", name] + overrides.flatMap { ["--set", $0] }
    return (
      isDistillation
        ? .distillation(try DistillationRecipe.read(file: file, overrides: overrides))
        : .training(try Recipe.read(file: file, overrides: overrides)),
      ShellCommand.text(words)
    )
  }

  var seed: UInt64 {
    switch self {
    case .training(let reading): reading.recipe.training.seed
    case .distillation(let recipe): recipe.training.seed
    }
  }

  var gates: [Gate] {
    switch self {
    case .training(let reading): reading.recipe.gates
    case .distillation(let recipe): recipe.gates
    }
  }

  /// Equal for recipes whose runs give the same metrics on the same files; the name, the output and the gates do not count.
  var identity: String {
    switch self {
    case .training(let reading):
      let recipe = reading.recipe
      let parts = [
        recipe.identity, recipe.evaluation.jsonText, recipe.training.maxSeconds.map { "\($0)" } ?? "",
      ]
      return Fingerprint.sha256(Array(parts.joined(separator: " ").utf8))
    case .distillation(var recipe):
      recipe.name = nil
      return recipe.identity
    }
  }

  /// Whether the finished model answers held-out problems.
  var asksForAnswers: Bool {
    switch self {
    case .training(let reading): reading.recipe.evaluation.problems > 0
    case .distillation: true
    }
  }
}
