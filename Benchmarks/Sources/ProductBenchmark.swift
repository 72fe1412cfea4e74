import Evaluation
import Kernels

/// Checks and times matrix products, all candidates on the same inputs.
public struct ProductBenchmark {
  public var candidates: [ProductCandidate]
  /// Samples of each candidate and state of the caches; a product that takes over a second gets three at most.
  public var repetitions = 7
  /// Whether to measure also with the inputs in memory instead of in the caches.
  public var measuresCold = true
  /// Short products are repeated until a warm sample lasts this long.
  public var sampleSeconds = 1e-3
  /// The error that foreign products may have; nil holds them to fp32.
  public var foreignTolerance: Double?

  public init(candidates: [ProductCandidate]) { self.candidates = candidates }

  private struct Runner {
    let index: Int
    let multiply: () -> Bool
    let callsPerSample: Int
    let samples: Int
  }

  /// The results of all candidates that apply to `shape`, in their order.
  ///
  /// Each is checked before it is timed; a wrong one is not timed. Samples go round the candidates in turn, so that a
  /// disturbance of the machine meets all of them.
  public func run(_ shape: ProductShape) -> [ProductResult] {
    var random = SeededRandom(seed: 5)
    let a = Buffer((0..<shape.m * shape.k).map { _ in 2 * random.uniform() - 1 })
    let b = Buffer((0..<shape.k * shape.n).map { _ in 2 * random.uniform() - 1 })
    let reference = ProductReference(shape, a: a, b: b)
    let applicable = candidates.filter { $0.applies(to: shape) }
    var results: [ProductResult] = []
    var runners: [Runner] = []
    for (index, candidate) in applicable.enumerated() {
      // What a kernel leaves out stays NaN.
      let c = Buffer.repeating(.nan, count: shape.m * shape.n)
      let multiply = candidate.prepared(shape, a: a, b: b, into: c, threads: Threads.count)
      var result = ProductResult(shape, candidate)
      let (seconds, isDone) = candidate.withThreads(Threads.count) { timed(1, multiply) }
      result.verdict = isDone ? verdict(of: candidate, c, reference, &result.error) : .declined
      results.append(result)
      if result.verdict == .right {
        runners.append(
          Runner(
            index: index, multiply: multiply,
            callsPerSample: max(1, min(10_000, Int((sampleSeconds / seconds).rounded(.up)))),
            samples: seconds > 1 ? min(3, repetitions) : repetitions))
      }
    }
    let flush = measuresCold ? CacheFlush() : nil
    for repetition in 0..<repetitions {
      for runner in runners where repetition < runner.samples {
        applicable[runner.index].withThreads(Threads.count) {
          _ = runner.multiply()
          let warm = timed(runner.callsPerSample, runner.multiply).seconds
          results[runner.index].warm.append(shape.operations / warm * 1e-9)
          guard let flush else { return }
          flush.flush()
          results[runner.index].cold.append(shape.operations / timed(1, runner.multiply).seconds * 1e-9)
        }
      }
    }
    return results
  }

  private func verdict(
    of candidate: ProductCandidate, _ c: Buffer, _ reference: ProductReference, _ error: inout Double?
  ) -> ProductResult.Verdict {
    // Elements that were not sampled are at least numbers.
    let isWhole = Kernels.allFinite(c)
    error = isWhole ? reference.error(of: c) : .infinity
    var limit = reference.tolerance
    if case .foreign = candidate, let foreignTolerance { limit = foreignTolerance }
    return isWhole && reference.judgedError(of: c, candidate.precision) <= limit
      ? .right : .wrong(limit: limit)
  }

  /// Seconds of one call, the mean of `calls`.
  private func timed(_ calls: Int, _ multiply: () -> Bool) -> (seconds: Double, isDone: Bool) {
    var isDone = true
    let time = ContinuousClock().measure {
      for _ in 0..<calls { isDone = multiply() && isDone }
    }.components
    let seconds = Double(time.seconds) + Double(time.attoseconds) * 1e-18
    return (max(seconds, 1e-9) / Double(calls), isDone)
  }
}

/// One candidate's speed on one shape, every sample of it.
public struct ProductResult: Sendable {
  public enum Verdict: Sendable, Equatable {
    case right
    /// Not timed.
    case wrong(limit: Double)
    /// An own kernel said that it does not do the case.
    case declined
  }

  public var shape: ProductShape
  public var backend: String
  public var precision: Precision
  public var threads: Int
  public var threadPolicy: String
  /// GFLOP/s with the inputs in the caches as far as they fit, in the order of measuring.
  public var warm: [Double] = []
  /// GFLOP/s with the inputs in memory.
  public var cold: [Double] = []
  /// Against the exact product; nil when the candidate declined.
  public var error: Double?
  public var verdict = Verdict.right

  init(_ shape: ProductShape, _ candidate: ProductCandidate) {
    self.shape = shape
    backend = candidate.name
    precision = candidate.precision
    threads = Threads.count
    threadPolicy = candidate.threadPolicy
  }

  /// Bytes that must move at least once; a B that was packed before is read as it was packed.
  public var bytes: Double {
    let isShort = backend == ProductKernel.bf16Packed.rawValue && Processor.multipliesBF16
    return shape.bytes - (isShort ? 2 * Double(shape.n) * Double(shape.k) : 0)
  }

  /// Operations per byte: what a roofline has on its horizontal axis.
  public var intensity: Double { shape.operations / bytes }

  /// The median; nil without samples.
  public static func median(_ samples: [Double]) -> Double? { Spread(samples)?.median }
}
