import Glibc

/// A file's bytes, mapped read-only: pages are read when they are touched.
///
/// `@unchecked Sendable`: the mapping never changes and goes with the last reference. A file that another process
/// shortens meanwhile is outside of what a mapping can guard against.
public final class MappedFile: @unchecked Sendable {
  public let path: String
  public let count: Int
  private let base: UnsafeRawPointer?

  /// - Throws: `MappedFileError` when the file cannot be opened, is a directory, or cannot be mapped.
  public init(path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw MappedFileError.cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw MappedFileError.cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }
    guard status.st_mode & S_IFMT == S_IFREG else { throw MappedFileError.notAFile(path: path) }
    self.path = path
    count = Int(status.st_size)
    guard count > 0 else {
      base = nil
      return
    }
    guard let address = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
      throw MappedFileError.cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }
    base = UnsafeRawPointer(address)
  }

  deinit {
    if let base { munmap(UnsafeMutableRawPointer(mutating: base), count) }
  }

  /// Calls `body` with the bytes of `range`, which must lie within the file.
  public func withBytes<Result>(
    _ range: Range<Int>, _ body: (RawSpan) throws -> Result
  ) rethrows -> Result {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "MappedFile: a range beyond the file")
    return try body(
      UnsafeRawBufferPointer(start: base.map { $0 + range.lowerBound }, count: range.count).bytes)
  }

  /// A copy of the bytes of `range`; their pages are given back.
  public func bytes(_ range: Range<Int>) -> [UInt8] {
    if range.isEmpty { return [] }
    defer { release(range) }
    return withBytes(range) { span in span.withUnsafeBytes { Array($0) } }
  }

  /// The numbers that lie in `range`, as floats; a whole number of the layout's blocks. Their pages are given
  /// back: a tensor is not in memory twice.
  public func buffer(_ range: Range<Int>, _ layout: StoredLayout) -> Buffer {
    if range.isEmpty { return Buffer.zeros(0) }
    defer { release(range) }
    return withBytes(range) { Buffer($0, layout) }
  }

  /// The whole pages of `range` leave this process's memory; they are read again when touched again.
  private func release(_ range: Range<Int>) {
    let page = Int(getpagesize())
    let first = (range.lowerBound + page - 1) / page * page
    let end = range.upperBound / page * page
    guard let base, end > first else { return }
    madvise(UnsafeMutableRawPointer(mutating: base + first), end - first, MADV_DONTNEED)
  }
}

/// A file that cannot be read.
public enum MappedFileError: Diagnostic {
  case cannotOpen(path: String, reason: String)
  case notAFile(path: String)

  public var place: String {
    switch self {
    case .cannotOpen(let path, _), .notAFile(let path): path
    }
  }
  public var expected: String { "a readable file" }
  public var found: String {
    switch self {
    case .cannotOpen(_, let reason): reason
    case .notAFile: "a directory or a device"
    }
  }
  public var nextStep: String { "check the path and its permissions" }
  public var exitCode: ExitCode { .noInput }
}
