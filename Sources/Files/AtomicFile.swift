import Foundation

/// Writes a file so that its name shows either the old content or the whole new one.
///
/// The bytes go to a hidden file in the same folder, reach the disk (`fsync`), and then take the name
/// (`rename`). When anything fails, a full disk included, the hidden file is removed and the old content
/// stays.
public struct AtomicFile {
  private let handle: FileHandle
  private let path: String

  /// Appends `data`. - Throws: `FileError.cannotWrite`, for example on a full disk.
  public mutating func append(_ data: Data) throws(FileError) {
    do {
      try handle.write(contentsOf: data)
    } catch {
      throw .cannotWrite(path: path, reason: Self.reason(error))
    }
  }

  public mutating func append(_ bytes: [UInt8]) throws(FileError) { try append(Data(bytes)) }

  public mutating func append(_ text: String) throws(FileError) { try append(Data(text.utf8)) }

  /// Writes `url` with what `body` appends. An error of `body` leaves the old file untouched.
  ///
  /// - Throws: `FileError.cannotWrite`, or what `body` throws.
  public static func write(to url: URL, _ body: (inout AtomicFile) throws -> Void) throws {
    let folder = url.deletingLastPathComponent()
    let temporary = folder.appendingPathComponent(
      ".\(url.lastPathComponent).\(getpid())-\(UInt32.random(in: 0...UInt32.max)).partial")
    var isDirectory: ObjCBool = false
    if FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory), isDirectory.boolValue {
      throw FileError.cannotWrite(path: url.path, reason: "a folder of that name")
    }
    let descriptor = open(temporary.path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileError.cannotWrite(path: url.path, reason: Self.lastError()) }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
    var isOpen = true
    do {
      var file = AtomicFile(handle: handle, path: url.path)
      try body(&file)
      guard fsync(descriptor) == 0 else {
        throw FileError.cannotWrite(path: url.path, reason: Self.lastError())
      }
      isOpen = false
      guard close(descriptor) == 0, rename(temporary.path, url.path) == 0 else {
        throw FileError.cannotWrite(path: url.path, reason: Self.lastError())
      }
    } catch {
      if isOpen { _ = close(descriptor) }
      _ = unlink(temporary.path)
      throw error
    }
    // The new name is in the folder; syncing the folder makes it survive a power cut. Some file systems
    // refuse this, and the file itself is already safe, so a refusal is no error.
    let folderDescriptor = open(folder.path, O_RDONLY | O_CLOEXEC)
    if folderDescriptor >= 0 {
      _ = fsync(folderDescriptor)
      _ = close(folderDescriptor)
    }
  }

  /// Writes `data` as the whole content of `url`.
  public static func write(_ data: Data, to url: URL) throws {
    try write(to: url) { try $0.append(data) }
  }

  /// Writes `text` in UTF-8 as the whole content of `url`.
  public static func write(_ text: String, to url: URL) throws {
    try write(Data(text.utf8), to: url)
  }

  /// What the last call of the system says was wrong.
  static func lastError() -> String { String(cString: strerror(errno)) }

  private static func reason(_ error: any Error) -> String {
    let cocoa = error as NSError
    if cocoa.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(cocoa.code))) }
    if let inner = cocoa.userInfo[NSUnderlyingErrorKey] as? NSError, inner.domain == NSPOSIXErrorDomain {
      return String(cString: strerror(Int32(inner.code)))
    }
    return cocoa.localizedDescription
  }
}
