import Foundation

/// Keeps a second program out of a directory until this object goes, or the process ends in any way.
public final class DirectoryLock {
  private let descriptor: Int32

  /// - Throws: `error` where another holds the directory. A file system without locks gives none.
  public init(_ directory: URL, inUse error: @autoclosure () -> any Error) throws {
    let opened = open(directory.path, O_RDONLY | O_CLOEXEC)
    if flock(opened, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      _ = close(opened)
      throw error()
    }
    descriptor = opened
  }

  deinit { _ = close(descriptor) }
}
