import Foundation

/// Gives the whole directory `filled` the name `place`, in the same folder.
///
/// An old directory of that name is moved aside before and removed after: only between two renames does nothing have the
/// name. When the second one fails, the old directory has its name back and `filled` is as it was.
///
/// - Throws: `FileError.cannotWrite`.
public func replaceDirectory(_ place: URL, with filled: URL) throws(FileError) {
  let tag = "\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
  let aside = place.standardizedFileURL.deletingLastPathComponent()
    .appendingPathComponent(".\(place.lastPathComponent).\(tag).old")
  let exists = rename(place.path, aside.path) == 0
  guard exists || errno == ENOENT else {
    throw .cannotWrite(path: place.path, reason: AtomicFile.lastError())
  }
  guard rename(filled.path, place.path) == 0 else {
    let reason = AtomicFile.lastError()
    if exists { _ = rename(aside.path, place.path) }
    throw .cannotWrite(path: place.path, reason: reason)
  }
  if exists { try? FileManager.default.removeItem(at: aside) }
}
