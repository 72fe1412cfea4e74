import Files
import Foundation
import LanguageModels

/// What the command line decides about a run, beside its recipe.
public struct RunOptions {
  /// Where the run is written; the recipe's `output`, or `runs/NAME`, when nil.
  public var output: String?
  /// Removes what an earlier run left in the output directory.
  public var overwrites = false
  /// Continues from the newest checkpoint in the output directory.
  public var resumes = false
  /// What a person enters to repeat the run, for the ledger.
  public var command: String?
  /// Polled after every update; true ends the run with a checkpoint.
  public var shouldStop: () -> Bool = { Interruption.isRequested }
  public init() {}
}

/// Finds the files that a recipe names: first from the working directory, then from the directories above the recipe, so
/// that `Models/x` works wherever the program is started.
package struct PathResolver {
  let recipeFile: String

  package init(recipeFile: String) { self.recipeFile = recipeFile }

  package func callAsFunction(_ path: String) -> String {
    if path.hasPrefix("/") || FileManager.default.fileExists(atPath: path) { return path }
    // Without `..`, of which there are always more above.
    var directory = URL(fileURLWithPath: recipeFile).standardizedFileURL.deletingLastPathComponent()
    while directory.path != "/" {
      let candidate = directory.appendingPathComponent(path).path
      if FileManager.default.fileExists(atPath: candidate) { return candidate }
      directory.deleteLastPathComponent()
    }
    return path
  }
}

/// The directory of a run: the model at its top, `checkpoints/`, `recipe.yaml` and `metrics.jsonl` beside it.
struct RunDirectory {
  let url: URL
  /// No second run may write here while this one does.
  private let lock: DirectoryLock

  var checkpoints: URL { RunDirectory.checkpoints(in: url) }

  static func checkpoints(in url: URL) -> URL { url.appendingPathComponent("checkpoints") }

  /// Makes the directory, or checks that an earlier run may be continued or removed.
  init(_ path: String, overwrites: Bool, resumes: Bool) throws {
    url = URL(fileURLWithPath: path)
    let files = FileManager.default
    let present = (try? files.contentsOfDirectory(atPath: path)) ?? []
    var isDirectory: ObjCBool = false
    let exists = files.fileExists(atPath: path, isDirectory: &isDirectory)
    if exists, !isDirectory.boolValue {
      throw TrainingError.cannotWrite(path: path, reason: "a file stands where a directory is to be made")
    }
    do {
      try files.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw TrainingError.cannotWrite(path: path, reason: error.localizedDescription)
    }
    lock = try DirectoryLock(url, inUse: TrainingError.outputInUse(path: path))
    if !present.isEmpty, !resumes {
      guard overwrites || isUnbegun(present) else {
        throw TrainingError.outputExists(path: path)
      }
      // Only what a run writes is removed: a mistyped path must not cost a home directory.
      let hasOwnCard = CardFile.isWritten(in: url)
      for name in present where RunDirectory.isOurs(name) || (name == CardFile.name && hasOwnCard) {
        try? files.removeItem(at: url.appendingPathComponent(name))
      }
    }
  }

  /// Whether a run was refused before its first update, which leaves its recipe and empty logs.
  private func isUnbegun(_ names: [String]) -> Bool {
    let visible = Set(names.filter { !$0.hasPrefix(".") })
    let logs = visible.subtracting(["recipe.yaml"])
    return visible.contains("recipe.yaml") && logs.contains("metrics.jsonl")
      && logs.isSubset(of: ["metrics.jsonl", "samples.jsonl", "rollouts.jsonl"])
      && logs.allSatisfy { name in
        let file = url.appendingPathComponent(name).path
        return (try? FileManager.default.attributesOfItem(atPath: file)[.size] as? Int) == 0
      }
  }

  private static func isOurs(_ name: String) -> Bool {
    let names: Set<String> = [
      "checkpoints", "recipe.yaml", "metrics.jsonl", "samples.jsonl", "rollouts.jsonl", "before.json",
      "config.json", "model.safetensors", Ledger.fileName, ModelEvaluation.fileName,
      "tokenizer.json", "tokenizer_config.json", "generation_config.json", "chat_template.jinja",
      "special_tokens_map.json", AdapterDirectory.configurationFile, AdapterDirectory.weightsFile,
    ]
    return names.contains(name) || name.hasPrefix(EventLog.filePrefix)
  }
}
