import Files
import Foundation
import Kernels

/// A safetensors file, open for reading. The file is mapped, and a tensor's bytes are read when it is asked
/// for.
public struct SafetensorsFile: Sendable {
  /// The file's name, for messages.
  public let name: String
  public let metadata: [String: String]
  /// The tensors in the order of their bytes.
  public let entries: [TensorEntry]
  private let positions: [String: Int]
  private let content: Content
  private let dataStart: Int

  private enum Content: Sendable {
    case mapped(MappedFile)
    case memory([UInt8])

    var count: Int {
      switch self {
      case .mapped(let file): file.count
      case .memory(let bytes): bytes.count
      }
    }

    func bytes(_ range: Range<Int>) -> [UInt8] {
      switch self {
      case .mapped(let file): file.bytes(range)
      case .memory(let bytes): Array(bytes[range])
      }
    }
  }

  /// Opens `url` and checks the whole header.
  ///
  /// - Throws: `FileError` when the file is not there; `WeightsError.malformedFile` when it breaks the
  ///   format.
  public init(reading url: URL) throws {
    try self.init(.mapped(mapFile(url)), name: url.lastPathComponent)
  }

  /// A file's content in memory. - Throws: `WeightsError.malformedFile`.
  public init(content: [UInt8], name: String) throws(WeightsError) {
    try self.init(.memory(content), name: name)
  }

  private init(_ content: Content, name: String) throws(WeightsError) {
    let count = content.count
    guard count >= 8 else {
      throw .malformedFile(
        file: name, part: "header", expected: "8 bytes with its length", found: "\(count) bytes")
    }
    let length = content.bytes(0..<8).reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    let limit = min(count - 8, SafetensorsHeader.lengthLimit)
    guard length <= UInt64(limit) else {
      throw .malformedFile(
        file: name, part: "header", expected: "a length of at most \(limit) bytes", found: "\(length)")
    }
    let start = 8 + Int(length)
    let text = content.bytes(8..<start)
    let header = try SafetensorsHeader(parsing: text, dataCount: count - start, file: name)
    self.name = name
    metadata = header.metadata
    entries = header.entries
    positions = Dictionary(
      header.entries.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    self.content = content
    dataStart = start
  }

  public var names: [String] { entries.map(\.name) }

  public func contains(_ name: String) -> Bool { positions[name] != nil }

  /// - Throws: `WeightsError.missingTensor`.
  public func entry(_ name: String) throws(WeightsError) -> TensorEntry {
    guard let position = positions[name] else {
      throw .missingTensor(file: self.name, name: name, tensorCount: entries.count)
    }
    return entries[position]
  }

  /// - Throws: `WeightsError.missingTensor`.
  public func shape(_ name: String) throws(WeightsError) -> [Int] { try entry(name).shape }

  /// The elements in row-major order. F64 is rounded to the nearest Float; F16 and BF16 are exact.
  ///
  /// - Throws: `WeightsError.missingTensor`, or `.wrongType` for integers.
  public func buffer(_ name: String) throws(WeightsError) -> Buffer {
    let entry = try entry(name)
    guard let type = entry.type.stored else { return Buffer(try doubles(name).map { Float($0) }) }
    let range = position(of: entry)
    return switch content {
    case .mapped(let file): file.buffer(range, .plain(type))
    case .memory(let bytes): Buffer(bytes.span.bytes.extracting(range), .plain(type))
    }
  }

  /// A matrix in the type of the file; F64 as F32.
  ///
  /// - Throws: `WeightsError.missingTensor`, or `.wrongType` for integers.
  public func table(_ name: String) throws(WeightsError) -> StoredTable {
    let entry = try entry(name)
    guard let type = entry.type.stored else {
      return StoredTable(try buffer(name), columns: entry.shape.last ?? 1)
    }
    return StoredTable(bytes(of: entry), .plain(type), columns: entry.shape.last ?? 1)
  }

  /// The elements of `buffer(_:)` as an array.
  public func floats(_ name: String) throws(WeightsError) -> [Float] { try buffer(name).array() }

  /// Some of the elements of `floats(_:)`, without reading the others.
  ///
  /// - Throws: as `floats(_:)`.
  public func floats(_ name: String, elements: Range<Int>) throws(WeightsError) -> [Float] {
    let entry = try entry(name)
    guard let type = entry.type.stored else { return try doubles(name)[elements].map { Float($0) } }
    let range = position(of: entry, elements)
    return switch content {
    case .mapped(let file): file.buffer(range, .plain(type)).array()
    case .memory(let bytes): Buffer(bytes.span.bytes.extracting(range), .plain(type)).array()
    }
  }

  /// The elements in row-major order, exact.
  ///
  /// - Throws: `WeightsError.missingTensor`, or `.wrongType` for integers.
  public func doubles(_ name: String) throws(WeightsError) -> [Double] {
    let entry = try entry(name)
    switch entry.type {
    case .float64: return StoredIntegers.doubles(bytes(of: entry))
    case .float32, .float16, .bfloat16: return try floats(name).map(Double.init)
    default: throw wrongType(entry, "floating-point numbers")
    }
  }

  /// The elements in row-major order; a boolean is 0 or 1, and a U64 above 2^63 - 1 is that maximum.
  ///
  /// - Throws: `WeightsError.missingTensor`, or `.wrongType` for floating-point numbers.
  public func integers(_ name: String) throws(WeightsError) -> [Int] {
    let entry = try entry(name)
    if entry.type.isFloatingPoint { throw wrongType(entry, "integers") }
    return StoredIntegers.integers(bytes(of: entry), entry.type)
  }

  /// Some of the elements of `integers(_:)`, without reading the others.
  ///
  /// - Throws: as `integers(_:)`.
  public func integers(_ name: String, elements: Range<Int>) throws(WeightsError) -> [Int] {
    let entry = try entry(name)
    if entry.type.isFloatingPoint { throw wrongType(entry, "integers") }
    return StoredIntegers.integers(content.bytes(position(of: entry, elements)), entry.type)
  }

  private func position(of entry: TensorEntry, _ elements: Range<Int>) -> Range<Int> {
    precondition(
      elements.lowerBound >= 0 && elements.upperBound <= entry.elementCount,
      "\(entry.name): elements \(elements) of \(entry.elementCount)")
    let start = position(of: entry).lowerBound
    let size = entry.type.size
    return start + elements.lowerBound * size..<start + elements.upperBound * size
  }

  private func position(of entry: TensorEntry) -> Range<Int> {
    dataStart + entry.range.lowerBound..<dataStart + entry.range.upperBound
  }

  private func bytes(of entry: TensorEntry) -> [UInt8] { content.bytes(position(of: entry)) }

  private func wrongType(_ entry: TensorEntry, _ expected: String) -> WeightsError {
    .wrongType(file: name, name: entry.name, expected: expected, found: entry.type)
  }
}
