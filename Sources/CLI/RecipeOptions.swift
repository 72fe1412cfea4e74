import ArgumentParser
import Training

/// A training recipe, and what the command line changes in it.
struct RecipeOptions: ParsableArguments {
  @Argument(help: "The recipe, a YAML file.")
  var recipe: String

  @OptionGroup var overrides: OverrideOptions

  /// The recipe with the overrides, `flags` last.
  func read(flags: [String] = []) throws -> Recipe.Reading {
    try Recipe.read(file: recipe, overrides: overrides.keys + flags)
  }
}

/// The records that take the place of a recipe's.
struct TrainingDataOptions: ParsableArguments {
  @Option(
    help:
      """
      Records in place of the recipe's own (dataset.path), a file or folder of JSON Lines; plain text where it reads text \
      alone. What it makes itself, such as dataset.task, stays beside them.
      """
  )
  var data: String?

  var overrides: [String] { TrainingDataOptions.overrides(data) }

  static func overrides(_ data: String?) -> [String] { data.map { [Recipe.override(data: $0)] } ?? [] }
}

/// What the command line changes in a recipe.
struct OverrideOptions: ParsableArguments {
  @Option(name: .customLong("set"), help: "Override a key: training.learning_rate=3e-4. May be repeated.")
  var keys: [String] = []
}
