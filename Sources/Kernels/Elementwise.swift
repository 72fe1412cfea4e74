import Glibc

extension Kernels {
  /// Elements per block of an element-wise loop: 64 KiB, so that a block's arrays stay in the second cache.
  static let elementBlock = 16384

  /// a + b, element by element.
  public static func add(_ a: Buffer, _ b: Buffer) -> Buffer {
    precondition(a.count == b.count, "add: counts differ")
    let y = Buffer.uninitialized(a.count)
    Threads.parallel(rows: a.count, blockSize: elementBlock) { range in
      let (y, a, b) = (y.pointer, a.pointer, b.pointer)
      for i in range { y[i] = a[i] + b[i] }
    }
    return y
  }

  /// a − b, element by element.
  public static func subtract(_ a: Buffer, _ b: Buffer) -> Buffer {
    precondition(a.count == b.count, "subtract: counts differ")
    let y = Buffer.uninitialized(a.count)
    Threads.parallel(rows: a.count, blockSize: elementBlock) { range in
      let (y, a, b) = (y.pointer, a.pointer, b.pointer)
      for i in range { y[i] = a[i] - b[i] }
    }
    return y
  }

  /// a ⊙ b, element by element.
  public static func multiply(_ a: Buffer, _ b: Buffer) -> Buffer {
    precondition(a.count == b.count, "multiply: counts differ")
    let y = Buffer.uninitialized(a.count)
    Threads.parallel(rows: a.count, blockSize: elementBlock) { range in
      let (y, a, b) = (y.pointer, a.pointer, b.pointer)
      for i in range { y[i] = a[i] * b[i] }
    }
    return y
  }

  /// s·a.
  public static func scale(_ a: Buffer, _ s: Float) -> Buffer {
    let y = Buffer.uninitialized(a.count)
    Threads.parallel(rows: a.count, blockSize: elementBlock) { range in
      let (y, a) = (y.pointer, a.pointer)
      for i in range { y[i] = s * a[i] }
    }
    return y
  }

  /// target ← s·target, in place.
  public static func scaleInPlace(_ target: Buffer, _ s: Float) {
    Threads.parallel(rows: target.count, blockSize: elementBlock) { range in
      let target = target.pointer
      for i in range { target[i] *= s }
    }
  }

  /// target ← target + scale·a, in place.
  public static func addInto(_ target: Buffer, _ a: Buffer, scale: Float = 1) {
    precondition(target.count == a.count, "addInto: counts differ")
    Threads.parallel(rows: a.count, blockSize: elementBlock) { range in
      let (target, a) = (target.pointer, a.pointer)
      if scale == 1 {
        for i in range { target[i] += a[i] }
      } else {
        for i in range { target[i] += scale * a[i] }
      }
    }
  }

  /// Sets every element of `target` to `value`.
  public static func fill(_ target: Buffer, _ value: Float) {
    Threads.parallel(rows: target.count, blockSize: 16 * elementBlock) { range in
      (target.pointer + range.lowerBound).update(repeating: value, count: range.count)
    }
  }

  /// x with `bias` added to each of its rows.
  ///
  /// - Parameters: `x` [rows, columns]; `bias` [columns].
  public static func addRowBias(_ x: Buffer, _ bias: Buffer, rows: Int) -> Buffer {
    let columns = bias.count
    precondition(x.count == rows * columns, "addRowBias: x is not rows × bias")
    let y = Buffer.uninitialized(x.count)
    Threads.parallel(rows: rows, blockSize: rowBlock(columns)) { range in
      let (y, x, bias) = (y.pointer, x.pointer, bias.pointer)
      for row in range {
        let start = row * columns
        for i in 0..<columns { y[start + i] = x[start + i] + bias[i] }
      }
    }
    return y
  }

  /// x with each row multiplied by its factor.
  ///
  /// - Parameters: `x` [rows, columns]; `factors` [rows].
  public static func scaleRows(_ x: Buffer, _ factors: Buffer) -> Buffer {
    let rows = factors.count
    let columns = rows == 0 ? 0 : x.count / rows
    precondition(x.count == rows * columns, "scaleRows: x is not a whole number of rows")
    let y = Buffer.uninitialized(x.count)
    Threads.parallel(rows: rows, blockSize: rowBlock(columns)) { range in
      let (y, x) = (y.pointer, x.pointer)
      for row in range {
        let start = row * columns
        let factor = factors.pointer[row]
        for i in 0..<columns { y[start + i] = factor * x[start + i] }
      }
    }
    return y
  }

  /// Rows per block when each row has `columns` elements: about 16 Ki elements, at least one row.
  static func rowBlock(_ columns: Int) -> Int { max(1, elementBlock / max(columns, 1)) }
}
