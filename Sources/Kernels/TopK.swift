internal import CKernels

extension Kernels {
  /// The k largest logits of each row, largest first (the lower index first among equals), and each row's
  /// log Σ exp(logits / temperature).
  ///
  /// log-probabilities at the temperature are values / temperature − logSumExp.
  /// - Parameters: `logits` [rows, columns]; 0 ≤ k ≤ columns.
  /// - Returns: `values` and `indices` [rows, k]; `logSumExp` [rows].
  public static func topK(
    _ logits: Buffer, rows: Int, columns: Int, k: Int, temperature: Float = 1
  ) -> (values: Buffer, indices: [Int32], logSumExp: Buffer) {
    precondition(logits.count == rows * columns && k >= 0 && k <= columns, "topK: shapes differ")
    let values = Buffer.uninitialized(rows * k)
    let logSumExp = Buffer.uninitialized(rows)
    let kernels = Processor.kernels
    let indices = [Int32](unsafeUninitializedCapacity: rows * k) { indices, count in
      if let base = indices.baseAddress {
        Threads.parallel(rows: rows, blockSize: max(1, rowBlock(columns) / 4)) { range in
          for row in range {
            selectLargest(
              logits.pointer + row * columns, columns, k, values.pointer + row * k, base + row * k)
          }
        }
      }
      count = rows * k
    }
    Threads.parallel(rows: rows, blockSize: max(1, rowBlock(columns) / 4)) { range in
      for row in range {
        logSumExp.pointer[row] = kernels.log_sum_exp(logits.pointer + row * columns, columns, 1 / temperature)
      }
    }
    return (values, indices, logSumExp)
  }

  /// Keeps a min-heap of the k largest, then empties it from the back.
  private static func selectLargest(
    _ x: UnsafePointer<Float>, _ count: Int, _ k: Int, _ values: UnsafeMutablePointer<Float>,
    _ indices: UnsafeMutablePointer<Int32>
  ) {
    guard k > 0 else { return }
    /// Whether entry a ranks below entry b.
    func isBelow(_ a: Int, _ b: Int) -> Bool {
      values[a] < values[b] || (values[a] == values[b] && indices[a] > indices[b])
    }
    func swapEntries(_ a: Int, _ b: Int) {
      (values[a], values[b]) = (values[b], values[a])
      (indices[a], indices[b]) = (indices[b], indices[a])
    }
    func siftDown(_ start: Int, _ end: Int) {
      var parent = start
      while 2 * parent + 1 < end {
        var child = 2 * parent + 1
        if child + 1 < end, isBelow(child + 1, child) { child += 1 }
        guard isBelow(child, parent) else { return }
        swapEntries(child, parent)
        parent = child
      }
    }
    for i in 0..<k {
      values[i] = x[i]
      indices[i] = Int32(i)
    }
    for start in stride(from: k / 2 - 1, through: 0, by: -1) { siftDown(start, k) }
    for i in k..<count where x[i] > values[0] {
      values[0] = x[i]
      indices[0] = Int32(i)
      siftDown(0, k)
    }
    for end in stride(from: k - 1, to: 0, by: -1) {
      swapEntries(0, end)
      siftDown(0, end)
    }
  }
}
