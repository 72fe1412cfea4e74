import ArgumentParser
import Experiments
import Files
import Foundation

/// Where runs are kept.
struct StoreOptions: ParsableArguments {
  @Option(help: "The experiment store; SWIFTLET_STORE or runs/store.sqlite by default.")
  var store: String?

  private var path: String { store ?? ExperimentStore.defaultPath }

  /// Opens the store, a new one where there is none.
  func open() throws -> ExperimentStore { try ExperimentStore(path: path) }

  /// Opens a store that exists: reading must not create one.
  func openExisting() throws -> ExperimentStore {
    guard FileManager.default.fileExists(atPath: path) else { throw FileError.missing(path: path) }
    return try open()
  }

  /// Opens the store that is named, or the default one where it exists; nil otherwise.
  func openKnown() throws -> ExperimentStore? {
    store != nil || FileManager.default.fileExists(atPath: path) ? try openExisting() : nil
  }
}
