import Files
import Foundation
import Kernels
import LanguageModels

/// The directory of a collection of signals: filled beside its place, by one program at a time, and then given its name.
struct SignalOutput {
  let path: String
  /// Replaces what an earlier collection left there.
  let overwrites: Bool
  private var place: URL { URL(fileURLWithPath: path).standardizedFileURL }
  private var partial: URL {
    place.deletingLastPathComponent().appendingPathComponent(place.lastPathComponent + ".partial")
  }

  /// - Parameters:
  ///   - keepsParts: whether shards stay beside the output when it does not become whole.
  ///   - fill: writes all files, beside shards of an earlier sitting if there are some; nil leaves the output as it was.
  /// - Throws: `TrainingError.outputExists` or `.cannotWrite`; `LanguageModelError.holdsMore` for a directory with files
  ///   that no collection writes; `SignalError.inUse`.
  func write<Value>(keepsParts: Bool, _ fill: (_ directory: URL) throws -> Value?) throws -> Value? {
    try check()
    try changing { try FileManager.default.createDirectory(at: partial, withIntermediateDirectories: true) }
    let lock = try DirectoryLock(partial, inUse: SignalError.inUse(path: path))
    return try withExtendedLifetime(lock) {
      // What a program left that was ended by force.
      try clear(partial, keepingShards: true)
      // Gone by then when all went well.
      defer {
        let names = try? FileManager.default.contentsOfDirectory(atPath: partial.path)
        if !keepsParts || names?.contains(where: SignalDirectory.isShard) != true {
          try? FileManager.default.removeItem(at: partial)
        }
      }
      guard let value = try fill(partial) else { return nil }
      try check()
      try replaceDirectory(place, with: partial)
      return value
    }
  }

  /// Refuses what exists and what is not ours.
  private func check() throws {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { return }
    let present = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    guard isDirectory.boolValue, overwrites || present.isEmpty else {
      throw TrainingError.outputExists(path: path)
    }
    if let other = present.first(where: { !SignalDirectory.isOurs($0) }) {
      throw LanguageModelError.holdsMore(path: path, name: other)
    }
  }

  /// Removes our files in a directory: all, or those that were not whole. - Throws: as `write`.
  func clear(_ directory: URL, keepingShards: Bool) throws {
    try changing {
      for name in try FileManager.default.contentsOfDirectory(atPath: directory.path) {
        // Hidden ones are files that were not whole.
        let isPart = name.hasPrefix(".signals") || name.hasPrefix("." + Ledger.fileName)
        guard SignalDirectory.isOurs(name) || isPart else {
          throw LanguageModelError.holdsMore(path: directory.path, name: name)
        }
        if isPart || !keepingShards {
          try FileManager.default.removeItem(at: directory.appendingPathComponent(name))
        }
      }
    }
  }

  private func changing(_ change: () throws -> Void) throws {
    do {
      try change()
    } catch let error as any Diagnostic {
      throw error
    } catch {
      throw TrainingError.cannotWrite(path: path, reason: error.localizedDescription)
    }
  }
}
