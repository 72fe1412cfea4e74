import Foundation

/// Keeps a second program out of a directory until this object goes, or the process ends in any way.
public final class DirectoryLock {
  private let descriptor: Int32

  /// Nil while another holds the directory. A file system without locks keeps nobody out.
  public init?(_ directory: URL) {
    let descriptor = open(directory.path, O_RDONLY | O_CLOEXEC)
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      _ = close(descriptor)
      return nil
    }
    self.descriptor = descriptor
  }

  deinit { _ = close(descriptor) }
}
