import ArgumentParser
import Training

/// A training recipe, and what the command line changes in it.
struct RecipeOptions: ParsableArguments {
  @Argument(help: "The recipe, a YAML file.")
  var recipe: String

  @Option(name: .customLong("set"), help: "Override a key: training.learning_rate=3e-4. May be repeated.")
  var overrides: [String] = []

  /// The recipe with the overrides, then those that other flags stand for.
  func read(flags: [String] = []) throws -> Recipe.Reading {
    try Recipe.read(file: recipe, overrides: overrides + flags)
  }
}
