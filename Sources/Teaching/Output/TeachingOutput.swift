import Corpus
import Files
import Foundation
import LanguageModels
import Training

/// Where the kept traces are written, with the ledger of their collection: one JSON Lines file and `NAME.ledger.json` beside
/// it, or a directory with the report and the recipe too.
struct TeachingOutput {
  private enum Form {
    case file, directory
  }

  let path: String
  let overwrites: Bool
  private var form: Form { path.hasSuffix(".jsonl") ? .file : .directory }
  private var url: URL { URL(fileURLWithPath: path) }
  private static let names = ["traces.jsonl", "report.json", "recipe.yaml", "traces.ledger.json"]

  /// The file that `dataset.path` names to train on the traces.
  var traces: String { form == .file ? path : path + "/" + TeachingOutput.names[0] }

  private var ledger: URL { Ledger.place(besideRecords: URL(fileURLWithPath: traces)) }

  /// Makes the folder around. - Throws: `FileError.cannotWrite`.
  func makeFolder() throws {
    do {
      try FileManager.default.createDirectory(
        at: url.standardizedFileURL.deletingLastPathComponent(), withIntermediateDirectories: true)
    } catch {
      throw FileError.cannotWrite(path: path, reason: error.localizedDescription)
    }
  }

  /// Whether what is at `input` would be lost when the output is written.
  func replaces(_ input: String) -> Bool {
    func place(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
    let (input, own) = (place(input), [path, traces].map(place))
    return own.contains(input) || (form == .directory && input.hasPrefix(place(path) + "/"))
      || own.contains { $0.hasPrefix(input + "/") && FileManager.default.fileExists(atPath: $0) }
  }

  /// Refuses a second file that stands for something else, or cannot be made.
  ///
  /// - Throws: `TeachingError.replacesInput` or `.exists`; `FileError.cannotWrite` where its folder is not there.
  func requireBeside(_ file: String, inputs: [String]) throws {
    // A directory is written whole: what else lies in it would go.
    if replaces(file) { throw TeachingError.replacesInput(path: file) }
    let other = TeachingOutput(path: file, overwrites: overwrites)
    if let input = (inputs + [path, traces, ledger.path]).first(where: other.replaces) {
      throw TeachingError.replacesInput(path: input)
    }
    try requireNew(other.url)
    let folder = other.url.standardizedFileURL.deletingLastPathComponent().path
    guard FileManager.default.fileExists(atPath: folder) else {
      throw FileError.cannotWrite(path: file, reason: "there is no folder \(folder)")
    }
  }

  /// Before any work: refuses what exists and what is not ours.
  ///
  /// - Throws: `TeachingError.exists` or `.otherKind`, `LanguageModelError.holdsMore`.
  func check() throws {
    var isDirectory: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) {
      guard isDirectory.boolValue == (form == .directory) else {
        throw TeachingError.otherKind(path: path, isDirectory: isDirectory.boolValue)
      }
      guard overwrites else { throw TeachingError.exists(path: path) }
      if form == .directory {
        let present = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        if let other = present.first(where: { !TeachingOutput.names.contains($0) }) {
          throw LanguageModelError.holdsMore(path: path, name: other)
        }
      }
    }
    if form == .file { try requireNew(ledger) }
  }

  private func requireNew(_ file: URL) throws {
    guard overwrites || !FileManager.default.fileExists(atPath: file.path) else {
      throw TeachingError.exists(path: file.path)
    }
  }

  func write(
    _ records: [JSONValue], report: TeachingReport, recipe: TeachingRecipe, stage: LedgerStage
  ) throws {
    let ledger = Ledger([stage])
    switch form {
    case .file:
      // One that came during the work is another's.
      for file in [url, self.ledger] { try requireNew(file) }
      // First, so that no traces are there without it.
      try ledger.write(at: self.ledger)
      do {
        try TeachingOutput.write(records, to: url)
      } catch {
        try? FileManager.default.removeItem(at: self.ledger)
        throw error
      }
    case .directory:
      try ModelDirectory.write(to: url, overwrite: overwrites) { folder in
        try TeachingOutput.write(records, to: folder.appendingPathComponent(TeachingOutput.names[0]))
        try AtomicFile.write(
          report.json.text(isPretty: true) + "\n", to: folder.appendingPathComponent(TeachingOutput.names[1]))
        try AtomicFile.write(recipe.yaml, to: folder.appendingPathComponent(TeachingOutput.names[2]))
        try ledger.write(at: folder.appendingPathComponent(TeachingOutput.names[3]))
      }
    }
  }

  private static func write(_ records: [JSONValue], to file: URL) throws {
    try AtomicFile.write(to: file) { output in
      for record in records { try output.append(record.text() + "\n") }
    }
  }
}
