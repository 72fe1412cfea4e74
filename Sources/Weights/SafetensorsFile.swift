import Files
import Foundation

/// A safetensors file, open for reading. The file is mapped, and a tensor's bytes are read when it is asked for.
public struct SafetensorsFile: Sendable {
  /// The file's name, for messages.
  public let name: String
  public let metadata: [String: String]
  /// The tensors in the order of their bytes.
  public let entries: [TensorEntry]
  private let positions: [String: Int]
  private let data: Data
  private let dataStart: Int

  /// Opens `url` and checks the whole header.
  ///
  /// - Throws: `FileError` when the file is not there; `WeightsError.malformedFile` when it breaks the format.
  public init(reading url: URL) throws {
    try self.init(content: readFile(url), name: url.lastPathComponent)
  }

  /// A file's content in memory. - Throws: `WeightsError.malformedFile`.
  public init(content: Data, name: String) throws(WeightsError) {
    let bytes = content.span
    guard bytes.count >= 8 else {
      throw .malformedFile(
        file: name, part: "header", expected: "8 bytes with its length", found: "\(bytes.count) bytes")
    }
    let length = (0..<8).reduce(0 as UInt64) { $0 | UInt64(bytes[$1]) << (8 * UInt64($1)) }
    guard length <= UInt64(SafetensorsHeader.lengthLimit), Int(length) <= bytes.count - 8 else {
      throw .malformedFile(
        file: name, part: "header",
        expected: "a length of at most \(min(bytes.count - 8, SafetensorsHeader.lengthLimit)) bytes",
        found: "\(length)")
    }
    let start = 8 + Int(length)
    let text = [UInt8](content[content.startIndex + 8..<content.startIndex + start])
    let header = try SafetensorsHeader(parsing: text, dataCount: bytes.count - start, file: name)
    self.name = name
    metadata = header.metadata
    entries = header.entries
    positions = Dictionary(
      header.entries.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    data = content
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
  public func floats(_ name: String) throws(WeightsError) -> [Float] {
    let entry = try entry(name)
    guard entry.type.isFloatingPoint else { throw wrongType(entry, "floating-point numbers") }
    return StoredNumbers.floats(bytes(of: entry), entry.type)
  }

  /// The elements in row-major order, exact.
  ///
  /// - Throws: `WeightsError.missingTensor`, or `.wrongType` for integers.
  public func doubles(_ name: String) throws(WeightsError) -> [Double] {
    let entry = try entry(name)
    guard entry.type.isFloatingPoint else { throw wrongType(entry, "floating-point numbers") }
    if entry.type == .float64 { return StoredNumbers.doubles(bytes(of: entry)) }
    return StoredNumbers.floats(bytes(of: entry), entry.type).map(Double.init)
  }

  /// The elements in row-major order; a boolean is 0 or 1, and a U64 above 2^63 - 1 is that maximum.
  ///
  /// - Throws: `WeightsError.missingTensor`, or `.wrongType` for floating-point numbers.
  public func integers(_ name: String) throws(WeightsError) -> [Int] {
    let entry = try entry(name)
    if entry.type.isFloatingPoint { throw wrongType(entry, "integers") }
    return StoredNumbers.integers(bytes(of: entry), entry.type)
  }

  private func bytes(of entry: TensorEntry) -> Data {
    let start = data.startIndex + dataStart
    return data[start + entry.range.lowerBound..<start + entry.range.upperBound]
  }

  private func wrongType(_ entry: TensorEntry, _ expected: String) -> WeightsError {
    .wrongType(file: name, name: entry.name, expected: expected, found: entry.type)
  }
}
