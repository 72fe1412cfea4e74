import Files
import Foundation
import LanguageModels
import Training

/// What a distillation leaves in its output directory: the student, the reports, the recipe.
struct DistillationFiles {
  let directory: URL
  let overwrites: Bool

  /// Refuses an output that exists, before any work is done. - Throws: `LanguageModelError.exists`.
  func check() throws {
    if !overwrites, FileManager.default.fileExists(atPath: directory.path) {
      throw LanguageModelError.exists(path: directory.path)
    }
  }

  /// Writes everything under a temporary name and renames it.
  func write(
    _ outcome: Distillation.Outcome, recipe: DistillationRecipe, base: URL, ledger: Ledger,
    measure: (inout ModelCard) throws -> Void
  ) throws {
    let report = outcome.report
    let parent = directory.standardizedFileURL.deletingLastPathComponent()
    try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
    try ModelDirectory.write(to: directory, overwrite: overwrites) { temporary in
      try ModelDirectory.save(
        outcome.student, to: temporary.appendingPathComponent("student"),
        companions: StoredModel(opening: base))
      let evaluations = [report.student, report.teacher].map {
        ModelEvaluation(model: $0.name, suite: report.domain, $0.accuracy)
      }
      try ModelCard.writeAll(
        ledger, evaluations, in: temporary.appendingPathComponent("student"),
        called: report.path + "/student", measure: measure)
      for (name, text) in [
        ("report.md", report.markdown), ("report.html", report.html), ("recipe.yaml", recipe.yaml),
        ("result.json", report.json.text(isPretty: true) + "\n"),
      ] {
        try AtomicFile.write(text, to: temporary.appendingPathComponent(name))
      }
      for (name, text) in outcome.stageRecipes {
        try AtomicFile.write(text, to: temporary.appendingPathComponent("recipe-\(name.rawValue).yaml"))
      }
    }
  }
}
