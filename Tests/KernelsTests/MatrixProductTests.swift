import Kernels
import Testing

@Suite struct MatrixProductTests {
  struct Shape: CustomTestStringConvertible, Sendable {
    let m, n, k: Int
    var testDescription: String { "\(m)×\(n)×\(k)" }
  }

  static let shapes =
    oddSizes.flatMap { m in oddSizes.flatMap { n in [0, 1, 8, 63].map { Shape(m: m, n: n, k: $0) } } }
    + [
      Shape(m: 200, n: 100, k: 1030), Shape(m: 13, n: 300, k: 515), Shape(m: 1600, n: 33, k: 31),
      Shape(m: 97, n: 129, k: 64),
      // Rows of whole kilobytes, which are copied before they are read; one step of k, and two.
      Shape(m: 50, n: 40, k: 256), Shape(m: 13, n: 70, k: 1024),
      // Few rows, so that the panels are split: into eight groups, the last one short.
      Shape(m: 11, n: 1000, k: 1030),
    ]

  @Test(arguments: Precision.allCases)
  func matchesTripleLoopInEveryLayout(precision: Precision) {
    var random = Numbers(seed: 1)
    for shape in Self.shapes {
      let (m, n, k) = (shape.m, shape.n, shape.k)
      let (a, b, start) = (random.buffer(m * k), random.buffer(k * n), random.buffer(m * n))
      for (transposeA, transposeB) in [(false, false), (false, true), (true, false), (true, true)] {
        for accumulate in [false, true] {
          let expected = start.copy()
          PlainKernels.matmul(
            a, b, m: m, n: n, k: k, transposeA: transposeA, transposeB: transposeB, into: expected,
            accumulate: accumulate, precision: precision)
          func check(_ product: FP32Product, _ variant: KernelVariant) {
            let found = start.copy()
            Kernels.matmul(
              a, b, m: m, n: n, k: k, transposeA: transposeA, transposeB: transposeB, into: found,
              accumulate: accumulate, precision: precision, fp32: product)
            // fp32 sums of at most 1030 products of numbers below 1.
            expectClose(
              found, expected, tolerance: 1e-5,
              "\(product) \(variant) \(shape.testDescription) \(transposeA) \(transposeB) \(accumulate)")
          }
          forEachVariant { check(.panels, $0) }
          if precision == .fp32 { check(.openBLAS, .base) }
        }
      }
    }
  }

  @Test(arguments: Precision.allCases)
  func givesTheSameBitsAtAnyThreadCount(precision: Precision) {
    var random = Numbers(seed: 2)
    for shape in [Shape(m: 700, n: 90, k: 600), Shape(m: 9, n: 1100, k: 900), Shape(m: 1550, n: 70, k: 65)] {
      let (a, b) = (random.buffer(shape.m * shape.k), random.buffer(shape.k * shape.n))
      for product in [FP32Product.openBLAS, .panels] {
        let results = atSeveralThreadCounts {
          let c = Buffer.uninitialized(shape.m * shape.n)
          Kernels.matmul(
            a, b, m: shape.m, n: shape.n, k: shape.k, into: c, precision: precision, fp32: product)
          return c.array()
        }
        #expect(results[0] == results[1], "\(product) \(shape.testDescription)")
      }
    }
  }

  @Test(arguments: Precision.allCases)
  func packedWeightsGiveTheProduct(precision: Precision) {
    var random = Numbers(seed: 3)
    for shape in Self.shapes {
      let (m, n, k) = (shape.m, shape.n, shape.k)
      let (a, w, start) = (random.buffer(m * k), random.buffer(n * k), random.buffer(m * n))
      for accumulate in [false, true] {
        let expected = start.copy()
        PlainKernels.matmul(
          a, w, m: m, n: n, k: k, transposeB: true, into: expected, accumulate: accumulate,
          precision: precision)
        forEachVariant { variant in
          let found = start.copy()
          let packed = PackedMatrix(w, rows: n, columns: k, precision: precision)
          Kernels.matmul(a, packed, m: m, into: found, accumulate: accumulate)
          expectClose(
            found, expected, tolerance: 1e-5, "\(variant) \(shape.testDescription) \(accumulate)")
        }
      }
    }
  }
  /// Rows that are packed in turn give the product of each part alone, also where the last part is not whole.
  @Test(arguments: Precision.allCases)
  func weightsPackedInPartsGiveTheSameBits(precision: Precision) {
    var random = Numbers(seed: 4)
    let (m, n, k) = (3, 1101, 37)
    let (a, w) = (random.buffer(m * k), random.buffer(n * k))
    func product(_ rows: Range<Int>) -> [Float] {
      let c = Buffer.uninitialized(m * rows.count)
      let part = w.slice(rows.lowerBound * k..<rows.upperBound * k)
      Kernels.matmul(a, PackedMatrix(part, rows: rows.count, columns: k, precision: precision), m: m, into: c)
      return c.array()
    }
    forEachVariant { variant in
      let whole = product(0..<n)
      for rows in [0..<500, 500..<1000, 1000..<n] {
        let part = product(rows)
        for row in 0..<m {
          #expect(
            Array(whole[row * n + rows.lowerBound..<row * n + rows.upperBound])
              == Array(part[row * rows.count..<(row + 1) * rows.count]), "\(variant) \(rows)")
        }
      }
    }
  }
}
