import Files

/// The JSON header of a safetensors file, checked before any tensor is touched.
///
/// The format (huggingface/safetensors, README): 8 bytes with the header's length N, little-endian; N bytes
/// of JSON that begin with `{` and may end in spaces; then the tensors' bytes, which the offsets cover
/// without hole, overlap or rest. Nothing larger than the file is ever allocated, whatever its numbers say.
struct SafetensorsHeader {
  static let lengthLimit = 100_000_000

  var metadata: [String: String] = [:]
  /// In the order of their bytes.
  var entries: [TensorEntry] = []

  /// - Parameters: `text` is the header without its length; `dataCount` is the number of bytes behind it.
  /// - Throws: `WeightsError.malformedFile`.
  init(parsing text: [UInt8], dataCount: Int, file: String) throws(WeightsError) {
    guard text.first == UInt8(ascii: "{") else {
      throw .malformedFile(
        file: file, part: "header", expected: "JSON that begins with '{'",
        found: text.first.map { "byte \($0)" } ?? "nothing")
    }
    let header: JSONValue
    do {
      header = try JSONValue(parsing: text, source: file)
    } catch {
      throw .malformedFile(file: file, part: "header", expected: error.expected, found: error.found)
    }
    for entry in header.object?.entries ?? [] {
      if entry.key == "__metadata__" {
        metadata = try Self.metadata(entry.value, file: file)
      } else {
        entries.append(try Self.tensor(entry.key, entry.value, file: file))
      }
    }
    try checkCoverage(dataCount: dataCount, file: file)
  }

  private static func metadata(_ value: JSONValue, file: String) throws(WeightsError) -> [String: String] {
    guard let object = value.object else {
      throw .malformedFile(file: file, part: "__metadata__", expected: "an object", found: value.kind)
    }
    var metadata: [String: String] = [:]
    for entry in object.entries {
      guard let text = entry.value.string else {
        throw .malformedFile(
          file: file, part: "__metadata__.\(entry.key)", expected: "a string", found: entry.value.kind)
      }
      metadata[entry.key] = text
    }
    return metadata
  }

  private static func tensor(_ name: String, _ value: JSONValue, file: String) throws(WeightsError)
    -> TensorEntry
  {
    func malformed(_ expected: String, _ found: String) -> WeightsError {
      .malformedFile(file: file, part: "tensor \"\(name)\"", expected: expected, found: found)
    }
    func field(_ key: String) throws(WeightsError) -> JSONValue {
      guard let found = value[key] else { throw malformed("a field \(key)", "none") }
      return found
    }
    func numbers(_ key: String) throws(WeightsError) -> [Int] {
      let value = try field(key)
      guard let elements = value.array else { throw malformed("\(key) as an array", value.kind) }
      var numbers: [Int] = []
      for element in elements {
        guard let number = element.int, number >= 0 else {
          throw malformed("\(key) of whole numbers from 0 to 2^63 - 1", element.kind)
        }
        numbers.append(number)
      }
      return numbers
    }

    guard case .object(let object) = value else { throw malformed("an object", value.kind) }
    if let unknown = object.keys.first(where: { !["dtype", "shape", "data_offsets"].contains($0) }) {
      throw malformed("dtype, shape and data_offsets", "a field \(unknown)")
    }
    let typeValue = try field("dtype")
    guard let typeName = typeValue.string else { throw malformed("dtype as a string", typeValue.kind) }
    guard let type = TensorType(rawValue: typeName) else {
      throw malformed(
        "a dtype of \(TensorType.allCases.map(\.rawValue).joined(separator: ", "))", typeName)
    }
    let shape = try numbers("shape")
    let offsets = try numbers("data_offsets")
    guard offsets.count == 2 else { throw malformed("two data_offsets", "\(offsets.count)") }
    guard offsets[0] <= offsets[1] else { throw malformed("data_offsets in order", "\(offsets)") }
    var byteCount = type.size
    for dimension in shape {
      let (product, overflows) = byteCount.multipliedReportingOverflow(by: dimension)
      if overflows { throw malformed("a shape of less than 2^63 bytes", "\(shape)") }
      byteCount = product
    }
    guard byteCount == offsets[1] - offsets[0] else {
      throw malformed(
        "\(byteCount) bytes for \(typeName) \(shape)", "\(offsets[1] - offsets[0]) in data_offsets")
    }
    return TensorEntry(name: name, type: type, shape: shape, range: offsets[0]..<offsets[1])
  }

  /// Sorts the tensors by their bytes, which must cover the data exactly.
  private mutating func checkCoverage(dataCount: Int, file: String) throws(WeightsError) {
    entries.sort {
      ($0.range.lowerBound, $0.range.upperBound, $0.name)
        < ($1.range.lowerBound, $1.range.upperBound, $1.name)
    }
    var end = 0
    for entry in entries {
      guard entry.range.lowerBound == end else {
        throw .malformedFile(
          file: file, part: "tensor \"\(entry.name)\"", expected: "bytes from \(end) on",
          found: "bytes from \(entry.range.lowerBound) on")
      }
      end = entry.range.upperBound
    }
    guard end == dataCount else {
      throw .malformedFile(
        file: file, part: "data", expected: "\(end) bytes, as the header says", found: "\(dataCount)")
    }
  }
}
