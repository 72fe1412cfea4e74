import Kernels

/// Elements of a product, computed in double precision, and how far a kernel's are from them.
///
/// error = max |c − Σ aᵢbᵢ| / Σ |aᵢbᵢ| over the elements. The denominator keeps sums that cancel from counting as
/// failures: it is what rounding errors of a correct product are proportional to.
///
/// Small products are checked whole; of larger ones, one random element in each tile of 64 × 64, and the corners.
public struct ProductReference {
  private struct Element {
    let index: Int
    /// Of the numbers as they are.
    let sum, magnitude: Double
    /// Of the numbers rounded to bf16.
    let roundedSum: Double
  }

  private let k: Int
  private let elements: [Element]

  public init(_ shape: ProductShape, a: Buffer, b: Buffer) {
    k = shape.k
    let (aRow, aStep) = shape.layout.transposesA ? (1, shape.m) : (shape.k, 1)
    let (bColumn, bStep) = shape.layout.transposesB ? (shape.k, 1) : (1, shape.n)
    elements = a.withSpan { a in
      b.withSpan { b in
        Self.places(m: shape.m, n: shape.n).map { row, column in
          var (sum, magnitude, rounded) = (0.0, 0.0, 0.0)
          for i in 0..<shape.k {
            let (x, y) = (a[row * aRow + i * aStep], b[column * bColumn + i * bStep])
            let product = Double(x) * Double(y)
            sum += product
            magnitude += abs(product)
            rounded +=
              Double(BFloat16.float(BFloat16.bits(x))) * Double(BFloat16.float(BFloat16.bits(y)))
          }
          return Element(index: row * shape.n + column, sum: sum, magnitude: magnitude, roundedSum: rounded)
        }
      }
    }
  }

  private static func places(m: Int, n: Int) -> [(Int, Int)] {
    if m * n <= 4096 { return (0..<m).flatMap { row in (0..<n).map { (row, $0) } } }
    var random = SeededRandom(seed: 11)
    var places = [(0, 0), (0, n - 1), (m - 1, 0), (m - 1, n - 1)]
    for row in stride(from: 0, to: m, by: 64) {
      for column in stride(from: 0, to: n, by: 64) {
        places.append(
          (random.int(in: row...min(row + 63, m - 1)), random.int(in: column...min(column + 63, n - 1))))
      }
    }
    return places
  }

  /// The error against the exact product, which for bf16 holds the rounding of the inputs.
  public func error(of c: Buffer) -> Double { largest(c) { $0.sum } }

  /// The error by which a kernel is judged: bf16 products against rounded inputs, so that bf16 hides no mistake.
  public func judgedError(of c: Buffer, _ precision: Precision) -> Double {
    switch precision {
    case .fp32: largest(c) { $0.sum }
    case .bf16: largest(c) { $0.roundedSum }
    }
  }

  /// What fp32 sums in any sensible order stay under: rounding errors grow like √k, a forgotten product like 1/k.
  public var tolerance: Double { 0x1p-24 * (16 + 4 * Double(k).squareRoot()) }

  private func largest(_ c: Buffer, _ expected: (Element) -> Double) -> Double {
    c.withSpan { c in
      var worst = 0.0
      for element in elements {
        let difference = abs(Double(c[element.index]) - expected(element))
        let error = difference == 0 ? 0 : difference / max(element.magnitude, 0x1p-126)
        // A NaN must not pass.
        if !(error <= worst) { worst = error.isNaN ? .infinity : error }
      }
      return worst
    }
  }
}
