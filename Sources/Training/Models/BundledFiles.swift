import Foundation

/// Finds the files that come with the program: in the working directory, else above the executable.
public enum BundledFiles {
  /// `Models/…` as a path that can be opened, or the name itself when it is nowhere.
  public static func path(_ name: String) -> String {
    if name.hasPrefix("/") || FileManager.default.fileExists(atPath: name) { return name }
    return beside(name)?.path ?? name
  }

  /// Every folder of this name: of the working directory first, then the program's own.
  package static func folders(_ name: String) -> [URL] {
    let here = FileManager.default.fileExists(atPath: name) ? URL(fileURLWithPath: name) : nil
    return [here, beside(name)].compactMap { $0 }
  }

  /// The nearest of this name above the executable. Not argument 0: a program that was found through PATH has only its
  /// name there.
  private static func beside(_ name: String) -> URL? {
    var directory = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    while directory.path != "/" {
      directory.deleteLastPathComponent()
      let candidate = directory.appendingPathComponent(name)
      if FileManager.default.fileExists(atPath: candidate.path) { return candidate }
    }
    return nil
  }
}
