/// Two matrix products in plain Swift, to be measured against: what a first course writes, and what blocking for the
/// caches makes of it.
///
/// Both compute C = op(A) op(B) in fp32: `a` [m, k], or [k, m] with `transposeA`; `b` [k, n], or [n, k] with
/// `transposeB`; `into` [m, n]. Rows of C are split over the threads.
public enum TextbookProducts {
  /// Three loops, one sum at a time.
  public static func naive(
    _ a: Buffer, _ b: Buffer, m: Int, n: Int, k: Int, transposeA: Bool = false, transposeB: Bool = false,
    into c: Buffer
  ) {
    check(a, b, c, m: m, n: n, k: k)
    let (a, b, c) = (a.pointer, b.pointer, c.pointer)
    let (aRow, aStep) = transposeA ? (1, m) : (k, 1)
    let (bColumn, bStep) = transposeB ? (k, 1) : (1, n)
    Threads.parallel(rows: m, blockSize: 16) { rows in
      for row in rows {
        for column in 0..<n {
          var sum: Float = 0
          for i in 0..<k { sum += a[row * aRow + i * aStep] * b[column * bColumn + i * bStep] }
          c[row * n + column] = sum
        }
      }
    }
  }

  /// Blocks that fit the caches: B's block is copied row by row first, so that the inner loop runs along rows of B and
  /// C, where the compiler uses vectors, and adds four steps of k each time it touches C.
  public static func blocked(
    _ a: Buffer, _ b: Buffer, m: Int, n: Int, k: Int, transposeA: Bool = false, transposeB: Bool = false,
    into c: Buffer
  ) {
    check(a, b, c, m: m, n: n, k: k)
    let (aPointer, bPointer, cPointer) = (a.pointer, b.pointer, c.pointer)
    let (aRow, aStep) = transposeA ? (1, m) : (k, 1)
    let (bColumn, bStep) = transposeB ? (k, 1) : (1, n)
    let (depth, width) = (128, 256)
    Threads.parallel(rows: m, blockSize: 64) { rows in
      let scratch = Buffer.uninitialized(depth * width)
      defer { withExtendedLifetime(scratch) {} }
      let block = scratch.pointer
      for row in rows { (cPointer + row * n).update(repeating: 0, count: n) }
      for column in stride(from: 0, to: n, by: width) {
        let columns = min(width, n - column)
        for start in stride(from: 0, to: k, by: depth) {
          let steps = min(depth, k - start)
          for i in 0..<steps {
            for j in 0..<columns {
              block[i * width + j] = bPointer[(column + j) * bColumn + (start + i) * bStep]
            }
          }
          // Rows beyond k count as zeros.
          let padded = (steps + 3) / 4 * 4
          if padded > steps { (block + steps * width).update(repeating: 0, count: (padded - steps) * width) }
          for row in rows {
            let left = aPointer + row * aRow + start * aStep
            let target = cPointer + row * n + column
            for i in stride(from: 0, to: steps, by: 4) {
              let a0 = left[i * aStep]
              let a1 = i + 1 < steps ? left[(i + 1) * aStep] : 0
              let a2 = i + 2 < steps ? left[(i + 2) * aStep] : 0
              let a3 = i + 3 < steps ? left[(i + 3) * aStep] : 0
              let (b0, b1) = (block + i * width, block + (i + 1) * width)
              let (b2, b3) = (block + (i + 2) * width, block + (i + 3) * width)
              for j in 0..<columns { target[j] += a0 * b0[j] + a1 * b1[j] + (a2 * b2[j] + a3 * b3[j]) }
            }
          }
        }
      }
    }
  }

  private static func check(_ a: Buffer, _ b: Buffer, _ c: Buffer, m: Int, n: Int, k: Int) {
    precondition(
      a.count == m * k && b.count == k * n && c.count == m * n, "a product's buffers do not match m, n, k")
  }
}
