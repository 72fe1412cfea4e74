import Kernels

/// A percentile bootstrap interval of the difference in accuracy between two models on the same problems
/// (Efron 1979; pairs are resampled together).
public struct PairedBootstrap: Codable, Sendable, Equatable {
  /// accuracy(first) − accuracy(second).
  public let difference: Double
  public let low: Double
  public let high: Double

  /// 95 % interval from `resamples` draws; the same seed gives the same interval.
  public init(_ first: [Bool], _ second: [Bool], resamples: Int = 2000, seed: UInt64 = 1) {
    precondition(first.count == second.count, "PairedBootstrap: \(first.count) and \(second.count) results")
    let differences = zip(first, second).map { ($0 ? 1 : 0) - ($1 ? 1 : 0) }
    guard !differences.isEmpty else {
      (difference, low, high) = (0, 0, 0)
      return
    }
    let n = differences.count
    var random = SeededRandom(seed: seed)
    let means = (0..<resamples).map { _ in
      var sum = 0
      for _ in 0..<n { sum += differences[Int(random.next() % UInt64(n))] }
      return Double(sum) / Double(n)
    }.sorted()
    difference = Double(differences.reduce(0, +)) / Double(n)
    low = means[Int(0.025 * Double(resamples - 1))]
    high = means[Int(0.975 * Double(resamples - 1))]
  }
}
