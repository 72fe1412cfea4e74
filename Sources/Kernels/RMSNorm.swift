internal import CKernels
import Glibc

extension Kernels {
  /// y = w ⊙ x / sqrt(mean(x²) + ε), row by row    (Zhang & Sennrich 2019, eq. 4, with ε)
  ///
  /// - Parameters: `x` [rows, hidden]; `weight` [hidden].
  /// - Returns: `y` [rows, hidden]; `inverseRMS` [rows], which the pullback wants back.
  public static func rmsNorm(
    _ x: Buffer, weight: Buffer, rows: Int, epsilon: Float
  ) -> (y: Buffer, inverseRMS: Buffer) {
    let hidden = weight.count
    precondition(x.count == rows * hidden, "rmsNorm: x is not rows × weight")
    let y = Buffer.uninitialized(x.count)
    let inverseRMS = Buffer.uninitialized(rows)
    let kernels = Processor.kernels
    Threads.parallel(rows: rows, blockSize: rowBlock(hidden)) { range in
      let start = range.lowerBound
      kernels.rms_norm(
        y.pointer + start * hidden, inverseRMS.pointer + start, x.pointer + start * hidden, weight.pointer,
        range.count, hidden, epsilon)
    }
    return (y, inverseRMS)
  }

  /// The gradients of `rmsNorm`.
  ///
  /// With r = 1/sqrt(mean(x²) + ε) and g = dy ⊙ w:  dx = r·g − x·r³·mean(g·x),  dw = Σ over rows of dy ⊙ x·r.
  /// With `addingTo` dx is added to that buffer, which is returned.
  public static func rmsNormPullback(
    _ dy: Buffer, _ x: Buffer, weight: Buffer, inverseRMS: Buffer, rows: Int, addingTo sum: Buffer? = nil
  ) -> (dx: Buffer, dWeight: Buffer) {
    let hidden = weight.count
    precondition(
      x.count == rows * hidden && dy.count == x.count && sum?.count ?? x.count == x.count,
      "rmsNormPullback: shapes differ")
    let dx = sum ?? Buffer.uninitialized(x.count)
    let kernels = Processor.kernels
    let dWeight = sumOfPartialRows(rows: rows, columns: hidden) { range, sums in
      let start = range.lowerBound * hidden
      kernels.rms_norm_pullback(
        dx.pointer + start, sums, dy.pointer + start, x.pointer + start, weight.pointer,
        inverseRMS.pointer + range.lowerBound, range.count, hidden, sum != nil)
    }
    return (dx, dWeight)
  }
}

extension PlainKernels {
  public static func rmsNorm(
    _ x: Buffer, weight: Buffer, rows: Int, epsilon: Float
  ) -> (y: Buffer, inverseRMS: Buffer) {
    let hidden = weight.count
    precondition(x.count == rows * hidden, "rmsNorm: x is not rows × weight")
    let y = Buffer.uninitialized(x.count)
    let inverseRMS = Buffer.uninitialized(rows)
    for row in 0..<rows {
      let (x, y) = (x.pointer + row * hidden, y.pointer + row * hidden)
      var sum = 0.0
      for i in 0..<hidden { sum += Double(x[i]) * Double(x[i]) }
      let inverse = Float(1 / (sum / Double(hidden) + Double(epsilon)).squareRoot())
      inverseRMS.pointer[row] = inverse
      for i in 0..<hidden { y[i] = x[i] * inverse * weight.pointer[i] }
    }
    return (y, inverseRMS)
  }

  public static func rmsNormPullback(
    _ dy: Buffer, _ x: Buffer, weight: Buffer, inverseRMS: Buffer, rows: Int
  ) -> (dx: Buffer, dWeight: Buffer) {
    let hidden = weight.count
    precondition(x.count == rows * hidden && dy.count == x.count, "rmsNormPullback: shapes differ")
    let dx = Buffer.uninitialized(x.count)
    let dWeight = Buffer.zeros(hidden)
    for row in 0..<rows {
      let (x, dy, dx) = (x.pointer + row * hidden, dy.pointer + row * hidden, dx.pointer + row * hidden)
      let inverse = inverseRMS.pointer[row]
      var sum = 0.0
      for i in 0..<hidden { sum += Double(dy[i] * weight.pointer[i]) * Double(x[i]) }
      let factor = Float(sum / Double(max(hidden, 1))) * inverse * inverse * inverse
      for i in 0..<hidden {
        dx[i] = dy[i] * weight.pointer[i] * inverse - x[i] * factor
        dWeight.pointer[i] += dy[i] * x[i] * inverse
      }
    }
    return (dx, dWeight)
  }
}
