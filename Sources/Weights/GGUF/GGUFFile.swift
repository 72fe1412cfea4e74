import Files
import Foundation
import Kernels

/// A GGUF file, open for reading: metadata, and tensors that are read and dequantized when they are asked for.
///
/// The format (ggml, docs/gguf.md): magic, version, counts, key-value pairs, tensor infos, then the tensors' bytes at
/// offsets that are multiples of `general.alignment`. Everything is checked against the file's size before anything is
/// allocated by its numbers.
public struct GGUFFile: Sendable {
  /// What the file says about one tensor.
  public struct Entry: Sendable, Equatable {
    public let name: String
    public let type: GGUFTensorType
    /// Row-major, the longest stride first: the reverse of the file's own order.
    public let shape: [Int]
    /// Bytes counted from the start of the data.
    public let range: Range<Int>

    public var elementCount: Int { range.count / type.bytesPerBlock * type.blockSize }
  }

  /// The file's name, for messages.
  public let name: String
  public let version: Int
  public let metadata: [String: GGUFValue]
  /// In the file's order.
  public let entries: [Entry]
  private let positions: [String: Int]
  private let file: MappedFile
  private let dataStart: Int

  private static let defaultAlignment = 32
  /// ggml's limits.
  private static let mostDimensions = 4
  private static let longestName = 63

  /// Opens `url` and checks all of it but the tensors' values.
  ///
  /// - Throws: `FileError` when the file is not there; `WeightsError.malformedFile` when it breaks the format.
  public init(reading url: URL) throws {
    let file = try mapFile(url)
    let name = url.lastPathComponent
    var reader = GGUFReader(file: name, count: file.count) { file.bytes($0) }
    let magic = try reader.bytes(4, part: "magic")
    guard Array(magic) == Array("GGUF".utf8) else {
      throw reader.malformed("magic", expected: "GGUF", found: "bytes \(Array(magic))")
    }
    let version = try reader.number(UInt32.self, part: "version")
    guard version == 2 || version == 3 else {
      throw reader.malformed("version", expected: "2 or 3, little-endian", found: "\(version)")
    }
    // A tensor info takes a name's length, a count of dimensions, a type and an offset at least.
    let tensorCount = try reader.count(leastSize: 24, part: "tensor count")
    let pairCount = try reader.count(leastSize: 13, part: "key count")
    var metadata: [String: GGUFValue] = [:]
    for index in 0..<pairCount {
      let key = try reader.string(part: "key \(index)")
      guard !key.isEmpty else {
        throw reader.malformed("key \(index)", expected: "a key", found: "an empty one")
      }
      let kind = try reader.kind(part: key)
      guard metadata.updateValue(try reader.value(kind, part: key), forKey: key) == nil else {
        throw reader.malformed(key, expected: "a key once", found: "the key twice")
      }
    }
    let alignment = try Self.alignment(metadata, reader)
    var entries: [Entry] = []
    var positions: [String: Int] = [:]
    for index in 0..<tensorCount {
      let entry = try Self.entry(index, &reader, alignment: alignment)
      guard positions.updateValue(entries.count, forKey: entry.name) == nil else {
        throw reader.malformed("tensor \"\(entry.name)\"", expected: "a name once", found: "the name twice")
      }
      entries.append(entry)
    }
    let dataStart = (reader.position + alignment - 1) / alignment * alignment
    try Self.check(entries, dataCount: max(0, file.count - dataStart), reader)
    self.name = name
    self.version = Int(version)
    self.metadata = metadata
    self.entries = entries
    self.positions = positions
    self.file = file
    self.dataStart = dataStart
  }

  public var names: [String] { entries.map(\.name) }

  /// - Throws: `WeightsError.missingTensor`.
  public func entry(_ name: String) throws(WeightsError) -> Entry {
    guard let position = positions[name] else {
      throw .missingTensor(file: self.name, name: name, tensorCount: entries.count)
    }
    return entries[position]
  }

  /// The elements in row-major order, dequantized.
  ///
  /// - Throws: `WeightsError.missingTensor`.
  public func buffer(_ name: String) throws(WeightsError) -> Buffer {
    let entry = try entry(name)
    return file.buffer(position(of: entry), entry.type.layout)
  }

