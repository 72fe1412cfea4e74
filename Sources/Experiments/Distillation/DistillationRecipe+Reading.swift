import Files
import Foundation
import Training

extension DistillationRecipe {
  /// Reads a distillation recipe. - Throws: `RecipeError` with file, line and the nearest known key.
  public static func read(file: String, overrides: [String] = []) throws -> DistillationRecipe {
    try RecipeFile.section(
      DistillationRecipe.self, RecipeFile.text(of: file), file: file, overrides: overrides,
      hint: "start with `model:`, `teacher:` and `domain:`")
  }

  public var yaml: String { yamlText }
  public var json: String { jsonText }
  /// Equal for recipes that do the same work.
  public var identity: String { Fingerprint.sha256(Array(jsonText.utf8)) }
}

/// Finds the files that come with the program: in the working directory, else above the executable.
public enum BundledFiles {
  /// `Models/…` as a path that can be opened, or the name itself when it is nowhere.
  public static func path(_ name: String) -> String {
    if name.hasPrefix("/") || FileManager.default.fileExists(atPath: name) { return name }
    // Not argument 0: a program that was found through PATH has only its name there.
    var directory = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    while directory.path != "/" {
      directory.deleteLastPathComponent()
      let candidate = directory.appendingPathComponent(name).path
      if FileManager.default.fileExists(atPath: candidate) { return candidate }
    }
    return name
  }
}
