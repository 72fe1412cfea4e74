import Glibc
import Kernels
import Testing

/// The loops that work row by row, against their plain twins, in every variant.
@Suite struct RowKernelTests {
  @Test(arguments: oddSizes)
  func rmsNorm(hidden: Int) {
    var random = Numbers(seed: 7)
    for rows in oddSizes {
      let (x, dy) = (random.buffer(rows * hidden, scale: 3), random.buffer(rows * hidden))
      let weight = random.buffer(hidden)
      let expected = PlainKernels.rmsNorm(x, weight: weight, rows: rows, epsilon: 1e-3)
      let gradients = PlainKernels.rmsNormPullback(
        dy, x, weight: weight, inverseRMS: expected.inverseRMS, rows: rows)
      forEachVariant { variant in
        let found = Kernels.rmsNorm(x, weight: weight, rows: rows, epsilon: 1e-3)
        expectClose(found.y, expected.y, tolerance: 1e-6, "y, \(variant), \(rows)×\(hidden)")
        if hidden > 0 { expectClose(found.inverseRMS, expected.inverseRMS, tolerance: 1e-6, "\(variant)") }
        let back = Kernels.rmsNormPullback(dy, x, weight: weight, inverseRMS: expected.inverseRMS, rows: rows)
        expectClose(back.dx, gradients.dx, tolerance: 2e-6, "dx, \(variant), \(rows)×\(hidden)")
        expectClose(back.dWeight, gradients.dWeight, tolerance: 2e-6, "dw, \(variant), \(rows)×\(hidden)")
      }
    }
  }

  @Test func softmaxAndLogSoftmax() {
    var random = Numbers(seed: 8)
    for (rows, columns) in [(0, 3), (1, 1), (3, 7), (2, 16), (5, 33), (2, 1000)] {
      let x = random.buffer(rows * columns, scale: 30)
      forEachVariant { variant in
        let what = "\(variant), \(rows)×\(columns)"
        expectClose(
          Kernels.softmax(x, rows: rows), PlainKernels.softmax(x, rows: rows), tolerance: 1e-6, what)
        expectClose(
          Kernels.logSoftmax(x, rows: rows), PlainKernels.logSoftmax(x, rows: rows), tolerance: 1e-6, what)
      }
    }
  }

  @Test func aNaNIsNeverHidden() {
    for position in [0, 5, 16, 31, 39] {
      var values = [Float](repeating: 0.5, count: 40)
      values[position] = .nan
      let x = Buffer(values)
      forEachVariant { variant in
        #expect(Kernels.softmax(x, rows: 1)[0].isNaN, "\(variant)")
        #expect(Kernels.maxAbs(x).isNaN && !Kernels.allFinite(x), "\(variant)")
        let losses = Kernels.crossEntropy(x, labels: [3], rows: 1, columns: 40).losses
        #expect(losses[0].isNaN, "\(variant)")
        for kind in divergences {
          let (losses, _) = Kernels.divergence(kind, student: x, teacher: .zeros(40), rows: 1, columns: 40)
          #expect(losses[0].isNaN, "\(variant) \(kind)")
        }
        #expect(Kernels.swiGLU(gate: x, up: x)[position].isNaN, "\(variant)")
      }
    }
  }

  @Test(arguments: [Float(0), 0.1])
  func crossEntropy(labelSmoothing: Float) {
    var random = Numbers(seed: 9)
    for (rows, columns) in [(0, 5), (1, 1), (7, 9), (3, 65), (9, 300)] {
      let logits = random.buffer(rows * columns, scale: 10)
      var labels = random.integers(rows, below: columns)
      if rows > 2 { labels[1] = Kernels.ignoredLabel }
      let expected = PlainKernels.crossEntropy(
        logits, labels: labels, rows: rows, columns: columns, labelSmoothing: labelSmoothing)
      forEachVariant { variant in
        let found = Kernels.crossEntropy(
          logits, labels: labels, rows: rows, columns: columns, labelSmoothing: labelSmoothing)
        expectClose(found.losses, expected.losses, tolerance: 1e-6, "losses, \(variant), \(rows)×\(columns)")
        expectClose(
          found.dLogits, expected.dLogits, tolerance: 1e-6, "gradient, \(variant), \(rows)×\(columns)")
      }
    }
  }

  let divergences: [Divergence] = [
    .forwardKL, .reverseKL, .jsd(mixture: 0), .jsd(mixture: 0.3), .jsd(mixture: 1), .skewForwardKL(skew: 0.1),
    .skewReverseKL(skew: 0.2), .totalVariation,
  ]

  @Test func divergencesMatchTheirTwins() {
    var random = Numbers(seed: 10)
    for (rows, columns, scale) in [(0, 5, 1), (1, 1, 1), (4, 7, 3), (3, 65, 10), (3, 300, 40)]
      as [(Int, Int, Float)]
    {
      let (student, teacher) = (
        random.buffer(rows * columns, scale: scale), random.buffer(rows * columns, scale: scale)
      )
      let labels = (0..<rows).map { $0 == 1 ? Kernels.ignoredLabel : 0 }
      for kind in divergences {
        let expected = PlainKernels.divergence(
          kind, student: student, teacher: teacher, rows: rows, columns: columns, temperature: 1.5,
          labels: labels)
        forEachVariant { variant in
          let found = Kernels.divergence(
            kind, student: student, teacher: teacher, rows: rows, columns: columns, temperature: 1.5,
            labels: labels)
          let what = "\(kind), \(variant), \(rows)×\(columns)"
          expectClose(found.losses, expected.losses, tolerance: 3e-6, "losses, " + what)
          expectClose(found.dStudent, expected.dStudent, tolerance: 3e-6, "gradient, " + what)
        }
      }
    }
  }

