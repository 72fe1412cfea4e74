extension Kernels {
  /// y = x / (1 − rate) where a draw keeps the element, 0 elsewhere.
  ///
  /// Whether element i is kept depends on the seed and i alone (SplitMix64 of the element's place), so that the same call
  /// on a gradient is the pullback, and nothing has to be stored.
  ///
  /// - Parameter rate: the share that is dropped, from 0 to below 1, to within 2⁻¹⁶.
  public static func dropout(_ x: Buffer, rate: Float, seed: UInt64) -> Buffer {
    precondition(rate >= 0 && rate < 1, "dropout: rate")
    let y = Buffer.uninitialized(x.count)
    let threshold = UInt64(rate * 65_536)
    let scale = 1 / (1 - rate)
    // Four elements share a draw; a block is a multiple of four.
    Threads.parallel(rows: (x.count + 3) / 4, blockSize: elementBlock / 4) { range in
      for group in range {
        var draw = seed &+ (UInt64(group) &+ 1) &* 0x9E37_79B9_7F4A_7C15
        draw = (draw ^ draw >> 30) &* 0xBF58_476D_1CE4_E5B9
        draw = (draw ^ draw >> 27) &* 0x94D0_49BB_1331_11EB
        draw ^= draw >> 31
        for i in 4 * group..<min(4 * group + 4, x.count) {
          y.pointer[i] = draw & 0xFFFF < threshold ? 0 : x.pointer[i] * scale
          draw >>= 16
        }
      }
    }
    return y
  }
}
