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

/// Ends what a killed process left of `replaceDirectory` in `folder`: a directory that was moved aside gets its name back
/// where nothing has it, and goes where the new one does.
///
/// No other process may replace directories in the folder meanwhile.
public func finishReplacements(in folder: URL) {
  for (name, place) in directoriesMovedAside(in: folder) {
    let aside = folder.appendingPathComponent(name)
    if rename(aside.path, folder.appendingPathComponent(place).path) == 0 { continue }
    // A place that holds files is not replaced; whatever else hinders the renaming, this may be the only one.
    if errno == ENOTEMPTY || errno == EEXIST { try? FileManager.default.removeItem(at: aside) }
  }
}

/// What killed processes have moved aside in `folder`, and the names that it had.
public func directoriesMovedAside(in folder: URL) -> [(name: String, place: String)] {
  let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
  // As `replaceDirectory` calls them: a point, the name, a tag and "old".
  return names.compactMap { name in
    name.wholeMatch(of: /\.(.+)\.\d+-\d+\.old/).map { (name, String($0.1)) }
  }
}