  /// A matrix as it lies in the file.
  ///
  /// - Throws: `WeightsError.missingTensor`.
  public func table(_ name: String) throws(WeightsError) -> StoredTable {
    let entry = try entry(name)
    return StoredTable(file.bytes(position(of: entry)), entry.type.layout, columns: entry.shape.last ?? 1)
  }

  private func position(of entry: Entry) -> Range<Int> {
    dataStart + entry.range.lowerBound..<dataStart + entry.range.upperBound
  }

  private static func alignment(_ metadata: [String: GGUFValue], _ reader: GGUFReader) throws -> Int {
    guard let value = metadata["general.alignment"] else { return defaultAlignment }
    guard case .uint32(let alignment) = value, alignment >= 8, alignment & (alignment - 1) == 0 else {
      throw reader.malformed(
        "general.alignment", expected: "a power of two from 8 on, as uint32", found: "\(value)")
    }
    return Int(alignment)
  }

  private static func entry(_ index: Int, _ reader: inout GGUFReader, alignment: Int) throws -> Entry {
    let name = try reader.string(part: "tensor \(index), name")
    let part = "tensor \"\(name)\""
    guard name.utf8.count <= longestName else {
      throw reader.malformed(
        "tensor \(index)", expected: "a name of at most \(longestName) bytes", found: "\(name.utf8.count)")
    }
    let rank = try reader.number(UInt32.self, part: part + ", dimensions")
    guard rank <= mostDimensions else {
      throw reader.malformed(part, expected: "at most \(mostDimensions) dimensions", found: "\(rank)")
    }
    var dimensions: [Int] = []
    var elements = 1
    for _ in 0..<rank {
      let size = try reader.number(UInt64.self, part: part + ", dimensions")
      // Zeros are multiplied last, so that they hide no overflow.
      let (product, overflows) = elements.multipliedReportingOverflow(by: max(1, Int(clamping: size)))
      guard size <= UInt64(Int.max), !overflows, product <= Int.max / 8 else {
        throw reader.malformed(
          part, expected: "a shape of less than 2^60 elements", found: "\(dimensions) × \(size)")
      }
      elements = product
      dimensions.append(Int(size))
    }
    if dimensions.contains(0) { elements = 0 }
    let number = try reader.number(UInt32.self, part: part + ", type")
    guard let type = GGUFTensorType(rawValue: number) else {
      let known = GGUFTensorType.allCases.map(\.name).joined(separator: ", ")
      throw reader.malformed(part, expected: "a type of \(known)", found: "type \(number)")
    }
    guard (dimensions.first ?? 1) % type.blockSize == 0 else {
      throw reader.malformed(
        part, expected: "rows of a multiple of \(type.blockSize) elements (\(type.name))",
        found: "\(dimensions.first ?? 1)")
    }
    let offset = try reader.number(UInt64.self, part: part + ", offset")
    let byteCount = elements / type.blockSize * type.bytesPerBlock
    let (end, overflows) = Int(clamping: offset).addingReportingOverflow(byteCount)
    guard offset <= UInt64(Int.max), !overflows, offset % UInt64(alignment) == 0 else {
      throw reader.malformed(
        part, expected: "an offset that is a multiple of \(alignment)", found: "\(offset)")
    }
    return Entry(name: name, type: type, shape: dimensions.reversed(), range: Int(offset)..<end)
  }

  /// Tensors lie within the data and share no byte.
  private static func check(_ entries: [Entry], dataCount: Int, _ reader: GGUFReader) throws {
    var last: Entry?
    for entry in entries.sorted(by: {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }) {
      guard entry.range.upperBound <= dataCount else {
        throw reader.malformed(
          "tensor \"\(entry.name)\"", expected: "bytes up to \(dataCount), where the file ends",
          found: "bytes up to \(entry.range.upperBound)")
      }
      if let last, entry.range.lowerBound < last.range.upperBound, !entry.range.isEmpty {
        throw reader.malformed(
          "tensor \"\(entry.name)\"", expected: "bytes of its own", found: "bytes of \"\(last.name)\"")
      }
      if !entry.range.isEmpty { last = entry }
    }
  }
}
