internal import CKernels

/// What this machine can do at most at a number of threads: the scale on which kernels are judged.
public struct MachinePeak: Sendable {
  public let threads: Int
  /// 10⁹ multiply-adds × 2 per second, between registers alone, by the best instruction the processor has.
  public let fp32: Double
  /// The same with pairs of bf16; nil where the processor has no such instruction.
  public let bf16: Double?
  /// 10⁹ bytes per second from and to memory: reading, or copying (bytes read and written), whichever is more.
  public let bandwidth: Double

  public init(threads: Int, fp32: Double, bf16: Double?, bandwidth: Double) {
    self.threads = threads
    self.fp32 = fp32
    self.bf16 = bf16
    self.bandwidth = bandwidth
  }

  /// The peak for products in `precision`.
  public func gflops(_ precision: Precision) -> Double {
    switch precision {
    case .fp32: fp32
    case .bf16: bf16 ?? fp32
    }
  }

  /// The higher of two measurements, figure by figure: a disturbance only lowers one.
  public func combined(with other: MachinePeak) -> MachinePeak {
    MachinePeak(
      threads: threads, fp32: max(fp32, other.fp32),
      bf16: bf16.map { max($0, other.bf16 ?? 0) }, bandwidth: max(bandwidth, other.bandwidth))
  }

  /// Measures for about a second, on as many threads as `Threads.count` says; the best of five runs each.
  ///
  /// - Parameter rounds: of twelve multiply-adds a thread and run; the default takes some 10 ms.
  public static func measure(rounds: Int = 3_000_000, bytes: Int = 128 << 20) -> MachinePeak {
    let variants = Processor.supportedVariants
    var fp32 = rate(swiftlet_peak_base, rounds: rounds)
    if variants.contains(.v3) { fp32 = max(fp32, rate(swiftlet_peak_v3, rounds: rounds)) }
    if variants.contains(.v4) { fp32 = max(fp32, rate(swiftlet_peak_v4, rounds: rounds)) }
    let bf16 = variants.contains(.v4bf16) ? rate(swiftlet_peak_bf16, rounds: rounds) : nil
    return MachinePeak(
      threads: Threads.count, fp32: fp32, bf16: bf16, bandwidth: measuredBandwidth(bytes: bytes))
  }

  private static func rate(_ kind: swiftlet_peak_kind, rounds: Int) -> Double {
    let threads = Threads.count
    // Each block is long beside the start of a worker, so that every thread gets one.
    let operations = Double(threads) * swiftlet_peak_loop(kind, 1) * Double(rounds)
    return best { Threads.blocksInParallel(threads) { _ in _ = swiftlet_peak_loop(kind, rounds) } }
      * operations
  }

  private static func measuredBandwidth(bytes: Int) -> Double {
    let count = max(bytes / 8, 64)
    let source = Buffer.repeating(1, count: count)
    let target = Buffer.zeros(count)
    let threads = Threads.count
    let part = (count / threads + 63) / 64 * 64
    func split(_ body: @escaping (Range<Int>) -> Void) -> Double {
      best {
        Threads.blocksInParallel(threads) { thread in
          let start = min(count, thread * part)
          body(start..<min(count, start + part))
        }
      }
    }
    let read = split { _ = swiftlet_read_memory(source.pointer + $0.lowerBound, $0.count) }
    let copy = split {
      (target.pointer + $0.lowerBound).update(from: source.pointer + $0.lowerBound, count: $0.count)
    }
    return max(read, 2 * copy) * Double(4 * count)
  }

  /// Runs per nanosecond, the best of five.
  private static func best(_ body: () -> Void) -> Double {
    let clock = ContinuousClock()
    return (0..<5).map { _ in
      let time = clock.measure(body).components
      return 1 / max(Double(time.seconds) * 1e9 + Double(time.attoseconds) * 1e-9, 1)
    }.max() ?? 0
  }
}
