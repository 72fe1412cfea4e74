import Files
import Testing

@Suite struct TFRecordTests {
  /// "123456789" is the check value of CRC-32/ISCSI; the others are the examples of RFC 3720, B.4.
  @Test func castagnoliChecksums() {
    #expect(CRC32C.checksum("123456789".utf8) == 0xE306_9283)
    #expect(CRC32C.checksum([]) == 0)
    #expect(CRC32C.checksum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    #expect(CRC32C.checksum([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
    #expect(CRC32C.checksum(0..<32) == 0x46DD_794E)
  }

  /// Reference: `RecordWriter` of TensorBoard 2.21.0.
  @Test(
    arguments: [
      ("", "000000000000000029039807d8ea82a2"), ("abc", "0300000000000000b099490e6162636e57f121"),
    ])
  func records(content: String, framed: String) {
    let record = TFRecord.framed(Array(content.utf8))
    #expect(record.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined() == framed)
    #expect(TFRecord.records(in: record + record) == [Array(content.utf8), Array(content.utf8)])
  }

  @Test func readingEndsAtDamage() {
    let record = TFRecord.framed([1, 2, 3])
    for cut in 1..<record.count {
      #expect(TFRecord.records(in: record + record.dropLast(cut)) == [[1, 2, 3]], "\(cut)")
    }
    for index in record.indices {
      var damaged = record
      damaged[index] ^= 0x40
      #expect(TFRecord.records(in: record + damaged + record).count == 1, "byte \(index)")
    }
    // A length that no file has, with a checksum that fits it.
    let length = [UInt8](repeating: 0xFF, count: 8)
    #expect(TFRecord.records(in: length + TFRecord.framed(length).suffix(4) + record).isEmpty)
  }
}
