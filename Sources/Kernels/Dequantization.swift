/// ggml's quantized types: a row is a whole number of blocks, each with a scale of its own.
public enum QuantizedType: Sendable {
  case q4_0, q4_1, q5_0, q5_1, q8_0, q2K, q3K, q4K, q5K, q6K

  /// Elements of a block.
  public var blockSize: Int {
    switch self {
    case .q4_0, .q4_1, .q5_0, .q5_1, .q8_0: 32
    case .q2K, .q3K, .q4K, .q5K, .q6K: 256
    }
  }

  public var bytesPerBlock: Int {
    switch self {
    case .q4_0: 18
    case .q4_1: 20
    case .q5_0: 22
    case .q5_1: 24
    case .q8_0: 34
    case .q2K: 84
    case .q3K: 110
    case .q4K: 144
    case .q5K: 176
    case .q6K: 210
    }
  }
}

/// Numbers from blocks.
///
/// A block holds small whole numbers q and scales: x = d q, x = d q + m, or, in the K types, x = (d s) q − (dₘ m) with
/// scales s and m of their own for each 16 or 32 elements.
enum Dequantization {
  static func read(
    _ bytes: UnsafeRawBufferPointer, _ type: QuantizedType, count: Int,
    into target: UnsafeMutablePointer<Float>
  ) {
    guard let base = bytes.baseAddress else { return }
    let read = block(type)
    for index in 0..<count {
      read(Block(base: base + index * type.bytesPerBlock), target + index * type.blockSize)
    }
  }

  /// The bytes of one block, counted from its start.
  private struct Block {
    let base: UnsafeRawPointer

