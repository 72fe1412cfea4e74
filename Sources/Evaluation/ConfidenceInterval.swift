/// Where an accuracy lies with 95 % confidence.
public struct ConfidenceInterval: Codable, Sendable, Equatable {
  public let low: Double
  public let high: Double

  public init(low: Double, high: Double) { (self.low, self.high) = (low, high) }

  /// Of answers to different problems.
  public init(_ interval: WilsonInterval) { (low, high) = (interval.low, interval.high) }

  /// Of several answers to each problem, which do not stand for as many problems: by bootstrap over the problems, where
  /// all are 0 or all 1 by Wilson's interval, for drawing from equal values shows no doubt.
  ///
  /// - Parameter values: the accuracy on each problem, 0…1.
  public init(overProblems values: [Double]) {
    let first = values.first ?? 0
    if first == 0 || first == 1, values.allSatisfy({ $0 == first }) {
      let interval = WilsonInterval(successes: first == 1 ? values.count : 0, trials: values.count)
      (low, high) = (interval.low, interval.high)
    } else {
      let interval = BootstrapInterval(values)
      (low, high) = (interval.low, interval.high)
    }
  }
}
