import Kernels

/// The mean of one value a problem with its percentile bootstrap interval (Efron 1979): problems are drawn with
/// replacement, and whatever was measured on one problem stays together.
public struct BootstrapInterval: Codable, Sendable, Equatable {
  public let mean: Double
  public let low: Double
  public let high: Double

  /// 95 % interval from `resamples` draws; the same seed gives the same interval, no values one of 0.
  public init(_ values: [Double], resamples: Int = 2000, seed: UInt64 = 1) {
    guard !values.isEmpty, resamples > 0 else {
      (mean, low, high) = (0, 0, 0)
      return
    }
    let n = values.count
    var random = SeededRandom(seed: seed)
    let means = (0..<resamples).map { _ in
      var sum = 0.0
      for _ in 0..<n { sum += values[Int(random.next() % UInt64(n))] }
      return sum / Double(n)
    }.sorted()
    mean = values.reduce(0, +) / Double(n)
    low = means[Int(0.025 * Double(resamples - 1))]
    high = means[Int(0.975 * Double(resamples - 1))]
  }
}
