/// TensorBoard's `Event` message in protobuf's wire format: the few fields that scalars need.
///
///     Event { double wall_time = 1; int64 step = 2; string file_version = 3; Summary summary = 5; }
///     Summary { repeated Value value = 1; }    Value { string tag = 1; float simple_value = 2; }
package enum EventRecord {
  /// The first record of a file. - Parameter time: seconds since 1970.
  package static func fileVersion(time: Double) -> [UInt8] {
    fixed(1, time.bitPattern) + bytes(3, "brain.Event:2".utf8)
  }

  /// Values of one step, by name; those that are not finite are left out.
  package static func scalars(_ values: [String: Double], step: Int, time: Double) -> [UInt8] {
    let summary = values.filter(\.value.isFinite).sorted { $0.key < $1.key }.flatMap { name, value in
      bytes(1, bytes(1, name.utf8) + fixed(2, Float(value).bitPattern))
    }
    return fixed(1, time.bitPattern) + key(2, .varint) + varint(UInt64(clamping: step)) + bytes(5, summary)
  }

  /// The step of a record that this file wrote; 0 where it has none.
  package static func step(of record: [UInt8]) -> Int {
    // wall_time comes first, in nine bytes.
    guard record.count > 9, record[9] == key(2, .varint)[0] else { return 0 }
    var value: UInt64 = 0
    for (index, byte) in record[10...].prefix(9).enumerated() {
      value |= UInt64(byte & 0x7F) << (7 * UInt64(index))
      if byte < 0x80 { break }
    }
    return Int(clamping: value)
  }

  private enum WireType: UInt64 {
    case varint = 0
    case fixed64 = 1
    case bytes = 2
    case fixed32 = 5
  }

  private static func key(_ field: UInt64, _ type: WireType) -> [UInt8] { varint(field << 3 | type.rawValue) }

  /// Seven bits a byte, the lowest first; all but the last have the highest bit set.
  private static func varint(_ value: UInt64) -> [UInt8] {
    var rest = value
    var result: [UInt8] = []
    while rest >= 0x80 {
      result.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    return result + [UInt8(rest)]
  }

  private static func fixed<Number: FixedWidthInteger>(_ field: UInt64, _ value: Number) -> [UInt8] {
    key(field, Number.bitWidth == 64 ? .fixed64 : .fixed32)
      + (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> (8 * Number($0))) }
  }

  private static func bytes(_ field: UInt64, _ content: some Collection<UInt8>) -> [UInt8] {
    key(field, .bytes) + varint(UInt64(content.count)) + content
  }
}
