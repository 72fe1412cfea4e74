import Glibc

extension Kernels {
  /// y = w ⊙ (x − mean(x)) / sqrt(var(x) + ε) + b, row by row, var being the biased one    (Ba et al. 2016)
  ///
  /// - Parameters: `x` [rows, hidden]; `weight` and `bias` [hidden].
  /// - Returns: `y` [rows, hidden]; `mean` and `inverseDeviation` [rows], for the pullback.
  public static func layerNorm(
    _ x: Buffer, weight: Buffer, bias: Buffer, rows: Int, epsilon: Float
  ) -> (y: Buffer, mean: Buffer, inverseDeviation: Buffer) {
    let hidden = weight.count
    precondition(x.count == rows * hidden && bias.count == hidden, "layerNorm: shapes differ")
    let y = Buffer.uninitialized(x.count)
    let mean = Buffer.uninitialized(rows)
    let inverseDeviation = Buffer.uninitialized(rows)
    Threads.parallel(rows: rows, blockSize: rowBlock(hidden)) { range in
      for row in range {
        let (x, y) = (x.pointer + row * hidden, y.pointer + row * hidden)
        var sum = 0.0
        for i in 0..<hidden { sum += Double(x[i]) }
        let center = sum / Double(max(hidden, 1))
        var squares = 0.0
        for i in 0..<hidden { squares += (Double(x[i]) - center) * (Double(x[i]) - center) }
        let inverse = Float(1 / (squares / Double(max(hidden, 1)) + Double(epsilon)).squareRoot())
        mean.pointer[row] = Float(center)
        inverseDeviation.pointer[row] = inverse
        for i in 0..<hidden {
          y[i] = (x[i] - Float(center)) * inverse * weight.pointer[i] + bias.pointer[i]
        }
      }
    }
    return (y, mean, inverseDeviation)
  }

  /// The gradients of `layerNorm`.
  ///
  /// With n the normalized x, s the inverse deviation and g = dy ⊙ w:
  /// dx = s·(g − mean(g) − n·mean(g·n)),  dw = Σ dy ⊙ n,  db = Σ dy.
  public static func layerNormPullback(
    _ dy: Buffer, _ x: Buffer, weight: Buffer, mean: Buffer, inverseDeviation: Buffer, rows: Int
  ) -> (dx: Buffer, dWeight: Buffer, dBias: Buffer) {
    let hidden = weight.count
    precondition(x.count == rows * hidden && dy.count == x.count, "layerNormPullback: shapes differ")
    let dx = Buffer.uninitialized(x.count)
    let sums = sumOfPartialRows(rows: rows, columns: 2 * hidden) { range, sums in
      for row in range {
        let (x, dy) = (x.pointer + row * hidden, dy.pointer + row * hidden)
        let dx = dx.pointer + row * hidden
        let (center, inverse) = (mean.pointer[row], inverseDeviation.pointer[row])
        var (sum, product) = (0.0, 0.0)
        for i in 0..<hidden {
          let g = Double(dy[i] * weight.pointer[i])
          sum += g
          product += g * Double((x[i] - center) * inverse)
        }
        let (meanG, meanGN) = (Float(sum / Double(hidden)), Float(product / Double(hidden)))
        for i in 0..<hidden {
          let normalized = (x[i] - center) * inverse
          dx[i] = inverse * (dy[i] * weight.pointer[i] - meanG - normalized * meanGN)
          sums[i] += dy[i] * normalized
          sums[hidden + i] += dy[i]
        }
      }
    }
    return (dx, sums.slice(0..<hidden), sums.slice(hidden..<2 * hidden))
  }
}
