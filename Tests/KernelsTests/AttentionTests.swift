import Kernels
import Testing

@Suite struct AttentionTests {
  struct Case: Sendable {
    let name: String
    let spans: AttentionSpans
    let keys: Int
  }

  static let cases: [Case] =
    oddSizes.map { Case(name: "causal \($0)", spans: .causal(documentLengths: [$0]), keys: $0) }
    + [
      Case(name: "packed", spans: .causal(documentLengths: [5, 1, 40, 33, 7]), keys: 86),
      Case(name: "window", spans: .causal(documentLengths: [70, 30], window: 9), keys: 100),
      Case(name: "full", spans: .full(documentLengths: [3, 64, 20]), keys: 87),
      Case(
        name: "decode", spans: AttentionSpans(firstKey: [0, 100, 200], endKey: [17, 165, 201]), keys: 300),
      Case(
        name: "empty rows and a step back",
        spans: AttentionSpans(firstKey: [0, 4, 9, 9, 20, 6, 0], endKey: [0, 9, 9, 20, 25, 12, 0]), keys: 30),
    ]

  static let heads = [
    (query: 1, keyValue: 1, dimension: 16), (4, 2, 32), (6, 2, 48), (2, 2, 64), (3, 1, 7), (5, 5, 1),
    (2, 1, 81),
    (40, 1, 5),
  ]

  @Test(arguments: cases)
  func matchesThePlainTwin(_ test: Case) {
    var random = Numbers(seed: 4)
    for (queryHeads, keyValueHeads, dimension) in Self.heads {
      let queries = test.spans.queryCount
      let q = random.buffer(queries * queryHeads * dimension, scale: 2)
      let k = random.buffer(test.keys * keyValueHeads * dimension, scale: 2)
      let v = random.buffer(test.keys * keyValueHeads * dimension)
      let dy = random.buffer(q.count)
      let expected = PlainKernels.attention(
        q, k, v, spans: test.spans, queryHeads: queryHeads, keyValueHeads: keyValueHeads,
        headDimension: dimension, scale: 0.4)
      let gradients = PlainKernels.attentionPullback(
        dy, q, k, v, y: expected.y, logSumExp: expected.logSumExp, spans: test.spans, queryHeads: queryHeads,
        keyValueHeads: keyValueHeads, headDimension: dimension, scale: 0.4)
      forEachVariant { variant in
        let what = "\(test.name), \(variant), \(queryHeads)/\(keyValueHeads) heads of \(dimension)"
        let found = Kernels.attention(
          q, k, v, spans: test.spans, queryHeads: queryHeads, keyValueHeads: keyValueHeads,
          headDimension: dimension, scale: 0.4)
        expectClose(found.y, expected.y, tolerance: 1e-5, "y, " + what)
        expectClose(found.logSumExp, expected.logSumExp, tolerance: 1e-5, "log-sum-exp, " + what)
        let back = Kernels.attentionPullback(
          dy, q, k, v, y: found.y, logSumExp: found.logSumExp, spans: test.spans, queryHeads: queryHeads,
          keyValueHeads: keyValueHeads, headDimension: dimension, scale: 0.4)
        expectClose(back.dq, gradients.dq, tolerance: 2e-5, "dq, " + what)
        expectClose(back.dk, gradients.dk, tolerance: 2e-5, "dk, " + what)
        expectClose(back.dv, gradients.dv, tolerance: 2e-5, "dv, " + what)
      }
    }
  }

