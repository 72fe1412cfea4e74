/// How far values of repeated measurements lie apart.
public struct Spread: Sendable, Equatable {
  public let mean: Double
  /// The middle value; of an even number of values the mean of the middle two.
  public let median: Double
  /// With n − 1 in the denominator; 0 for a single value.
  public let standardDeviation: Double
  public let minimum: Double
  public let maximum: Double

  /// Nil where there are no values.
  public init?(_ values: [Double]) {
    guard let minimum = values.min(), let maximum = values.max() else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let (sorted, middle) = (values.sorted(), values.count / 2)
    self.mean = mean
    median = values.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    self.minimum = minimum
    self.maximum = maximum
    standardDeviation = values.count == 1 ? 0 : (squares / Double(values.count - 1)).squareRoot()
  }
}
