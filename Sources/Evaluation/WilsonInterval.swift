/// The Wilson score interval of a proportion (Wilson 1927): sensible near 0 and 1 and for small samples.
///
/// centre = (p + z²/2n) / (1 + z²/n), half = z/(1 + z²/n) · sqrt(p(1−p)/n + z²/4n²)
public struct WilsonInterval: Codable, Sendable, Equatable {
  public let low: Double
  public let high: Double

  /// - Parameters: `z` is the normal quantile; 1.959964 gives 95 %.
  public init(successes: Int, trials: Int, z: Double = 1.959963984540054) {
    guard trials > 0 else {
      (low, high) = (0, 1)
      return
    }
    let n = Double(trials)
    let p = Double(successes) / n
    let centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    low = max(0, centre - half)
    high = min(1, centre + half)
  }
}
