internal import CKernels

extension Kernels {
  /// y = x / (1 − rate) where a draw keeps the element, 0 elsewhere.
  ///
  /// Whether an element is kept depends on the seed and its place alone, so that the same call on a gradient is the
  /// pullback, and nothing has to be stored.
  ///
  /// - Parameter rate: the share that is dropped, from 0 to below 1.
  public static func dropout(_ x: Buffer, rate: Float, seed: UInt64) -> Buffer {
    precondition(rate >= 0 && rate < 1, "dropout: rate")
    let y = Buffer.uninitialized(x.count)
    let kernels = Processor.kernels
    Threads.parallel(rows: x.count, blockSize: elementBlock) { range in
      kernels.dropout(
        y.pointer + range.lowerBound, x.pointer + range.lowerBound, range.count, UInt64(range.lowerBound),
        seed,
        dropoutThreshold(rate), 1 / (1 - rate))
    }
    return y
  }

  /// Draws of 32 bits below it drop their element.
  fileprivate static func dropoutThreshold(_ rate: Float) -> UInt32 { UInt32(Double(rate) * 0x1p32) }
}

extension PlainKernels {
  /// The plain twin of `Kernels.dropout`, bit for bit.
  package static func dropout(_ x: Buffer, rate: Float, seed: UInt64) -> Buffer {
    let (threshold, scale) = (Kernels.dropoutThreshold(rate), 1 / (1 - rate))
    let values = x.array().enumerated().map { index, x -> Float in
      var draw = UInt32(truncatingIfNeeded: index) &* 0x9E37_79B9 &+ UInt32(truncatingIfNeeded: seed)
      draw ^= UInt32(truncatingIfNeeded: seed >> 32)
      draw = (draw ^ draw >> 16) &* 0x21F0_AAAD
      draw = (draw ^ draw >> 15) &* 0x735A_2D97
      draw ^= draw >> 15
      return draw < threshold ? 0 : x * scale
    }
    return Buffer(values)
  }
}
