import Foundation

/// Keeps a second program out of a directory until this object goes, or the process ends in any way.
final class DirectoryLock {
  private let descriptor: Int32

  /// - Throws: `DistillationError.partialInUse`. A file system without locks gives none.
  init(_ directory: URL) throws {
    descriptor = open(directory.path, O_RDONLY | O_CLOEXEC)
    guard flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK else { return }
    _ = close(descriptor)
    throw DistillationError.partialInUse(path: directory.path)
  }

  deinit { _ = close(descriptor) }
}
