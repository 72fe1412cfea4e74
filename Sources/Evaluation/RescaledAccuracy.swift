/// Accuracy on the scale from blind guessing to all right, so that tasks with different numbers of options, and
/// languages with different tasks, compare (CLiKA).
public enum RescaledAccuracy {
  /// RA = (accuracy − chance) / (upper − chance); negative values, below blind guessing, are kept.
  ///
  /// - Parameter upper: what counts as all right; CLiKA's own script takes a strong model's accuracy of each task here
  ///   and raises results below 0 to 0.
  /// - Returns: 0 where `upper` is not above `chance`.
  public static func of(_ accuracy: Double, chance: Double, upper: Double = 1) -> Double {
    upper > chance ? (accuracy - chance) / (upper - chance) : 0
  }
}
