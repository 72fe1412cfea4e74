internal import CKernels
import Glibc

extension Kernels {
  /// exp(xᵢ) / Σ exp(xⱼ), row by row.
  ///
  /// - Parameters: `x` [rows, columns].
  public static func softmax(_ x: Buffer, rows: Int) -> Buffer { softmax(x, rows: rows, logarithm: false) }

  /// xᵢ − log Σ exp(xⱼ), row by row.
  public static func logSoftmax(_ x: Buffer, rows: Int) -> Buffer { softmax(x, rows: rows, logarithm: true) }

  private static func softmax(_ x: Buffer, rows: Int, logarithm: Bool) -> Buffer {
    let columns = rowLength(x, rows)
    let y = Buffer.uninitialized(x.count)
    let kernels = Processor.kernels
    Threads.parallel(rows: rows, blockSize: vocabularyBlock(columns)) { range in
      let start = range.lowerBound * columns
      kernels.softmax(y.pointer + start, x.pointer + start, range.count, columns, logarithm)
    }
    return y
  }

  /// Rows per block when a row is a pass of exponentials: about 4 Ki elements.
  static func vocabularyBlock(_ columns: Int) -> Int { max(1, elementBlock / 4 / max(columns, 1)) }

  /// dx = y ⊙ (dy − Σ dy·y), from the result y of `softmax`.
  public static func softmaxPullback(_ dy: Buffer, y: Buffer, rows: Int) -> Buffer {
    let columns = rowLength(y, rows, dy)
    let dx = Buffer.uninitialized(y.count)
    Threads.parallel(rows: rows, blockSize: rowBlock(columns)) { range in
      for row in range {
        let (y, dy, dx) = (y.pointer + row * columns, dy.pointer + row * columns, dx.pointer + row * columns)
        var inner = 0.0
        for i in 0..<columns { inner += Double(dy[i]) * Double(y[i]) }
        for i in 0..<columns { dx[i] = y[i] * (dy[i] - Float(inner)) }
      }
    }
    return dx
  }

  /// dx = dy − exp(y)·Σ dy, from the result y of `logSoftmax`.
  public static func logSoftmaxPullback(_ dy: Buffer, y: Buffer, rows: Int) -> Buffer {
    let columns = rowLength(y, rows, dy)
    let dx = Buffer.uninitialized(y.count)
    Threads.parallel(rows: rows, blockSize: rowBlock(columns)) { range in
      for row in range {
        let (y, dy, dx) = (y.pointer + row * columns, dy.pointer + row * columns, dx.pointer + row * columns)
        var sum = 0.0
        for i in 0..<columns { sum += Double(dy[i]) }
        for i in 0..<columns { dx[i] = dy[i] - expf(y[i]) * Float(sum) }
      }
    }
    return dx
  }

  /// The columns of a buffer of `rows` rows; `others` must have its count.
  static func rowLength(_ x: Buffer, _ rows: Int, _ others: Buffer...) -> Int {
    let columns = rows == 0 ? 0 : x.count / rows
    precondition(x.count == rows * columns, "a buffer is not a whole number of rows")
    for other in others { precondition(other.count == x.count, "buffers of different counts") }
    return columns
  }
}

extension PlainKernels {
  public static func softmax(_ x: Buffer, rows: Int) -> Buffer {
    let y = logSoftmax(x, rows: rows)
    for i in 0..<y.count { y.pointer[i] = expf(y.pointer[i]) }
    return y
  }

  public static func logSoftmax(_ x: Buffer, rows: Int) -> Buffer {
    let columns = Kernels.rowLength(x, rows)
    let y = Buffer.uninitialized(x.count)
    for row in 0..<rows {
      let (x, y) = (x.pointer + row * columns, y.pointer + row * columns)
      let logSumExp = logSumExp(x, columns)
      for i in 0..<columns { y[i] = Float(Double(x[i]) - logSumExp) }
    }
    return y
  }

  /// log Σ exp(scale·xᵢ), in Double.
  static func logSumExp(_ x: UnsafePointer<Float>, _ count: Int, scale: Double = 1) -> Double {
    var largest = -Double.infinity
    for i in 0..<count { largest = max(largest, scale * Double(x[i])) }
    // Subtract the maximum first: exp overflows above 709.
    var sum = 0.0
    for i in 0..<count { sum += exp(scale * Double(x[i]) - largest) }
    return largest + log(sum)
  }
}
