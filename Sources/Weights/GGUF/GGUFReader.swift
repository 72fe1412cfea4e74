/// Reads the numbers and strings of a GGUF file one after another, and never beyond its end.
struct GGUFReader {
  /// Arrays in arrays in arrays: more levels than any file has, fewer than a stack holds.
  static let deepestArray = 8

  let file: String
  private let content: (Range<Int>) -> [UInt8]
  let count: Int
  private(set) var position = 0
  /// Bytes that were read ahead, from `aheadStart` on.
  private var ahead: [UInt8] = []
  private var aheadStart = 0

  init(file: String, count: Int, content: @escaping (Range<Int>) -> [UInt8]) {
    self.file = file
    self.count = count
    self.content = content
  }

  var remaining: Int { count - position }

  func malformed(_ part: String, expected: String, found: String) -> WeightsError {
    .malformedFile(file: file, part: part, expected: expected, found: found)
  }

  /// The next `size` bytes.
  mutating func bytes(_ size: Int, part: String) throws(WeightsError) -> ArraySlice<UInt8> {
    guard size <= remaining else {
      throw malformed(part, expected: "\(size) more bytes", found: "\(remaining) before the end of the file")
    }
    if position < aheadStart || position + size > aheadStart + ahead.count {
      aheadStart = position
      ahead = content(position..<position + min(remaining, max(size, 1 << 16)))
    }
    defer { position += size }
    let start = position - aheadStart
    return ahead[start..<start + size]
  }

  mutating func number<T: FixedWidthInteger>(_ type: T.Type, part: String) throws(WeightsError) -> T {
    let bytes = try bytes(T.bitWidth / 8, part: part)
    return bytes.reversed().reduce(0) { $0 << 8 | T(truncatingIfNeeded: $1) }
  }

  /// A count of things that take at least `leastSize` bytes each: more than the file can hold are refused.
  mutating func count(leastSize: Int, part: String) throws(WeightsError) -> Int {
    let number = try number(UInt64.self, part: part)
    guard number <= UInt64(remaining / leastSize) else {
      throw malformed(
        part, expected: "at most \(remaining / leastSize), as the file's size allows", found: "\(number)")
    }
    return Int(number)
  }

  mutating func string(part: String) throws(WeightsError) -> String {
    let length = try count(leastSize: 1, part: part + ", length")
    guard let text = String(validating: try bytes(length, part: part), as: UTF8.self) else {
      throw malformed(part, expected: "UTF-8", found: "other bytes")
    }
    return text
  }

  mutating func kind(part: String) throws(WeightsError) -> GGUFValue.Kind {
    let number = try number(UInt32.self, part: part)
    guard let kind = GGUFValue.Kind(rawValue: number) else {
      throw malformed(part, expected: "a value type from 0 to 12", found: "\(number)")
    }
    return kind
  }

  mutating func value(_ kind: GGUFValue.Kind, part: String, depth: Int = 0) throws(WeightsError) -> GGUFValue
  {
    switch kind {
    case .uint8: return .uint8(try number(UInt8.self, part: part))
    case .int8: return .int8(try number(Int8.self, part: part))
    case .uint16: return .uint16(try number(UInt16.self, part: part))
    case .int16: return .int16(try number(Int16.self, part: part))
    case .uint32: return .uint32(try number(UInt32.self, part: part))
    case .int32: return .int32(try number(Int32.self, part: part))
    case .uint64: return .uint64(try number(UInt64.self, part: part))
    case .int64: return .int64(try number(Int64.self, part: part))
    case .float32: return .float32(Float(bitPattern: try number(UInt32.self, part: part)))
    case .float64: return .float64(Double(bitPattern: try number(UInt64.self, part: part)))
    case .string: return .string(try string(part: part))
    case .bool:
      let byte = try number(UInt8.self, part: part)
      guard byte <= 1 else { throw malformed(part, expected: "a bool, 0 or 1", found: "\(byte)") }
      return .bool(byte == 1)
    case .array:
      guard depth < Self.deepestArray else {
        throw malformed(part, expected: "arrays at most \(Self.deepestArray) deep", found: "deeper ones")
      }
      let element = try self.kind(part: part + ", array type")
      let count = try count(leastSize: element.leastSize, part: part + ", array length")
      var values: [GGUFValue] = []
      values.reserveCapacity(count)
      for _ in 0..<count { values.append(try value(element, part: part, depth: depth + 1)) }
      return .array(element, values)
    }
  }
}
