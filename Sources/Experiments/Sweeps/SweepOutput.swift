import Files
import Foundation
import Training

/// The directory of many runs, which one command at a time writes.
enum SweepOutput {
  /// Makes the directory, or checks that the same kind of command left it.
  ///
  /// - Parameter name: of the file by which such a directory is known.
  /// - Returns: to be held as long as it is written to.
  /// - Throws: `SweepError.inUse` or `foreignOutput`; `TrainingError.cannotWrite`.
  static func open(_ directory: URL, holding name: String) throws -> DirectoryLock {
    let files = FileManager.default
    let path = directory.path
    do {
      try files.createDirectory(at: directory, withIntermediateDirectories: true)
    } catch {
      throw TrainingError.cannotWrite(path: path, reason: error.localizedDescription)
    }
    let lock = try DirectoryLock(directory, inUse: SweepError.inUse(path: path))
    let present = try files.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") }
    guard present.isEmpty || present.contains(name) else { throw SweepError.foreignOutput(path: path) }
    return lock
  }
}
