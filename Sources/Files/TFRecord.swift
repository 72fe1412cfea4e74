/// The framing of TensorFlow's record files: length (8 bytes), its checksum (4), the bytes, their checksum (4); all numbers
/// little-endian, the checksums masked.
public enum TFRecord {
  /// `bytes` as one record.
  public static func framed(_ bytes: [UInt8]) -> [UInt8] {
    let length = littleEndian(UInt64(bytes.count))
    return length + littleEndian(maskedChecksum(length)) + bytes + littleEndian(maskedChecksum(bytes))
  }

  /// The records of a file, up to the first that is cut off or damaged.
  public static func records(in file: [UInt8]) -> [[UInt8]] {
    var records: [[UInt8]] = []
    var start = 0
    while file.count - start >= 16 {
      let header = Array(file[start..<start + 8])
      guard maskedChecksum(header) == UInt32(truncatingIfNeeded: number(file[start + 8..<start + 12])),
        let length = Int(exactly: number(header[...])), length <= file.count - start - 16
      else { break }
      let bytes = Array(file[start + 12..<start + 12 + length])
      let checksum = number(file[start + 12 + length..<start + 16 + length])
      guard maskedChecksum(bytes) == UInt32(truncatingIfNeeded: checksum) else { break }
      records.append(bytes)
      start += 16 + length
    }
    return records
  }

  /// A checksum of bytes that hold checksums is weak: turned by 15 bits, with a constant added.
  private static func maskedChecksum(_ bytes: [UInt8]) -> UInt32 {
    let checksum = CRC32C.checksum(bytes)
    return (checksum >> 15 | checksum << 17) &+ 0xA282_EAD8
  }

  private static func littleEndian<Number: FixedWidthInteger>(_ value: Number) -> [UInt8] {
    (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> (8 * Number($0))) }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
