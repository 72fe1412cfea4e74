import Foundation
import Training

/// The runs of a sweep: every combination of values with every seed, all recipes read.
public struct SweepPlan: Sendable {
  /// One value of each axis.
  public struct Combination: Sendable {
    /// `learning_rate=1e-3, optim=muon`; the recipe's name where nothing else varies.
    public let name: String
    /// In the order of the axes.
    public let values: [(key: String, value: String)]
  }

  public struct Trial: Sendable {
    /// Its index in `combinations`.
    public let combination: Int
    public let seed: UInt64
    /// Of its directory inside the sweep's.
    public let name: String
    public let recipe: SweptRecipe
    /// What a person enters to repeat this run alone.
    public let command: String
  }

  public let recipes: [String]
  public let axes: [SweepAxis]
  public let combinations: [Combination]
  /// All combinations with the first seed, then with the second: what a sweep that is stopped has is comparable.
  public let trials: [Trial]

  /// - Parameters:
  ///   - recipes: files or domains; several are an axis of their own, the first.
  ///   - seeds: each recipe's own when nil.
  ///   - overrides: `key=value` for all runs, applied before those of the axes.
  /// - Throws: `RecipeError` for the first key or value that a recipe refuses; `SweepError`.
  public init(recipes: [String], axes: [SweepAxis], seeds: [UInt64]?, overrides: [String] = []) throws {
    if let twice = axes.map(\.key).firstDuplicate { throw SweepError.twice(option: "--over", value: twice) }
    if let twice = recipes.firstDuplicate { throw SweepError.twice(option: "--recipes", value: twice) }
    let points = try SweepPlan.points(axes, of: recipes.count, seeds: seeds?.count ?? 1)
    let labels = SweepPlan.labels(axes.map(\.key))
    let recipeNames = recipes.map { URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent }
    let choices = recipes.indices.flatMap { recipe in points.map { (recipe: recipe, values: $0) } }
    combinations = choices.map { choice in
      let own = recipes.count > 1 ? [(key: "recipe", value: recipes[choice.recipe])] : []
      let words =
        (recipes.count > 1 ? ["recipe=\(recipeNames[choice.recipe])"] : [])
        + zip(labels, choice.values).map { "\($0)=\($1)" }
      return Combination(
        name: words.isEmpty ? recipeNames[choice.recipe] : words.joined(separator: ", "),
        values: own + zip(axes, choice.values).map { ($0.key, $1) })
    }
    var names: [String: Int] = [:]
    let directories = combinations.map { combination in
      let word = SweepPlan.fileName(combination.name)
      names[word, default: 0] += 1
      return names[word]! == 1 ? word : "\(word).\(names[word]!)"
    }
    self.recipes = recipes
    self.axes = axes
    let seeds: [UInt64?] = seeds ?? [nil]
    trials = try seeds.flatMap { seed in
      try choices.enumerated().map { index, choice in
        let values = zip(axes, choice.values).map { "\($0.key)=\($1)" }
        let (recipe, command) = try SweepPlan.naming(axes) {
          try SweptRecipe.read(recipes[choice.recipe], overrides: overrides + values, seed: seed)
        }
        return Trial(
          combination: index, seed: recipe.seed, name: "\(directories[index])_seed-\(recipe.seed)",
          recipe: recipe, command: command)
      }
    }
    var first: [String: Int] = [:]
    for (index, trial) in trials.enumerated() {
      if let earlier = first.updateValue(index, forKey: trial.recipe.identity) {
        throw SweepError.sameRun(
          first: combinations[trial.combination].name,
          second: combinations[trials[earlier].combination].name)
      }
    }
  }

  /// What is compared when nobody says: the accuracy of answers where all runs ask for some, else the loss.
  public var defaultMetric: String {
    trials.allSatisfy { $0.recipe.asksForAnswers } ? "eval/accuracy" : "eval/loss"
  }

  /// Every choice of one value of each axis, the last axis changing fastest.
  private static func points(_ axes: [SweepAxis], of recipes: Int, seeds: Int) throws -> [[String]] {
    var runs = recipes * seeds
    for axis in axes {
      // Asked after each factor, so that the product cannot overflow.
      guard runs <= SweepError.largest, axis.values.count <= SweepError.largest else { break }
      runs *= axis.values.count
    }
    guard runs <= SweepError.largest else { throw SweepError.tooMany(runs: runs) }
    return axes.reduce([[]]) { points, axis in
      points.flatMap { point in axis.values.map { point + [$0] } }
    }
  }

  /// A mistake in a swept key or value is named after the option that holds it.
  private static func naming<Value>(_ axes: [SweepAxis], _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch var error as RecipeError {
      if let axis = axes.first(where: { error.place == "--set \($0.key)" }) {
        error.place = "--over \(axis.key)"
      }
      throw error
    }
  }

  /// The last part of each key, or the whole key where two end alike.
  private static func labels(_ keys: [String]) -> [String] {
    let short = keys.map { $0.split(separator: ".").last.map(String.init) ?? $0 }
    return zip(keys, short).map { key, name in short.count { $0 == name } > 1 ? key : name }
  }

  /// Letters, digits and a few signs; others become dashes.
  private static func fileName(_ text: String) -> String {
    let words = text.split { character in
      !(character.isASCII && (character.isLetter || character.isNumber || "._+=-".contains(character)))
    }
    return String(words.joined(separator: "-").replacing("=", with: "-").prefix(80))
  }
}