  @Test func divergenceOfEqualDistributionsIsZero() {
    var random = Numbers(seed: 11)
    let logits = random.buffer(3 * 50, scale: 8)
    for kind in divergences {
      let (losses, gradient) = Kernels.divergence(
        kind, student: logits, teacher: logits, rows: 3, columns: 50, temperature: 2)
      expectClose(losses, .zeros(3), tolerance: 1e-6, "\(kind)")
      expectClose(gradient, .zeros(150), tolerance: 1e-6, "\(kind)")
    }
  }

  @Test func topKDivergenceMatchesItsTwin() {
    var random = Numbers(seed: 15)
    for (rows, columns, k) in [(0, 9, 2), (1, 1, 1), (3, 7, 7), (5, 63, 1), (4, 65, 16), (2, 2048, 8)] {
      let student = random.buffer(rows * columns, scale: 6)
      let teacher = Kernels.logSoftmax(random.buffer(rows * columns, scale: 6), rows: rows)
      let (values, indices, _) = Kernels.topK(teacher, rows: rows, columns: columns, k: k)
      let stored = values.array()
      let tail = (0..<rows).map { row in
        log(max(0, 1 - stored[row * k..<(row + 1) * k].reduce(Float(0)) { $0 + exp($1) }))
      }
      let labels = (0..<rows).map { $0 == 1 ? Kernels.ignoredLabel : 0 }
      let expected = PlainKernels.topKDivergence(
        student: student, teacherLogProbabilities: values, indices: indices, tail: Buffer(tail), rows: rows,
        columns: columns, temperature: 1.5, labels: labels)
      forEachVariant { variant in
        let found = Kernels.topKDivergence(
          student: student, teacherLogProbabilities: values, indices: indices, tail: Buffer(tail), rows: rows,
          columns: columns, temperature: 1.5, labels: labels)
        let what = "\(variant), \(rows)×\(columns), k \(k)"
        expectClose(found.losses, expected.losses, tolerance: 3e-6, "losses, " + what)
        expectClose(found.dStudent, expected.dStudent, tolerance: 3e-6, "gradient, " + what)
      }
    }
  }

  /// With every token named, the buckets are the vocabulary.
  @Test func topKDivergenceOfAllTokensIsForwardKL() {
    var random = Numbers(seed: 12)
    let (student, teacher) = (random.buffer(4 * 30, scale: 4), random.buffer(4 * 30, scale: 4))
    let expected = PlainKernels.divergence(
      .forwardKL, student: student, teacher: teacher, rows: 4, columns: 30, temperature: 2)
    let logProbabilities = Kernels.logSoftmax(Kernels.scale(teacher, 0.5), rows: 4)
    let (values, indices, _) = Kernels.topK(logProbabilities, rows: 4, columns: 30, k: 30)
    let found = Kernels.topKDivergence(
      student: student, teacherLogProbabilities: values, indices: indices,
      tail: .repeating(-.infinity, count: 4), rows: 4, columns: 30, temperature: 2)
    expectClose(found.losses, expected.losses, tolerance: 2e-6)
    expectClose(found.dStudent, expected.dStudent, tolerance: 2e-6)
  }

  @Test func topKDivergenceHasTheGradientOfItsLoss() {
    var random = Numbers(seed: 13)
    let student = random.buffer(12, scale: 2)
    let teacher = Kernels.logSoftmax(random.buffer(12, scale: 2), rows: 1)
    let (values, indices, _) = Kernels.topK(teacher, rows: 1, columns: 12, k: 3)
    let named = values.array().reduce(Float(0)) { $0 + exp($1) }
    let tail = Buffer([log(1 - named)])
    func loss(_ x: Buffer) -> Float {
      Kernels.topKDivergence(
        student: x, teacherLogProbabilities: values, indices: indices, tail: tail, rows: 1, columns: 12,
        temperature: 1.5
      ).losses[0]
    }
    let gradient = Kernels.topKDivergence(
      student: student, teacherLogProbabilities: values, indices: indices, tail: tail, rows: 1, columns: 12,
      temperature: 1.5
    ).dStudent
    for i in 0..<12 {
      let (up, down) = (student.copy(), student.copy())
      up[i] += 1e-2
      down[i] -= 1e-2
      // Central differences in fp32: 1e-7 / 2e-2 of rounding, and the third derivative's 1e-4 of 1e-2².
      #expect(abs((loss(up) - loss(down)) / 2e-2 - gradient[i]) < 1e-4, "logit \(i)")
    }
  }

  @Test func topKSortsAndBreaksTiesByIndex() {
    let logits = Buffer([1, 5, 3, 5, -2, 0, 0, 0, 0, 0])
    let (values, indices, logSumExp) = Kernels.topK(logits, rows: 2, columns: 5, k: 3)
    #expect(values.array() == [5, 5, 3, 0, 0, 0])
    #expect(indices == [1, 3, 2, 0, 1, 2])
    #expect(abs(logSumExp[1] - 1.609_438) < 1e-6)
    var random = Numbers(seed: 14)
    let x = random.buffer(500)
    for k in [0, 1, 2, 17, 499, 500] {
      let expected = x.array().enumerated().sorted { ($1.element, $0.offset) < ($0.element, $1.offset) }
        .prefix(k)
      #expect(Kernels.topK(x, rows: 1, columns: 500, k: k).indices == expected.map { Int32($0.offset) })
    }
  }
}
