/// Decompresses DEFLATE (RFC 1951), the compression of zip archives.
enum Inflate {
  /// The `count` bytes that `data` stands for; nil for data that breaks the format or stands for another number.
  ///
  /// - Parameter count: the caller's bound of the memory that is taken.
  static func bytes(_ data: [UInt8], count: Int) -> [UInt8]? {
    var reader = BitReader(data)
    var output: [UInt8] = []
    output.reserveCapacity(count)
    var isLast = false
    while !isLast {
      guard let last = reader.bits(1), let kind = reader.bits(2) else { return nil }
      isLast = last == 1
      switch kind {
      case 0: guard copyStored(&reader, &output, limit: count) else { return nil }
      case 1: guard decode(&reader, &output, fixed.lengths, fixed.distances, limit: count) else { return nil }
      case 2:
        guard let codes = dynamicCodes(&reader),
          decode(&reader, &output, codes.lengths, codes.distances, limit: count)
        else { return nil }
      default: return nil
      }
    }
    return output.count == count ? output : nil
  }

  private static func copyStored(_ reader: inout BitReader, _ output: inout [UInt8], limit: Int) -> Bool {
    reader.skipToByte()
    guard let length = reader.bits(16), let complement = reader.bits(16), length ^ complement == 0xFFFF,
      output.count + length <= limit
    else { return false }
    for _ in 0..<length {
      guard let byte = reader.bits(8) else { return false }
      output.append(UInt8(byte))
    }
    return true
  }

  private static func decode(
    _ reader: inout BitReader, _ output: inout [UInt8], _ lengths: HuffmanCode, _ distances: HuffmanCode,
    limit: Int
  ) -> Bool {
    while true {
      guard let symbol = lengths.symbol(&reader) else { return false }
      if symbol < 256 {
        guard output.count < limit else { return false }
        output.append(UInt8(symbol))
        continue
      }
      if symbol == 256 { return true }
      guard symbol - 257 < lengthBases.count, let more = reader.bits(lengthBits[symbol - 257]),
        let place = distances.symbol(&reader), place < distanceBases.count,
        let further = reader.bits(distanceBits[place])
      else { return false }
      let length = lengthBases[symbol - 257] + more
      let distance = distanceBases[place] + further
      guard distance <= output.count, output.count + length <= limit else { return false }
      // Byte by byte: the copy may overlap what it writes.
      for _ in 0..<length { output.append(output[output.count - distance]) }
    }
  }

  private static func dynamicCodes(_ reader: inout BitReader) -> (
    lengths: HuffmanCode, distances: HuffmanCode
  )? {
    guard let lengthCount = reader.bits(5), let distanceCount = reader.bits(5), let codeCount = reader.bits(4)
    else { return nil }
    var sizes = [Int](repeating: 0, count: 19)
    for place in orderOfSizes.prefix(codeCount + 4) {
      guard let size = reader.bits(3) else { return nil }
      sizes[place] = size
    }
    guard let sizeCode = HuffmanCode(sizes) else { return nil }
    let total = lengthCount + 257 + distanceCount + 1
    var all: [Int] = []
    while all.count < total {
      guard let symbol = sizeCode.symbol(&reader) else { return nil }
      switch symbol {
      case 0..<16: all.append(symbol)
      case 16:
        guard let last = all.last, let times = reader.bits(2) else { return nil }
        all += repeatElement(last, count: times + 3)
      case 17:
        guard let times = reader.bits(3) else { return nil }
        all += repeatElement(0, count: times + 3)
      default:
        guard let times = reader.bits(7) else { return nil }
        all += repeatElement(0, count: times + 11)
      }
    }
    guard all.count == total, let lengths = HuffmanCode(Array(all[..<(lengthCount + 257)])),
      let distances = HuffmanCode(Array(all[(lengthCount + 257)...]))
    else { return nil }
    return (lengths, distances)
  }

  private static let orderOfSizes = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
  private static let lengthBases = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
    227, 258,
  ]
  private static let lengthBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distanceBases = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073,
    4097, 6145, 8193, 12289, 16385, 24577,
  ]
  private static let distanceBits = [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
  ]

  private static let fixed: (lengths: HuffmanCode, distances: HuffmanCode) = {
    let sizes = (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }
    guard let lengths = HuffmanCode(sizes), let distances = HuffmanCode([Int](repeating: 5, count: 30)) else {
      preconditionFailure("Inflate: the fixed codes of RFC 1951")
    }
    return (lengths, distances)
  }()
}

/// Bits from the least significant of each byte on.
private struct BitReader {
  private let data: [UInt8]
  private var position = 0
  private var buffer: UInt64 = 0
  private var filled = 0

  init(_ data: [UInt8]) { self.data = data }

  private mutating func fill() {
    while filled <= 56, position < data.count {
      buffer |= UInt64(data[position]) << UInt64(filled)
      position += 1
      filled += 8
    }
  }

  /// The next `count` (at most 16) bits as a number; nil at the end of the data.
  mutating func bits(_ count: Int) -> Int? {
    if filled < count { fill() }
    guard filled >= count else { return nil }
    defer { drop(count) }
    return Int(buffer & (1 << UInt64(count) - 1))
  }

  /// The next 15 bits, zeros where the data has ended, and how many of them are data.
  mutating func ahead() -> (bits: Int, count: Int) {
    if filled < 15 { fill() }
    return (Int(buffer & 0x7FFF), filled)
  }

  mutating func drop(_ count: Int) {
    buffer >>= UInt64(count)
    filled -= count
  }

  mutating func skipToByte() { drop(filled % 8) }
}

/// A canonical prefix code (RFC 1951, 3.2.2) as a table over the next 15 bits at most.
private struct HuffmanCode {
  /// For every pattern of `width` bits: the symbol times 16 plus the length of its code; 0 for no code.
  private let table: [UInt16]
  private let mask: Int

  /// - Parameter sizes: the length of each symbol's code, 0 for none. Nil when the lengths are no prefix code.
  init?(_ sizes: [Int]) {
    var counts = [Int](repeating: 0, count: 16)
    for size in sizes { counts[size] += 1 }
    counts[0] = 0
    var next = [Int](repeating: 0, count: 16)
    var code = 0
    for size in 1...15 {
      code = (code + counts[size - 1]) << 1
      next[size] = code
      guard code + counts[size] <= 1 << size else { return nil }
    }
    let width = max(1, counts.lastIndex { $0 > 0 } ?? 1)
    var table = [UInt16](repeating: 0, count: 1 << width)
    for (symbol, size) in sizes.enumerated() where size > 0 {
      var reversed = 0
      for bit in 0..<size where next[size] >> bit & 1 == 1 { reversed |= 1 << (size - 1 - bit) }
      next[size] += 1
      for place in stride(from: reversed, to: table.count, by: 1 << size) {
        table[place] = UInt16(symbol << 4 | size)
      }
    }
    self.table = table
    mask = table.count - 1
  }

  func symbol(_ reader: inout BitReader) -> Int? {
    let (bits, count) = reader.ahead()
    let entry = Int(table[bits & mask])
    guard entry != 0, entry & 15 <= count else { return nil }
    reader.drop(entry & 15)
    return entry >> 4
  }
}
