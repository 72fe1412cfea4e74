import Foundation

/// Keeps every other program that asks so out of what is to be written to a path, until this object goes.
///
/// The output itself may not be there yet, or be replaced at the end; so what is locked is a hidden file beside it, which goes
/// with the lock. One that a killed program left is no obstacle. A file system without locks, and a folder in which no file
/// can be made, give none.
public final class OutputLock: Sendable {
  private let file: String
  private let descriptor: Int32?

  /// - Throws: `FileError.inUse` where another holds the path.
  public init(_ path: String) throws(FileError) {
    let output = URL(fileURLWithPath: path).standardizedFileURL
    file = output.deletingLastPathComponent().appendingPathComponent(".\(output.lastPathComponent).lock").path
    descriptor = try lockedFile(file, inUse: .inUse(path: path))
  }

  /// Nil where another holds the path.
  public static func unlessHeld(_ path: String) -> OutputLock? { try? OutputLock(path) }

  deinit {
    guard let descriptor else { return }
    _ = unlink(file)
    _ = close(descriptor)
  }
}

/// Runs `body`, which writes the file or directory `path`, with an `OutputLock`.
///
/// - Throws: `FileError.inUse` before any work where another holds the output; what `body` throws.
public func withOutputLocked<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
  let lock = try OutputLock(path)
  return try withExtendedLifetime(lock, body)
}

/// The descriptor of a file that is made and locked; nil where that cannot be.
private func lockedFile(_ path: String, inUse error: FileError) throws(FileError) -> Int32? {
  while true {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { return nil }
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      _ = close(descriptor)
      throw error
    }
    // Who held it may have removed the file since it was opened here: then the name is free or another's.
    var (opened, named) = (stat(), stat())
    if fstat(descriptor, &opened) == 0, stat(path, &named) == 0, opened.st_ino == named.st_ino {
      return descriptor
    }
    _ = close(descriptor)
  }
}
