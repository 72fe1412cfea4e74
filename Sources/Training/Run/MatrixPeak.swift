import Kernels

/// What the machine's matrix products reach at present: the yardstick of `train/model_flops_utilization`.
enum MatrixPeak {
  /// Floating-point operations per second, the best of a few products of 512 × 512 × 512, within about 50 ms.
  static func measure(_ precision: Precision) -> Double {
    let side = 512
    let a = Buffer.repeating(0.5, count: side * side)
    let b = Buffer.repeating(0.25, count: side * side)
    let c = Buffer.uninitialized(side * side)
    let clock = ContinuousClock()
    let start = clock.now
    var best = 0.0
    repeat {
      let seconds = clock.measure {
        Kernels.matmul(a, b, m: side, n: side, k: side, transposeB: true, into: c, precision: precision)
      }.seconds
      if seconds > 0 { best = max(best, 2 * Double(side * side * side) / seconds) }
    } while (clock.now - start).seconds < 0.05
    return best
  }
}
