import Files
import Foundation
import LanguageModels
import Training

/// Digests of the files that the recipes of a sweep name, each taken once: weights, tokenizers, data.
///
/// A recipe holds their names alone. A teacher that is trained anew at the same place, or data that is changed there,
/// gives other runs.
final class SweepSources {
  private var known: [String: String] = [:]

  /// Equal for runs that give the same metrics.
  ///
  /// - Parameter spelled: the recipe whose own identity counts, where its paths may be spelled in several ways.
  /// - Throws: `FileError` for a file that cannot be read, and what opening a model that is not there throws.
  func identity(of recipe: SweptRecipe, spelled: SweptRecipe? = nil) throws -> String {
    var digests: [String]
    switch recipe {
    case .training(let reading):
      let recipe = reading.recipe
      let resolve = PathResolver(recipeFile: reading.file)
      let models =
        [recipe.model.directory].compactMap(\.self) + (recipe.teacher?.members.map(\.directory) ?? [])
      let named =
        recipe.dataset.paths + recipe.dataset.texts
        + [recipe.teacher?.signals, recipe.tokenizer].compactMap(\.self)
      digests = try models.map { try model(resolve($0)) } + named.map { try files(resolve($0)) }
    case .distillation(let recipe):
      let base = BundledFiles.path(recipe.model)
      digests = try [base, BundledFiles.path(recipe.teacher)].map { try model($0) }
      digests += try LaterStages.recipes(recipe, base: URL(fileURLWithPath: base)).map(\.text)
    }
    digests.insert((spelled ?? recipe).identity, at: 0)
    return Fingerprint.sha256(Array(digests.joined(separator: " ").utf8))
  }

  /// Weights, configuration and tokenizer.
  private func model(_ path: String) throws -> String {
    if let digest = known[path] { return digest }
    let stored = try ModelLoader.open(path)
    let beside = try ["config.json", "tokenizer.json", "tokenizer_config.json"]
      .map { stored.place.appendingPathComponent($0) }
      .filter { FileManager.default.fileExists(atPath: $0.path) }
      .map { try Fingerprint.sha256(file: $0) }
    // What generation_config.json adds to the ends of config.json.
    let file = stored.place.appendingPathComponent("config.json")
    let own =
      FileManager.default.fileExists(atPath: file.path)
      ? try ModelConfiguration(reading: file).endTokens : nil
    let ends = try own.map { own in try stored.configuration().endTokens.filter { !own.contains($0) } } ?? []
    return keep([try stored.weightsFingerprint()] + beside + ends.map { "end \($0)" }, of: path)
  }

  /// A file, or what a dataset, a tokenizer or signals consist of in a folder; nothing where nothing is: the run says so.
  private func files(_ path: String) throws -> String {
    if let digest = known[path] { return digest }
    let kinds = [".jsonl", ".json", ".txt", ".safetensors"]
    let names = ((try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []).sorted()
      .filter { name in kinds.contains(where: name.hasSuffix) }
      // What collecting them took changes no metric.
      .filter { !Ledger.isFileName(URL(fileURLWithPath: $0).lastPathComponent) }
    var files = names.map { path + "/" + $0 }
    var isDirectory: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue {
      files = [path]
    }
    return keep(try names + files.map { try Fingerprint.sha256(file: URL(fileURLWithPath: $0)) }, of: path)
  }

  private func keep(_ parts: [String], of path: String) -> String {
    let digest = Fingerprint.sha256(Array(parts.joined(separator: " ").utf8))
    known[path] = digest
    return digest
  }
}
