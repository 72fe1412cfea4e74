import Glibc
import Kernels
import Testing

@Suite struct ElementwiseTests {
  static let sizes = oddSizes + [16, 33, 40000]

  @Test(arguments: sizes)
  func swiGLUAndSiLU(count: Int) {
    var random = Numbers(seed: 15)
    let (gate, up, dy) = (random.buffer(count, scale: 20), random.buffer(count), random.buffer(count))
    let ones = Buffer.repeating(1, count: count)
    let expected = PlainKernels.swiGLU(gate: gate, up: up)
    let gradients = PlainKernels.swiGLUPullback(dy, gate: gate, up: up)
    forEachVariant { variant in
      expectClose(Kernels.swiGLU(gate: gate, up: up), expected, tolerance: 1e-6, "\(variant)")
      let found = Kernels.swiGLUPullback(dy, gate: gate, up: up)
      expectClose(found.dGate, gradients.dGate, tolerance: 2e-6, "\(variant)")
      expectClose(found.dUp, gradients.dUp, tolerance: 1e-6, "\(variant)")
      // silu is swiGLU with up = 1.
      expectClose(
        Kernels.activation(.silu, gate), PlainKernels.swiGLU(gate: gate, up: ones), tolerance: 1e-6,
        "\(variant)")
      expectClose(
        Kernels.activationPullback(.silu, dy, gate),
        PlainKernels.swiGLUPullback(dy, gate: gate, up: ones).dGate,
        tolerance: 2e-6, "\(variant)")
    }
  }

