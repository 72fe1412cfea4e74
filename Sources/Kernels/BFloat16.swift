/// bfloat16: the upper half of a 32-bit float, 8 bits of precision.
public enum BFloat16 {
  /// The nearest bfloat16, ties to even; NaN stays a (quiet) NaN.
  public static func bits(_ x: Float) -> UInt16 {
    let bits = x.bitPattern
    if x.isNaN { return UInt16(bits >> 16) | 0x40 }
    return UInt16((bits &+ 0x7FFF &+ (bits >> 16 & 1)) >> 16)
  }

  public static func float(_ bits: UInt16) -> Float { Float(bitPattern: UInt32(bits) << 16) }
}

extension Kernels {
  /// The values rounded to bfloat16, as floats.
  static func roundedToBF16(_ x: Buffer) -> Buffer {
    let y = Buffer.uninitialized(x.count)
    Threads.parallel(rows: x.count, blockSize: elementBlock) { range in
      for i in range {
        let bits = x.pointer[i].bitPattern
        let rounded = (bits &+ 0x7FFF &+ (bits >> 16 & 1)) & 0xFFFF_0000
        // Rounding may carry a NaN's payload over into an infinity: keep it quiet instead.
        y.pointer[i] = Float(bitPattern: bits & 0x7FFF_FFFF > 0x7F80_0000 ? bits | 0x40_0000 : rounded)
      }
    }
    return y
  }
}