    subscript(_ index: Int) -> Int32 { Int32(base.load(fromByteOffset: index, as: UInt8.self)) }
    func signed(_ index: Int) -> Int32 { Int32(base.load(fromByteOffset: index, as: Int8.self)) }
    func half(_ index: Int) -> Float {
      HalfFloat.float(UInt16(littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt16.self)))
    }
  }

  private typealias Values = UnsafeMutablePointer<Float>

  private static func block(_ type: QuantizedType) -> (Block, Values) -> Void {
    switch type {
    case .q4_0: q4_0
    case .q4_1: q4_1
    case .q5_0: q5_0
    case .q5_1: q5_1
    case .q8_0: q8_0
    case .q2K: q2K
    case .q3K: q3K
    case .q4K: q4K
    case .q5K: q5K
    case .q6K: q6K
    }
  }

  // MARK: 32 elements a block: low halves of 16 bytes, then high halves

  private static func q4_0(_ block: Block, _ x: Values) {
    let d = block.half(0)
    for i in 0..<16 {
      x[i] = d * Float(block[2 + i] & 15 &- 8)
      x[i + 16] = d * Float(block[2 + i] &>> 4 &- 8)
    }
  }

  private static func q4_1(_ block: Block, _ x: Values) {
    let (d, m) = (block.half(0), block.half(2))
    for i in 0..<16 {
      x[i] = d * Float(block[4 + i] & 15) + m
      x[i + 16] = d * Float(block[4 + i] &>> 4) + m
    }
  }

  /// The fifth bit of element i is bit i of four bytes.
  private static func fifthBit(_ block: Block, _ start: Int, _ element: Int) -> Int32 {
    (block[start + element / 8] &>> Int32(element % 8) & 1) &<< 4
  }

  private static func q5_0(_ block: Block, _ x: Values) {
    let d = block.half(0)
    for i in 0..<16 {
      x[i] = d * Float((block[6 + i] & 15 | fifthBit(block, 2, i)) &- 16)
      x[i + 16] = d * Float((block[6 + i] &>> 4 | fifthBit(block, 2, i + 16)) &- 16)
    }
  }

  private static func q5_1(_ block: Block, _ x: Values) {
    let (d, m) = (block.half(0), block.half(2))
    for i in 0..<16 {
      x[i] = d * Float(block[8 + i] & 15 | fifthBit(block, 4, i)) + m
      x[i + 16] = d * Float(block[8 + i] &>> 4 | fifthBit(block, 4, i + 16)) + m
    }
  }

  private static func q8_0(_ block: Block, _ x: Values) {
    let d = block.half(0)
    for i in 0..<32 { x[i] = d * Float(block.signed(2 + i)) }
  }

  // MARK: 256 elements a block

  /// Scales of 16 (4 bits each for scale and minimum), 64 bytes of quarters, d, dₘ.
  private static func q2K(_ block: Block, _ x: Values) {
    let (d, least) = (block.half(80), block.half(82))
    for group in 0..<16 {
      let scale = d * Float(block[group] & 15), minimum = least * Float(block[group] >> 4)
      let (bytes, shift) = quarter(group)
      for i in 0..<16 { x[16 * group + i] = scale * Float(block[16 + bytes + i] >> shift & 3) - minimum }
    }
  }

  /// Where the two bits of 16 elements lie: half a block is 32 bytes, read four times by pairs of bits.
  private static func quarter(_ group: Int) -> (bytes: Int, shift: Int32) {
    (32 * (group / 8) + 16 * (group % 2), Int32(2 * (group % 8 / 2)))
  }

  /// 32 bytes of third bits, 64 bytes of quarters, 12 bytes of 6-bit scales, d.
  private static func q3K(_ block: Block, _ x: Values) {
    let d = block.half(108)
    for group in 0..<16 {
      let low = group < 8 ? block[96 + group] & 15 : block[96 + group - 8] >> 4
      let high = block[104 + group % 4] >> Int32(2 * (group / 4)) & 3
      let scale = d * Float((low | high << 4) - 32)
      let (bytes, shift) = quarter(group)
      for i in 0..<16 {
        let third = block[16 * (group % 2) + i] >> Int32(group / 2) & 1
        x[16 * group + i] = scale * Float(block[32 + bytes + i] >> shift & 3 - (third == 1 ? 0 : 4))
      }
    }
  }

  /// The scale and the minimum of 32 elements, 6 bits each, of the 12 bytes from `start` on.
  private static func scaleAndMinimum(_ block: Block, _ start: Int, _ group: Int) -> (Float, Float) {
    guard group >= 4 else { return (Float(block[start + group] & 63), Float(block[start + group + 4] & 63)) }
    let both = block[start + group + 4]
    return (
      Float(both & 15 | (block[start + group - 4] >> 6) << 4),
      Float(both >> 4 | (block[start + group] >> 6) << 4)
    )
  }

  /// d, dₘ, 12 bytes of scales, 128 bytes of halves.
  private static func q4K(_ block: Block, _ x: Values) {
    let (d, least) = (block.half(0), block.half(2))
    for group in 0..<8 {
      let (scale, minimum) = scaleAndMinimum(block, 4, group)
      let (bytes, shift) = (16 + 32 * (group / 2), Int32(4 * (group % 2)))
      for i in 0..<32 {
        x[32 * group + i] = d * scale * Float(block[bytes + i] >> shift & 15) - least * minimum
      }
    }
  }

  /// As `q4K`, with 32 bytes of fifth bits after the scales.
  private static func q5K(_ block: Block, _ x: Values) {
    let (d, least) = (block.half(0), block.half(2))
    for group in 0..<8 {
      let (scale, minimum) = scaleAndMinimum(block, 4, group)
      let (bytes, shift) = (48 + 32 * (group / 2), Int32(4 * (group % 2)))
      for i in 0..<32 {
        let q = block[bytes + i] >> shift & 15 + (block[16 + i] >> Int32(group) & 1) << 4
        x[32 * group + i] = d * scale * Float(q) - least * minimum
      }
    }
  }

  /// 128 bytes of low halves, 64 bytes of high pairs of bits, 16 signed scales, d.
  private static func q6K(_ block: Block, _ x: Values) {
    let d = block.half(208)
    for group in 0..<8 {
      let half = group / 4, part = group % 4
      let low = 64 * half + 32 * (part % 2), lowShift = Int32(4 * (part / 2))
      for i in 0..<32 {
        let scale = block.signed(192 + 8 * half + 2 * part + i / 16)
        let high = block[128 + 32 * half + i] >> Int32(2 * part) & 3
        x[32 * group + i] = d * Float(scale) * Float((block[low + i] >> lowShift & 15 | high << 4) - 32)
      }
    }
  }
}
