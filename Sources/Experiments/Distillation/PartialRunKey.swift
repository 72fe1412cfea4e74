import Files
import Foundation
import Kernels

/// What the kept stages belong to: the recipe, and the weights that it starts from.
package struct PartialRunKey: Codable, Equatable {
  var format = 2
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
    self.teacher = try PartialRunKey.weights(in: teacher)
    self.base = try PartialRunKey.weights(in: base)
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

  /// The digest of the weights' file, or of the list of digests where there are several.
  package static func weights(in directory: URL) throws -> String {
    let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
    let digests = try names.filter { $0.hasSuffix(".safetensors") }.sorted().map {
      try Fingerprint.sha256(file: directory.appendingPathComponent($0))
    }
    return digests.count == 1 ? digests[0] : Fingerprint.sha256(Array(digests.joined().utf8))
  }
}
