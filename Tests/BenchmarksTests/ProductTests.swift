import Benchmarks
import Foundation
import Kernels
import Testing

/// Products at sizes that no block divides, held to double precision.
@Suite struct ProductTests {
  static let shapes = [1, 7, 9, 63, 65].flatMap { m in
    [1, 8, 33, 129].flatMap { n in
      [1, 5, 131].flatMap { k in
        ProductLayout.allCases.map { ProductShape("\(m)×\(n)×\(k)", $0, m: m, n: n, k: k) }
      }
    }
  }

  private func quick(_ candidates: [ProductCandidate]) -> ProductBenchmark {
    var benchmark = ProductBenchmark(candidates: candidates)
    benchmark.repetitions = 1
    benchmark.measuresCold = false
    benchmark.sampleSeconds = 0
    return benchmark
  }

  @Test(arguments: ProductKernel.allCases)
  func matchesTheDoublePrecisionReference(kernel: ProductKernel) {
    let benchmark = quick([.own(kernel)])
    for shape in Self.shapes {
      for result in benchmark.run(shape) {
        #expect(result.verdict == .right, "\(kernel) \(shape): \(result.error ?? .nan)")
        #expect(result.warm.count == 1 && result.cold.isEmpty)
        // Each factor is rounded to 8 bits.
        let limit = kernel.precision == .bf16 ? 0x1p-7 : 1e-5
        #expect((result.error ?? .infinity) <= limit, "\(kernel) \(shape)")
      }
    }
  }

  /// Larger than a block of the blocked product in every direction, and sampled instead of checked whole.
  @Test func blocksMeetAtTheirEdges() {
    let shape = ProductShape("edges", .nt, m: 130, n: 515, k: 259)
    let results = quick(ProductKernel.allCases.map { .own($0) }).run(shape)
    #expect(results.map(\.verdict) == results.map { _ in .right })
    #expect(results.count == ProductKernel.allCases.count)
  }

  @Test func packedWeightsAreMeasuredWhereBIsAWeight() {
    let benchmark = quick([.own(.bf16Packed)])
    for layout in [ProductLayout.nt, .nn] {
      let results = benchmark.run(ProductShape("weights", layout, m: 5, n: 40, k: 33))
      #expect(results.map(\.verdict) == [.right], "\(layout)")
    }
    #expect(benchmark.run(ProductShape("activations", .tn, m: 2, n: 2, k: 2)).isEmpty)
  }

  /// One forgotten term of 500 is found, in either precision.
  @Test func theReferenceFindsAForgottenTerm() {
    let shape = ProductShape("short", .nn, m: 20, n: 20, k: 500)
    var random = SeededRandom(seed: 3)
    let a = Buffer((0..<10_000).map { _ in 2 * random.uniform() - 1 })
    let b = Buffer((0..<10_000).map { _ in 2 * random.uniform() - 1 })
    let reference = ProductReference(shape, a: a, b: b)
    for precision in Precision.allCases {
      let c = Buffer.uninitialized(400)
      Kernels.matmul(a, b, m: 20, n: 20, k: 500, into: c, precision: precision)
      #expect(reference.judgedError(of: c, precision) <= reference.tolerance)
      c[21] = c[21] - a[500] * b[1]
      #expect(reference.judgedError(of: c, precision) > reference.tolerance)
      c[21] = .nan
      #expect(reference.judgedError(of: c, precision) == .infinity)
    }
  }

  @Test func theMedianOfEvenAndOddCounts() {
    #expect(ProductResult.median([]) == nil)
    #expect(ProductResult.median([3, 1, 2]) == 2)
    #expect(ProductResult.median([4, 1, 2, 3]) == 2.5)
  }

  @Test func thePeakIsPositive() {
    let peak = MachinePeak.measure(rounds: 1000, bytes: 1 << 20)
    #expect(peak.fp32 > 0 && peak.bandwidth > 0)
    #expect((peak.bf16 != nil) == Processor.supportedVariants.contains(.v4bf16))
    let higher = MachinePeak(threads: 1, fp32: 1e9, bf16: nil, bandwidth: 0)
    #expect(peak.combined(with: higher).fp32 == 1e9)
    #expect(peak.combined(with: higher).bandwidth == peak.bandwidth)
    #expect(peak.gflops(.bf16) == peak.bf16 ?? peak.fp32)
  }
}
