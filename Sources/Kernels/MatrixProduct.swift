/// Loops over memory: each function does a whole tensor's work, on the process's threads.
///
/// Matrices are row-major and contiguous. Shapes that do not fit are the caller's mistake and stop the process.
public enum Kernels {}

/// The same functions as plain loops on one thread: the definition that tests hold the fast paths to.
public enum PlainKernels {}

/// Who multiplies in fp32.
public enum FP32Product: Sendable, Equatable {
  /// Panels where they are at least as fast: with AVX-512, for more than a few rows, from some millions of operations on.
  case automatic
  /// The system's OpenBLAS, on one thread a block.
  case openBLAS
  /// The kernels of this program, with both matrices packed in the call.
  case panels
}

extension Kernels {
  /// C = op(A) op(B), or C += op(A) op(B).
  ///
  /// - Parameters: `a` [m, k], or [k, m] with `transposeA`; `b` [k, n], or [n, k] with `transposeB`; `into` [m, n].
  ///   With `accumulate` the product is added to `into`; without, it replaces it (k = 0 gives zeros).
  ///   `precision` bf16 rounds both inputs to bfloat16; sums are fp32 in either case. `fp32` chooses who multiplies
  ///   where the processor has no bf16 product or none is asked for.
  /// The result does not depend on the number of threads.
  public static func matmul(
    _ a: Buffer, _ b: Buffer, m: Int, n: Int, k: Int, transposeA: Bool = false, transposeB: Bool = false,
    into c: Buffer, accumulate: Bool = false, precision: Precision = .current, fp32: FP32Product = .automatic
  ) {
    precondition(
      a.count == m * k && b.count == k * n && c.count == m * n, "matmul: buffers do not match m, n, k")
    guard m > 0, n > 0 else { return }
    guard k > 0 else {
      if !accumulate { fill(c, 0) }
      return
    }
    if takesPanels(m: m, n: n, k: k, precision: precision, fp32: fp32) {
      let packed = PanelProduct.pack(b, n: n, k: k, transposed: transposeB, precision: precision)
      return PanelProduct.multiply(
        a, transposed: transposeA, packed: packed, m: m, n: n, k: k, into: c, accumulate: accumulate,
        precision: precision)
    }
    if precision == .bf16 {
      return matmul(
        roundedToBF16(a), roundedToBF16(b), m: m, n: n, k: k, transposeA: transposeA, transposeB: transposeB,
        into: c, accumulate: accumulate, precision: .fp32, fp32: fp32)
    }
    multiplyByOpenBLAS(
      a, b, m: m, n: n, k: k, transposeA: transposeA, transposeB: transposeB, into: c, accumulate: accumulate)
  }

  /// Whether a product is computed by panels: bf16 where the processor multiplies it, fp32 by `FP32Product`.
  static func takesPanels(
    m: Int, n: Int, k: Int, precision: Precision, fp32: FP32Product = .automatic
  ) -> Bool {
    switch (precision, fp32) {
    case (.bf16, _): Processor.multipliesBF16
    case (.fp32, .automatic): Processor.variant >= .v4 && m > 32 && m * n * k >= 1 << 22
    case (.fp32, .panels): true
    case (.fp32, .openBLAS): false
    }
  }

  /// Splits the product into blocks of rows, or of columns when there are few rows; each block is one OpenBLAS call.
  ///
  /// Block edges depend on the shape alone: OpenBLAS chooses its inner kernel, and so its rounding, by the shape.
  private static func multiplyByOpenBLAS(
    _ a: Buffer, _ b: Buffer, m: Int, n: Int, k: Int, transposeA: Bool, transposeB: Bool, into c: Buffer,
    accumulate: Bool
  ) {
    let aStride = transposeA ? m : k
    let bStride = transposeB ? k : n
    // Below this the join costs more than the second core brings.
    let isSmall = m * n * k < 1 << 17
    if m >= n || m >= 512 {
      let blockSize = isSmall ? m : m >= 1024 ? 256 : m >= 256 ? 128 : 32
      Threads.parallel(rows: m, blockSize: blockSize) { rows in
        let start = rows.lowerBound
        OpenBLAS.multiply(
          a.pointer + (transposeA ? start : start * k), stride: aStride, transposed: transposeA,
          b.pointer, stride: bStride, transposed: transposeB,
          m: rows.count, n: n, k: k, into: c.pointer + start * n, stride: n, accumulate: accumulate)
      }
    } else {
      let blockSize = isSmall ? n : n >= 1024 ? 256 : n >= 256 ? 128 : 32
      Threads.parallel(rows: n, blockSize: blockSize) { columns in
        let start = columns.lowerBound
        OpenBLAS.multiply(
          a.pointer, stride: aStride, transposed: transposeA,
          b.pointer + (transposeB ? start * k : start), stride: bStride, transposed: transposeB,
          m: m, n: columns.count, k: k, into: c.pointer + start, stride: n, accumulate: accumulate)
      }
    }
  }
}

extension PlainKernels {
  public static func matmul(
    _ a: Buffer, _ b: Buffer, m: Int, n: Int, k: Int, transposeA: Bool = false, transposeB: Bool = false,
    into c: Buffer, accumulate: Bool = false, precision: Precision = .current
  ) {
    let a = precision == .bf16 ? Kernels.roundedToBF16(a) : a
    let b = precision == .bf16 ? Kernels.roundedToBF16(b) : b
    for row in 0..<m {
      for column in 0..<n {
        var sum = 0.0
        for i in 0..<k {
          let left = a.pointer[transposeA ? i * m + row : row * k + i]
          let right = b.pointer[transposeB ? column * k + i : i * n + column]
          sum += Double(left) * Double(right)
        }
        c.pointer[row * n + column] = Float(sum) + (accumulate ? c.pointer[row * n + column] : 0)
      }
    }
  }
}
