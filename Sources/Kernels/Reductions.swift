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
  public static func sum(_ x: Buffer) -> Double { blockSum(x.count) { PlainKernels.sum(x, $0) } }

  /// Σ a·b, in Double.
  public static func dot(_ a: Buffer, _ b: Buffer) -> Double {
    precondition(a.count == b.count, "dot: counts differ")
    return blockSum(a.count) { PlainKernels.dot(a, b, $0) }
  }

  /// Σ x², in Double.
  public static func sumOfSquares(_ x: Buffer) -> Double { blockSum(x.count) { PlainKernels.dot(x, x, $0) } }

  /// The largest |x|; 0 for an empty buffer, NaN when there is one.
  public static func maxAbs(_ x: Buffer) -> Float {
    var largest: Float = 0
    for i in 0..<x.count {
      let magnitude = abs(x.pointer[i])
      if magnitude.isNaN { return .nan }
      if magnitude > largest { largest = magnitude }
    }
    return largest
  }

  /// Whether no element is infinite or NaN.
  public static func allFinite(_ x: Buffer) -> Bool {
    // x·0 is 0 for a finite x and NaN otherwise; NaN survives the sum.
    let zero = blockSum(x.count) { range in
      var sums = (Float(0), Float(0), Float(0), Float(0))
      var i = range.lowerBound
      while i + 4 <= range.upperBound {
        sums.0 += x.pointer[i] * 0
        sums.1 += x.pointer[i + 1] * 0
        sums.2 += x.pointer[i + 2] * 0
        sums.3 += x.pointer[i + 3] * 0
        i += 4
      }
      while i < range.upperBound {
        sums.0 += x.pointer[i] * 0
        i += 1
      }
      return Double(sums.0 + sums.1 + sums.2 + sums.3)
    }
    return zero == 0
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
  static func sum(_ x: Buffer, _ range: Range<Int>) -> Double {
    var sum = 0.0
    for i in range { sum += Double(x.pointer[i]) }
    return sum
  }

  static func dot(_ a: Buffer, _ b: Buffer, _ range: Range<Int>) -> Double {
    var sum = 0.0
    for i in range { sum += Double(a.pointer[i]) * Double(b.pointer[i]) }
    return sum
  }
}