  @Test(arguments: sizes)
  func dropout(count: Int) {
    var random = Numbers(seed: 17)
    let x = random.buffer(count)
    for (rate, seed) in [(Float(0), 1), (0.1, 2), (0.75, UInt64.max)] as [(Float, UInt64)] {
      let expected = PlainKernels.dropout(x, rate: rate, seed: seed).array()
      forEachVariant { variant in
        #expect(Kernels.dropout(x, rate: rate, seed: seed).array() == expected, "\(variant)")
      }
      if rate == 0 { #expect(expected == x.array()) }
    }
  }

  /// 200,000 draws: the share lies within five standard deviations, neighbours and other seeds are dropped as often.
  @Test func dropsTheShareThatWasAsked() {
    let count = 200_000, rate = 0.1
    let ones = Buffer.repeating(1, count: count)
    let masks = [UInt64(1), 2, 1 << 32 | 1].map { seed in
      Kernels.dropout(ones, rate: Float(rate), seed: seed).array().map { $0 == 0 }
    }
    func expectShare(_ dropped: Int, _ share: Double, _ what: String) {
      let deviation = (share * (1 - share) / Double(count)).squareRoot()
      #expect(abs(Double(dropped) / Double(count) - share) < 5 * deviation, "\(what): \(dropped)")
    }
    for mask in masks {
      expectShare(mask.count { $0 }, rate, "all")
      expectShare(zip(mask, mask.dropFirst()).count { $0 && $1 }, rate * rate, "neighbours")
      expectShare(zip(mask, mask.dropFirst(576)).count { $0 && $1 }, rate * rate, "the next row")
    }
    for other in masks[1...] { expectShare(zip(masks[0], other).count { $0 && $1 }, rate * rate, "seeds") }
    #expect(Kernels.dropout(ones, rate: 0.5, seed: 1).array().allSatisfy { $0 == 0 || $0 == 2 })
  }

  @Test func extremeGatesStayFinite() {
    let gate = Buffer([-1e30, -1000, -90, 90, 1000, -.infinity])
    forEachVariant { variant in
      let y = Kernels.swiGLU(gate: gate, up: .repeating(1, count: 6))
      #expect(Kernels.allFinite(y.slice(0..<5)), "\(variant): \(y.array())")
      #expect(y[3] == 90 && y[4] == 1000 && abs(y[1]) < 1e-30, "\(variant): \(y.array())")
    }
  }

  @Test(arguments: Activation.allCases)
  func activationsHaveTheirDerivatives(_ kind: Activation) {
    let x = Buffer([-6, -2.5, -1, -0.3, 0.2, 0.9, 3, 7])
    let h: Float = 1e-2
    let slope = Kernels.activationPullback(kind, .repeating(1, count: 8), x)
    let up = Kernels.activation(kind, Kernels.add(x, .repeating(h, count: 8)))
    let down = Kernels.activation(kind, Kernels.add(x, .repeating(-h, count: 8)))
    // Central differences: h² of the third derivative, and 1e-7 / h of rounding.
    expectClose(slope, Kernels.scale(Kernels.subtract(up, down), 1 / (2 * h)), tolerance: 2e-4, "\(kind)")
  }

  @Test(arguments: sizes)
  func adamW(count: Int) {
    var random = Numbers(seed: 16)
    let (p, g, m) = (random.buffer(count), random.buffer(count), random.buffer(count))
    let v = Kernels.multiply(m, m)
    let update = AdamWStep(learningRate: 0.01, weightDecay: 0.1, step: 3, gradientScale: 0.7)
    let expected = [p.copy(), m.copy(), v.copy()]
    PlainKernels.adamW(
      parameter: expected[0], gradient: g, firstMoment: expected[1], secondMoment: expected[2], update)
    forEachVariant { variant in
      let found = [p.copy(), m.copy(), v.copy()]
      Kernels.adamW(parameter: found[0], gradient: g, firstMoment: found[1], secondMoment: found[2], update)
      for (a, b) in zip(found, expected) { expectClose(a, b, tolerance: 1e-6, "\(variant)") }
    }
  }

  @Test(arguments: sizes)
  func reductions(count: Int) {
    var random = Numbers(seed: 17)
    let (a, b) = (random.buffer(count), random.buffer(count))
    forEachVariant { variant in
      #expect(abs(Kernels.sum(a) - PlainKernels.sum(a)) < 1e-8, "\(variant)")
      #expect(abs(Kernels.dot(a, b) - PlainKernels.dot(a, b)) < 1e-8, "\(variant)")
      #expect(abs(Kernels.sumOfSquares(a) - PlainKernels.dot(a, a)) < 1e-8, "\(variant)")
      #expect(Kernels.maxAbs(a) == a.array().reduce(0) { max($0, abs($1)) }, "\(variant)")
      #expect(Kernels.allFinite(a))
    }
    let results = atSeveralThreadCounts { Kernels.sumOfSquares(a) }
    #expect(results[0] == results[1])
    if count > 0 {
      for bad in [Float.nan, .infinity, -.infinity] {
        let x = a.copy()
        x[count / 2] = bad
        #expect(!Kernels.allFinite(x), "\(bad)")
      }
    }
  }

  @Test(arguments: RotaryConvention.allCases)
  func ropeRotatesAndRotatesBack(_ convention: RotaryConvention) {
    var random = Numbers(seed: 18)
    for dimension in [2, 8, 14, 64] {
      let half = dimension / 2
      let angles = (0..<9 * half).map { Float($0 / half) * 0.3 + Float($0 % half) }
      let table = RotaryTable(
        cos: Buffer(angles.map { cos($0) }), sin: Buffer(angles.map { sin($0) }))
      let x = random.buffer(5 * 3 * dimension)
      let positions: [Int32] = [0, 8, 3, 3, 1]
      forEachVariant { variant in
        let y = Kernels.rope(
          x, table, positions: positions, heads: 3, headDimension: dimension, convention: convention)
        let (fromB, fromStep) = convention == .half ? (half, 1) : (1, 2)
        let (toB, toStep) = convention == .interleaved ? (1, 2) : (half, 1)
        for token in 0..<5 {
          for head in 0..<3 {
            let start = (token * 3 + head) * dimension
            for i in 0..<half {
              let at = Int(positions[token]) * half + i
              let (a, b) = (x[start + i * fromStep], x[start + fromB + i * fromStep])
              #expect(
                abs(y[start + i * toStep] - (a * table.cos[at] - b * table.sin[at])) < 1e-6, "\(variant)")
              #expect(abs(y[start + toB + i * toStep] - (a * table.sin[at] + b * table.cos[at])) < 1e-6)
            }
          }
        }
        let back = Kernels.rope(
          y, table, positions: positions, heads: 3, headDimension: dimension, convention: convention,
          inverse: true)
        expectClose(back, x, tolerance: 1e-6, "\(variant) \(dimension)")
      }
    }
  }

  @Test func rowsAreGatheredAndScattered() {
    let table = Buffer([1, 2, 3, 4, 5, 6])
    #expect(Kernels.gather(table, ids: [2, 0, 2], columns: 2).array() == [5, 6, 1, 2, 5, 6])
    Kernels.scatterAdd(into: table, Buffer([1, 1, 10, 10, 100, 100]), ids: [2, 0, 2], columns: 2)
    #expect(table.array() == [11, 12, 3, 4, 106, 107])
    #expect(Kernels.sumRows(table, rows: 3, columns: 2).array() == [120, 123])
  }
}