  /// bf16 keeps 8 bits: each rounded factor is off by at most 2⁻⁹ of itself, and three meet in a result.
  @Test(.enabled(if: Processor.supportedVariants.contains(.v4bf16), "no bf16 product"), arguments: cases)
  func roundsToBF16Alone(_ test: Case) {
    var random = Numbers(seed: 4)
    for (queryHeads, keyValueHeads, dimension) in Self.heads {
      let queries = test.spans.queryCount
      let q = random.buffer(queries * queryHeads * dimension)
      let k = random.buffer(test.keys * keyValueHeads * dimension)
      let v = random.buffer(test.keys * keyValueHeads * dimension)
      let dy = random.buffer(q.count)
      let expected = PlainKernels.attention(
        q, k, v, spans: test.spans, queryHeads: queryHeads, keyValueHeads: keyValueHeads,
        headDimension: dimension)
      let gradients = PlainKernels.attentionPullback(
        dy, q, k, v, y: expected.y, logSumExp: expected.logSumExp, spans: test.spans, queryHeads: queryHeads,
        keyValueHeads: keyValueHeads, headDimension: dimension)
      let what = "\(test.name), \(queryHeads)/\(keyValueHeads) heads of \(dimension)"
      let found = Kernels.attention(
        q, k, v, spans: test.spans, queryHeads: queryHeads, keyValueHeads: keyValueHeads,
        headDimension: dimension, precision: .bf16)
      let tolerance: Float = 3 / 512
      expectClose(found.y, expected.y, tolerance: tolerance, "y, " + what)
      expectClose(found.logSumExp, expected.logSumExp, tolerance: tolerance, "log-sum-exp, " + what)
      let back = Kernels.attentionPullback(
        dy, q, k, v, y: found.y, logSumExp: found.logSumExp, spans: test.spans, queryHeads: queryHeads,
        keyValueHeads: keyValueHeads, headDimension: dimension, precision: .bf16)
      expectClose(back.dq, gradients.dq, tolerance: tolerance, "dq, " + what)
      expectClose(back.dk, gradients.dk, tolerance: tolerance, "dk, " + what)
      expectClose(back.dv, gradients.dv, tolerance: tolerance, "dv, " + what)
    }
  }

  @Test(arguments: Precision.allCases)
  func givesTheSameBitsAtAnyThreadCount(_ precision: Precision) {
    var random = Numbers(seed: 5)
    let spans = AttentionSpans.causal(documentLengths: [90, 7, 130])
    let (q, k, v) = (random.buffer(227 * 4 * 16), random.buffer(227 * 2 * 16), random.buffer(227 * 2 * 16))
    let results = atSeveralThreadCounts {
      let (y, lse) = Kernels.attention(
        q, k, v, spans: spans, queryHeads: 4, keyValueHeads: 2, headDimension: 16, precision: precision)
      let (dq, dk, dv) = Kernels.attentionPullback(
        q, q, k, v, y: y, logSumExp: lse, spans: spans, queryHeads: 4, keyValueHeads: 2, headDimension: 16,
        precision: precision)
      return [y, lse, dq, dk, dv].map { $0.array() }
    }
    #expect(results[0] == results[1])
  }

  /// A document's rows are bit for bit what they are alone: nothing leaks from its neighbours.
  @Test func packedDocumentsDoNotSeeEachOther() {
    var random = Numbers(seed: 6)
    let (q, k, v) = (random.buffer(64 * 2 * 8), random.buffer(64 * 2 * 8), random.buffer(64 * 2 * 8))
    let packed = Kernels.attention(
      q, k, v, spans: .causal(documentLengths: [20, 44]), queryHeads: 2, keyValueHeads: 2, headDimension: 8)
    let changed = (q.copy(), k.copy(), v.copy())
    for i in 0..<20 * 16 { (changed.0[i], changed.1[i], changed.2[i]) = (3, -3, 100) }
    let other = Kernels.attention(
      changed.0, changed.1, changed.2, spans: .causal(documentLengths: [20, 44]), queryHeads: 2,
      keyValueHeads: 2, headDimension: 8)
    #expect(packed.y.array()[(20 * 16)...] == other.y.array()[(20 * 16)...])
    #expect(packed.y.array() != other.y.array())
  }

  @Test func largeScoresDoNotOverflow() {
    let q = Buffer([Float](repeating: 100, count: 4 * 16))
    let spans = AttentionSpans.causal(documentLengths: [4])
    let (y, logSumExp) = Kernels.attention(
      q, q, q, spans: spans, queryHeads: 1, keyValueHeads: 1, headDimension: 16)
    expectClose(y, q, tolerance: 1e-6)
    #expect(Kernels.allFinite(logSumExp))
  }
}
