import Glibc

extension Kernels {
  /// The smallest probability of the tail bucket: log 0 would make a reverse divergence infinite.
  static let smallestTail = 1e-7

  /// Log-probabilities of k named tokens per row and of all the others together.
  ///
  /// yⱼ = x[idⱼ]/T − log Σ exp(x/T) for the named, y_k = log max(1 − Σ exp yⱼ, 1e-7)
  /// - Parameters: `logits` [rows, columns]; `indices` [rows, k], no id twice in a row; `temperature` T > 0.
  /// - Returns: [rows, k + 1], the tail last.
  public static func topKBuckets(
    _ logits: Buffer, indices: [Int32], rows: Int, columns: Int, temperature: Float
  ) -> Buffer {
    precondition(
      logits.count == rows * columns && (rows == 0 || indices.count % rows == 0), "topKBuckets: shapes differ"
    )
    for index in indices { precondition(index >= 0 && Int(index) < columns, "topKBuckets: index") }
    let k = rows == 0 ? 0 : indices.count / rows
    let y = Buffer.uninitialized(rows * (k + 1))
    Threads.parallel(rows: rows, blockSize: rowBlock(columns)) { range in
      for row in range {
        let (x, y) = (logits.pointer + row * columns, y.pointer + row * (k + 1))
        let sums = BucketSums(x, indices[row * k..<(row + 1) * k], columns, 1 / temperature)
        for j in 0..<k {
          let id = Int(indices[row * k + j])
          y[j] = Float(Double((x[id] - sums.largest) / temperature) - log(sums.total))
        }
        y[k] = Float(log(max(sums.rest / sums.total, smallestTail)))
      }
    }
    return y
  }

  /// dxᵢ = (dyⱼ of its own bucket · share of i in that bucket − sᵢ Σ dy) / T, s = softmax(x/T)
  ///
  /// A named token is the whole of its bucket; a token of the tail has the share sᵢ / Σ of the tail. Where the tail was
  /// raised to its smallest value its gradient is 0.
  public static func topKBucketsPullback(
    _ dy: Buffer, logits: Buffer, indices: [Int32], rows: Int, columns: Int, temperature: Float
  ) -> Buffer {
    let k = rows == 0 ? 0 : indices.count / rows
    precondition(
      logits.count == rows * columns && dy.count == rows * (k + 1), "topKBucketsPullback: shapes differ")
    let dx = Buffer.uninitialized(logits.count)
    Threads.parallel(rows: rows, blockSize: rowBlock(columns)) { range in
      for row in range {
        let (x, dx) = (logits.pointer + row * columns, dx.pointer + row * columns)
        let dy = dy.pointer + row * (k + 1)
        let named = indices[row * k..<(row + 1) * k]
        let sums = BucketSums(x, named, columns, 1 / temperature)
        let isClamped = sums.rest / sums.total < smallestTail
        let tail = isClamped ? 0 : Double(dy[k])
        var sum = tail
        for j in 0..<k { sum += Double(dy[j]) }
        let inside = -sum / sums.total
        let outside = inside + (isClamped ? 0 : tail / sums.rest)
        let inverse = 1 / temperature
        for i in 0..<columns {
          dx[i] = Float(outside * Double(expf((x[i] - sums.largest) * inverse))) * inverse
        }
        for (j, id) in named.enumerated() {
          let exponential = Double(expf((x[Int(id)] - sums.largest) * inverse))
          dx[Int(id)] = (Float(inside * exponential) + dy[j]) * inverse
        }
      }
    }
    return dx
  }

  /// The sums of one row: all exponentials, and those outside the named tokens.
  private struct BucketSums {
    var largest = -Float.infinity
    var total = 0.0
    var rest = 0.0

    init(_ x: UnsafePointer<Float>, _ named: ArraySlice<Int32>, _ columns: Int, _ inverseTemperature: Float) {
      for i in 0..<columns { largest = max(largest, x[i]) }
      for i in 0..<columns { total += Double(expf((x[i] - largest) * inverseTemperature)) }
      rest = total
      for id in named { rest -= Double(expf((x[Int(id)] - largest) * inverseTemperature)) }
    }
  }
}
