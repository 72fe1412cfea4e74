import Kernels

/// Numbers from the blocks of ggml's quantized types.
///
/// A block holds small whole numbers q and scales: x = d q, x = d q + m, or, in the K types, x = (d s) q − (dₘ m) with
/// scales s and m of their own for each 16 or 32 elements.
enum Dequantization {
  /// All blocks of `bytes`, in order.
  static func floats(_ bytes: [UInt8], type: GGUFTensorType) -> [Float] {
    let block = self.block(type)
    var values: [Float] = []
    values.reserveCapacity(bytes.count / type.bytesPerBlock * type.blockSize)
    for start in stride(from: 0, to: bytes.count, by: type.bytesPerBlock) {
      block(Block(bytes: bytes, start: start), &values)
    }
    return values
  }

  /// The bytes of one block, counted from its start.
  private struct Block {
    let bytes: [UInt8]
    let start: Int

    subscript(_ index: Int) -> Int { Int(bytes[start + index]) }
    func signed(_ index: Int) -> Int { Int(Int8(bitPattern: bytes[start + index])) }
    func half(_ index: Int) -> Float { HalfFloat.float(UInt16(self[index]) | UInt16(self[index + 1]) << 8) }
  }

  private static func block(_ type: GGUFTensorType) -> (Block, inout [Float]) -> Void {
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
    case .f32, .f16, .bf16: preconditionFailure("\(type.name) is not quantized")
    }
  }

  // MARK: 32 elements a block: low halves of 16 bytes, then high halves

  private static func q4_0(_ block: Block, _ values: inout [Float]) {
    let d = block.half(0)
    for i in 0..<16 { values.append(d * Float(block[2 + i] & 15 - 8)) }
    for i in 0..<16 { values.append(d * Float(block[2 + i] >> 4 - 8)) }
  }

  private static func q4_1(_ block: Block, _ values: inout [Float]) {
    let (d, m) = (block.half(0), block.half(2))
    for i in 0..<16 { values.append(d * Float(block[4 + i] & 15) + m) }
    for i in 0..<16 { values.append(d * Float(block[4 + i] >> 4) + m) }
  }

  /// The fifth bit of element i is bit i of four bytes.
  private static func fifthBit(_ block: Block, _ start: Int, _ element: Int) -> Int {
    (block[start + element / 8] >> (element % 8) & 1) << 4
  }

  private static func q5_0(_ block: Block, _ values: inout [Float]) {
    let d = block.half(0)
    for i in 0..<16 { values.append(d * Float((block[6 + i] & 15 | fifthBit(block, 2, i)) - 16)) }
    for i in 0..<16 { values.append(d * Float((block[6 + i] >> 4 | fifthBit(block, 2, i + 16)) - 16)) }
  }

  private static func q5_1(_ block: Block, _ values: inout [Float]) {
    let (d, m) = (block.half(0), block.half(2))
    for i in 0..<16 { values.append(d * Float(block[8 + i] & 15 | fifthBit(block, 4, i)) + m) }
    for i in 0..<16 { values.append(d * Float(block[8 + i] >> 4 | fifthBit(block, 4, i + 16)) + m) }
  }

  private static func q8_0(_ block: Block, _ values: inout [Float]) {
    let d = block.half(0)
    for i in 0..<32 { values.append(d * Float(block.signed(2 + i))) }
  }

  // MARK: 256 elements a block

  /// Scales of 16 (4 bits each for scale and minimum), 64 bytes of quarters, d, dₘ.
  private static func q2K(_ block: Block, _ values: inout [Float]) {
    let (d, least) = (block.half(80), block.half(82))
    for group in 0..<16 {
      let scale = d * Float(block[group] & 15), minimum = least * Float(block[group] >> 4)
      let (bytes, shift) = quarter(group)
      for i in 0..<16 { values.append(scale * Float(block[16 + bytes + i] >> shift & 3) - minimum) }
    }
  }

  /// Where the two bits of 16 elements lie: half a block is 32 bytes, read four times by pairs of bits.
  private static func quarter(_ group: Int) -> (bytes: Int, shift: Int) {
    (32 * (group / 8) + 16 * (group % 2), 2 * (group % 8 / 2))
  }

  /// 32 bytes of third bits, 64 bytes of quarters, 12 bytes of 6-bit scales, d.
  private static func q3K(_ block: Block, _ values: inout [Float]) {
    let d = block.half(108)
    for group in 0..<16 {
      let low = group < 8 ? block[96 + group] & 15 : block[96 + group - 8] >> 4
      let high = block[104 + group % 4] >> (2 * (group / 4)) & 3
      let scale = d * Float((low | high << 4) - 32)
      let (bytes, shift) = quarter(group)
      for i in 0..<16 {
        let third = block[16 * (group % 2) + i] >> (group / 2) & 1
        values.append(scale * Float(block[32 + bytes + i] >> shift & 3 - (third == 1 ? 0 : 4)))
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
  private static func q4K(_ block: Block, _ values: inout [Float]) {
    let (d, least) = (block.half(0), block.half(2))
    for group in 0..<8 {
      let (scale, minimum) = scaleAndMinimum(block, 4, group)
      let (bytes, shift) = (16 + 32 * (group / 2), 4 * (group % 2))
      for i in 0..<32 {
        values.append(d * scale * Float(block[bytes + i] >> shift & 15) - least * minimum)
      }
    }
  }

  /// As `q4K`, with 32 bytes of fifth bits after the scales.
  private static func q5K(_ block: Block, _ values: inout [Float]) {
    let (d, least) = (block.half(0), block.half(2))
    for group in 0..<8 {
      let (scale, minimum) = scaleAndMinimum(block, 4, group)
      let (bytes, shift) = (48 + 32 * (group / 2), 4 * (group % 2))
      for i in 0..<32 {
        let q = block[bytes + i] >> shift & 15 + (block[16 + i] >> group & 1) << 4
        values.append(d * scale * Float(q) - least * minimum)
      }
    }
  }

  /// 128 bytes of low halves, 64 bytes of high pairs of bits, 16 signed scales, d.
  private static func q6K(_ block: Block, _ values: inout [Float]) {
    let d = block.half(208)
    for group in 0..<8 {
      let half = group / 4, part = group % 4
      let low = 64 * half + 32 * (part % 2), lowShift = 4 * (part / 2)
      for i in 0..<32 {
        let scale = block.signed(192 + 8 * half + 2 * part + i / 16)
        let high = block[128 + 32 * half + i] >> (2 * part) & 3
        values.append(d * Float(scale) * Float((block[low + i] >> lowShift & 15 | high << 4) - 32))
      }
    }
  }
}
