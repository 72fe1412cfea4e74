internal import CKernels

extension Kernels {
  /// Adds up `partial` over fixed blocks of 0..<count, in order.
  static func blockSum(_ count: Int, _ partial: (Range<Int>) -> Double) -> Double {
    let blockSize = elementBlock
    var partials = [Double](repeating: 0, count: (count + blockSize - 1) / blockSize)
    partials.withUnsafeMutableBufferPointer { partials in
      let partials = partials
      Threads.parallel(rows: count, blockSize: blockSize) {
        partials[$0.lowerBound / blockSize] = partial($0)
      }
    }
    return partials.reduce(0, +)
  }

  /// Σ x, in Double.
  public static func sum(_ x: Buffer) -> Double {
    let kernels = Processor.kernels
    return blockSum(x.count) { kernels.sum(x.pointer + $0.lowerBound, $0.count) }
  }

  /// Σ a·b, in Double.
  public static func dot(_ a: Buffer, _ b: Buffer) -> Double {
    precondition(a.count == b.count, "dot: counts differ")
    let kernels = Processor.kernels
    return blockSum(a.count) { kernels.dot(a.pointer + $0.lowerBound, b.pointer + $0.lowerBound, $0.count) }
  }

  /// Σ x², in Double.
  public static func sumOfSquares(_ x: Buffer) -> Double { dot(x, x) }

  /// The largest |x|; 0 for an empty buffer, NaN when there is one.
  public static func maxAbs(_ x: Buffer) -> Float {
    let kernels = Processor.kernels
    let blockSize = 4 * elementBlock
    var largest = [Float](repeating: 0, count: (x.count + blockSize - 1) / blockSize)
    largest.withUnsafeMutableBufferPointer { largest in
      let largest = largest
      Threads.parallel(rows: x.count, blockSize: blockSize) {
        largest[$0.lowerBound / blockSize] = kernels.max_abs(x.pointer + $0.lowerBound, $0.count)
      }
    }
    return largest.reduce(0) { $0.isNaN || $1.isNaN ? .nan : max($0, $1) }
  }

  /// Whether no element is infinite or NaN.
  public static func allFinite(_ x: Buffer) -> Bool {
    maxAbs(x).isFinite
  }

  /// The sum of the rows of `x`.
  ///
  /// - Parameters: `x` [rows, columns].
  /// - Returns: [columns]
  public static func sumRows(_ x: Buffer, rows: Int, columns: Int) -> Buffer {
    precondition(x.count == rows * columns, "sumRows: x is not rows × columns")
    return sumOfPartialRows(rows: rows, columns: columns) { range, sums in
      for row in range {
        let start = x.pointer + row * columns
        for i in 0..<columns { sums[i] += start[i] }
      }
    }
  }

  /// Adds [columns] partial sums of fixed row blocks, in order: the gradient of anything shared by all rows.
  static func sumOfPartialRows(
    rows: Int, columns: Int, _ body: (Range<Int>, UnsafeMutablePointer<Float>) -> Void
  ) -> Buffer {
    let blockSize = max(16, (rows + 63) / 64)
    let blocks = (rows + blockSize - 1) / blockSize
    let partials = Buffer.zeros(max(blocks, 1) * columns)
    Threads.parallel(rows: rows, blockSize: blockSize) { range in
      body(range, partials.pointer + range.lowerBound / blockSize * columns)
    }
    let result = Buffer.zeros(columns)
    for block in 0..<blocks {
      let partial = partials.pointer + block * columns
      for i in 0..<columns { result.pointer[i] += partial[i] }
    }
    return result
  }
}

extension PlainKernels {
  public static func sum(_ x: Buffer) -> Double { x.array().reduce(0.0) { $0 + Double($1) } }

  public static func dot(_ a: Buffer, _ b: Buffer) -> Double {
    zip(a.array(), b.array()).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
  }
}
