import Files
import Foundation
import Kernels
import LanguageModels

/// What the kept stages belong to: the recipe, and the weights that it starts from.
struct PartialRunKey: Codable, Equatable {
  var format = 3
  /// `DistillationRecipe.identity`.
  let recipe: String
  /// SHA-256 of the later stages' recipes; empty where there are none.
  let stages: String
  /// SHA-256 of the weights.
  let teacher: String
  let base: String
  /// What `auto` stands for on this processor.
  let precision: String

  init(_ recipe: DistillationRecipe, stages: [String], teacher: URL, base: URL) throws {
    self.recipe = recipe.identity
    self.stages = stages.isEmpty ? "" : Fingerprint.sha256(Array(stages.joined(separator: "\n").utf8))
    self.teacher = try StoredModel(opening: teacher).weightsFingerprint()
    self.base = try StoredModel(opening: base).weightsFingerprint()
    precision = recipe.training.precision.resolved.rawValue
  }

  /// The first part that differs, for a message; `other` is nil where no key was found.
  func difference(from other: PartialRunKey?) -> (expected: String, found: String) {
    guard let other else { return ("the work of a distillation", "files without a key.json of this version") }
    let parts = [
      ("format", "\(format)", "\(other.format)"), ("recipe", recipe, other.recipe),
      ("stage recipes", stages, other.stages),
      ("teacher weights", teacher, other.teacher), ("base weights", base, other.base),
      ("precision", precision, other.precision),
    ]
    let (name, expected, found) = parts.first { $0.1 != $0.2 } ?? parts[0]
    return ("the work of \(name) \(expected.prefix(12))", "\(name) \(found.prefix(12))")
  }
}
