import Foundation
import Kernels

/// A zip archive, such as a Python wheel: its members, stored or deflated.
///
/// Every number of the file is checked against its size before it is used (PKWARE APPNOTE 6.3; no archives of parts, no
/// encryption, nothing beyond 4 GiB).
public struct ZipArchive: Sendable {
  private struct Entry: Sendable {
    let method: Int
    let compressedSize: Int
    let size: Int
    let header: Int
  }

  private let file: MappedFile
  private let path: String
  private let entries: [String: Entry]

  /// Reads the directory of the archive.
  ///
  /// - Throws: `FileError` when the file is not there; `ZipError` when it breaks the format.
  public init(reading url: URL) throws {
    let file = try mapFile(url)
    func malformed(_ expected: String, _ found: String) -> ZipError {
      .malformed(path: url.path, expected: expected, found: found)
    }
    // The end record is 22 bytes and a comment of at most 65535.
    let tail = file.bytes(max(0, file.count - 65_557)..<file.count)
    let start = stride(from: tail.count - 22, through: 0, by: -1).first {
      Self.number(tail, $0, 4) == 0x0605_4b50
    }
    guard let start else { throw malformed("a zip archive", "no directory at its end") }
    let (count, size, offset) = (
      Self.number(tail, start + 10, 2), Self.number(tail, start + 12, 4), Self.number(tail, start + 16, 4)
    )
    guard offset + size <= file.count else {
      throw malformed("a directory within \(file.count) bytes", "one up to byte \(offset + size)")
    }
    let directory = file.bytes(offset..<offset + size)
    var entries: [String: Entry] = [:]
    var place = 0
    for index in 0..<count {
      guard place + 46 <= directory.count, Self.number(directory, place, 4) == 0x0201_4b50 else {
        throw malformed("\(count) entries in the directory", "\(index)")
      }
      let lengths = [28, 30, 32].map { Self.number(directory, place + $0, 2) }
      let end = place + 46 + lengths.reduce(0, +)
      guard end <= directory.count,
        let name = String(validating: directory[(place + 46)..<(place + 46 + lengths[0])], as: UTF8.self)
      else { throw malformed("an entry with a name in UTF-8", "entry \(index)") }
      entries[name] = Entry(
        method: Self.number(directory, place + 10, 2), compressedSize: Self.number(directory, place + 20, 4),
        size: Self.number(directory, place + 24, 4), header: Self.number(directory, place + 42, 4))
      place = end
    }
    self.file = file
    self.path = url.path
    self.entries = entries
  }

  public var names: [String] { entries.keys.sorted() }

  /// The content of a member.
  ///
  /// - Throws: `ZipError` for a name that is not there, another compression or broken data.
  public func content(of name: String) throws(ZipError) -> [UInt8] {
    guard let entry = entries[name] else { throw .noMember(path: path, name: name, members: entries.count) }
    func malformed(_ expected: String, _ found: String) -> ZipError {
      .malformed(path: "\(path): \(name)", expected: expected, found: found)
    }
    guard entry.header + 30 <= file.count else { throw malformed("a header within the file", "none") }
    let header = file.bytes(entry.header..<entry.header + 30)
    guard Self.number(header, 0, 4) == 0x0403_4b50 else { throw malformed("a header", "other bytes") }
    let start = entry.header + 30 + Self.number(header, 26, 2) + Self.number(header, 28, 2)
    guard start + entry.compressedSize <= file.count else {
      throw malformed(
        "\(entry.compressedSize) bytes", "\(max(0, file.count - start)) before the end of the file")
    }
    let stored = file.bytes(start..<start + entry.compressedSize)
    switch entry.method {
    case 0:
      guard stored.count == entry.size else { throw malformed("\(entry.size) bytes", "\(stored.count)") }
      return stored
    case 8:
      // Deflate shortens by 1032 at most: a larger claim is not worth its memory.
      guard entry.size <= 1032 * (stored.count + 1), let content = Inflate.bytes(stored, count: entry.size)
      else {
        throw malformed("\(entry.size) deflated bytes", "data that does not decompress to them")
      }
      return content
    default: throw malformed("a stored or deflated member", "compression method \(entry.method)")
    }
  }

  private static func number(_ bytes: [UInt8], _ start: Int, _ size: Int) -> Int {
    guard start >= 0, start + size <= bytes.count else { return 0 }
    return (0..<size).reduce(0) { $0 | Int(bytes[start + $1]) << (8 * $1) }
  }
}

/// What can be wrong with a zip archive.
public enum ZipError: Diagnostic, Equatable {
  case malformed(path: String, expected: String, found: String)
  case noMember(path: String, name: String, members: Int)

  public var place: String {
    switch self {
    case .malformed(let path, _, _), .noMember(let path, _, _): path
    }
  }

  public var expected: String {
    switch self {
    case .malformed(_, let expected, _): expected
    case .noMember(_, let name, _): "the member \(name)"
    }
  }

  public var found: String {
    switch self {
    case .malformed(_, _, let found): found
    case .noMember(_, _, let members): "\(members) others"
    }
  }

  public var nextStep: String {
    switch self {
    case .malformed: "get the file again"
    case .noMember: "check that this is the archive that was meant"
    }
  }

  public var exitCode: ExitCode { .badData }
}
