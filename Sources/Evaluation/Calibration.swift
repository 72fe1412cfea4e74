/// Whether answers are right as often as their confidence says.
///
/// Expected calibration error = Σ_b n_b/n · |accuracy_b − confidence_b| over ten bins ((b−1)/10, b/10], 0 in the first
/// (Naeini et al. 2015; Guo et al. 2017). Brier score = mean of (confidence − right)² (Brier 1950).
public struct Calibration: Sendable, Equatable {
  /// One bar of a reliability diagram.
  public struct Bin: Sendable, Equatable {
    public let count: Int
    /// Means over the bin; 0 in an empty one.
    public let confidence: Double
    public let accuracy: Double
  }

  public static let binCount = 10
  public let count: Int
  public let expectedError: Double
  public let brierScore: Double
  public let bins: [Bin]

  /// - Parameter predictions: confidence, 0…1, and whether the answer is right. Nil where there are none.
  public init?(_ predictions: [(confidence: Double, isCorrect: Bool)]) {
    guard !predictions.isEmpty else { return nil }
    var groups = Array(repeating: [(confidence: Double, isCorrect: Bool)](), count: Calibration.binCount)
    for prediction in predictions {
      let place = (prediction.confidence * Double(Calibration.binCount)).rounded(.up) - 1
      // A confidence outside its range, or none at all, counts at the nearest end.
      groups[place >= 0 ? Int(min(place, Double(Calibration.binCount - 1))) : 0].append(prediction)
    }
    bins = groups.map { group in
      let n = Double(max(1, group.count))
      return Bin(
        count: group.count, confidence: group.reduce(0) { $0 + $1.confidence } / n,
        accuracy: Double(group.count(where: \.isCorrect)) / n)
    }
    let n = Double(predictions.count)
    count = predictions.count
    expectedError = bins.reduce(0) { $0 + Double($1.count) / n * abs($1.accuracy - $1.confidence) }
    brierScore =
      predictions.reduce(0) { sum, prediction in
        let miss = prediction.confidence - (prediction.isCorrect ? 1 : 0)
        return sum + miss * miss
      } / n
  }
}
