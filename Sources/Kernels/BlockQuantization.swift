extension Kernels {
  /// `values` in blocks of 32, as ggml's reference quantizer makes them.
  ///
  /// Q8_0: d = max |x| / 127, q = x / d rounded to the nearest. Q4_0: d = the element of the largest size / −8, q =
  /// x / d + 8.5 cut off, so that this element is met at q = 0; element i lies in the lower half of byte i, element
  /// i + 16 in its upper half. d is stored in half precision.
  ///
  /// - Parameter values: a whole number of blocks, all finite.
  /// - Returns: for each block d, then the numbers; see `BlockType.bytes`.
  public static func quantizedBlocks(_ values: Buffer, type: BlockType) -> [UInt8] {
    precondition(values.count.isMultiple(of: BlockType.columns), "quantizedBlocks: a broken block at the end")
    let blocks = values.count / BlockType.columns
    return [UInt8](unsafeUninitializedCapacity: blocks * type.bytes) { bytes, count in
      let bytes = bytes.baseAddress
      Threads.parallel(rows: blocks, blockSize: 512) { range in
        for block in range {
          let x = values.pointer + block * BlockType.columns
          guard let out = bytes.map({ $0 + block * type.bytes }) else { return }
          switch type {
          case .q8_0: quantize8(x, out)
          case .q4_0: quantize4(x, out)
          }
        }
      }
      count = blocks * type.bytes
    }
  }

  private static func quantize8(_ x: UnsafePointer<Float>, _ out: UnsafeMutablePointer<UInt8>) {
    var largest: Float = 0
    for i in 0..<32 { largest = max(largest, abs(x[i])) }
    let d = largest / 127
    store(scale: d, out)
    let inverse = inverse(d)
    for i in 0..<32 {
      let q = max(-127, min(127, (x[i] * inverse).rounded(.toNearestOrAwayFromZero)))
      out[2 + i] = UInt8(bitPattern: Int8(q))
    }
  }

  private static func quantize4(_ x: UnsafePointer<Float>, _ out: UnsafeMutablePointer<UInt8>) {
    var largest: Float = 0
    for i in 0..<32 where abs(x[i]) > abs(largest) { largest = x[i] }
    let d = largest / -8
    store(scale: d, out)
    let inverse = inverse(d)
    func number(_ x: Float) -> UInt8 { UInt8(max(0, min(15, x * inverse + 8.5))) }
    for i in 0..<16 { out[2 + i] = number(x[i]) | number(x[i + 16]) << 4 }
  }

  /// 1 / d; 0 where the block is so small that d vanishes.
  private static func inverse(_ d: Float) -> Float { d == 0 || !(1 / d).isFinite ? 0 : 1 / d }

  private static func store(scale: Float, _ out: UnsafeMutablePointer<UInt8>) {
    let bits = HalfFloat.bits(scale)
    (out[0], out[1]) = (UInt8(bits & 255), UInt8(bits >> 8))
  }
}
