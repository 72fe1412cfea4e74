import Foundation
import LanguageModels
import Text
import Weights

/// The student that a recipe cuts out of a larger model, before any training.
package struct PrunedStudent {
  package let model: Transformer
  package let tokenizer: Tokenizer
  package let account: StudentAccount
  /// The road to the model that it is cut out of, and the cut, whose work nobody counts.
  private let ledger: Ledger

  /// - Throws: `RecipeError` for a recipe that makes no student; what a run of it would throw before its first update.
  package init(_ reading: Recipe.Reading) throws {
    let resolver = PathResolver(recipeFile: reading.file)
    guard reading.recipe.model.isMade else {
      throw RecipeError(
        place: reading.file, expected: "model.init with prune or vocabulary",
        found: reading.recipe.model.directory ?? "another model",
        nextStep: "write `model: {init: {from: MODEL, prune: {num_hidden_layers: …}}}`")
    }
    let foundation = try RunFoundation(reading.recipe) { resolver($0) }
    guard let account = foundation.student else {
      throw TrainingError.notAvailable(what: "a student", instead: "model.init with prune or vocabulary")
    }
    (model, tokenizer, self.account) = (foundation.model, foundation.encoder.tokenizer, account)
    let base = reading.recipe.model.directory ?? ""
    var stage = LedgerStage(name: "cut out of \(base)", method: "prune")
    stage.base = base
    stage.parameters = foundation.model.parameterCount
    (stage.trainedTokens, stage.generatedTokens) = (0, 0)
    stage.recipeHash = reading.recipe.identity
    stage.version = RunAccount.version
    // The calibration's examples decide which parts stay.
    stage.data = foundation.data.rows
    ledger = try Ledger.road(to: resolver(base)).appending(stage)
  }

  /// Writes it as a model directory, whole or not at all.
  ///
  /// - Throws: as `ModelDirectory.save`.
  package func write(to directory: URL, type: TensorType, overwrite: Bool = false) throws {
    try ModelDirectory.write(to: directory, overwrite: overwrite) { temporary in
      try ModelDirectory.fill(temporary, with: model, type: type, place: directory.path)
      try tokenizer.save(to: temporary)
      try ledger.write(to: temporary)
    }
  }
}
