import Corpus
import Files
import Foundation
import Training

extension DistillationRecipe {
  /// The file of the bundled recipe of a domain, or the file that `name` itself names.
  public static func file(of name: String) -> String {
    DomainName(rawValue: name) == nil
      ? name : BundledFiles.path("Models/student-750k/recipes/distill/\(name).yaml")
  }

  /// Reads a distillation recipe. - Throws: `RecipeError` with file, line and the nearest known key.
  public static func read(file: String, overrides: [String] = []) throws -> DistillationRecipe {
    try RecipeFile.section(
      DistillationRecipe.self, RecipeFile.text(of: file), file: file, overrides: overrides,
      hint: "start with `model:`, `teacher:` and `domain:`")
  }

  public var yaml: String { yamlText }
  public var json: String { jsonText }
  /// Equal for recipes that do the same work.
  public var identity: String {
    var copy = self
    copy.gates = []
    copy.ledger = nil
    return Fingerprint.sha256(Array(copy.jsonText.utf8))
  }
}
