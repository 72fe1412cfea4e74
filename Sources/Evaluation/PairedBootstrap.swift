/// A bootstrap interval of the difference in accuracy between two models on the same problems: pairs are resampled
/// together.
public struct PairedBootstrap: Codable, Sendable, Equatable {
  /// accuracy(first) − accuracy(second).
  public let difference: Double
  public let low: Double
  public let high: Double

  /// - Parameters: each model's accuracy on problem i, 0…1; both of the same length.
  public init(_ first: [Double], _ second: [Double], resamples: Int = 2000, seed: UInt64 = 1) {
    precondition(first.count == second.count, "PairedBootstrap: \(first.count) and \(second.count) results")
    let interval = BootstrapInterval(zip(first, second).map { $0 - $1 }, resamples: resamples, seed: seed)
    (difference, low, high) = (interval.mean, interval.low, interval.high)
  }

  /// - Parameters: whether each model solved problem i; both of the same length.
  public init(_ first: [Bool], _ second: [Bool], resamples: Int = 2000, seed: UInt64 = 1) {
    self.init(first.map { $0 ? 1 : 0 }, second.map { $0 ? 1 : 0 }, resamples: resamples, seed: seed)
  }
}
