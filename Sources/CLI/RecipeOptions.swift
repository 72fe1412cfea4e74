import ArgumentParser
import Training

/// A training recipe, and what the command line changes in it.
struct RecipeOptions: ParsableArguments {
  @Argument(help: "The recipe, a YAML file.")
  var recipe: String

  @OptionGroup var overrides: OverrideOptions

  /// The recipe with the overrides.
  func read() throws -> Recipe.Reading { try Recipe.read(file: recipe, overrides: overrides.keys) }
}

/// What the command line changes in a recipe.
struct OverrideOptions: ParsableArguments {
  @Option(name: .customLong("set"), help: "Override a key: training.learning_rate=3e-4. May be repeated.")
  var keys: [String] = []
}
