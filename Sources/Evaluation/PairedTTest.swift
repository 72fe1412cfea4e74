import Foundation

/// The two-sided paired t-test (Student 1908): whether the mean of paired differences, taken as normal, is zero.
///
/// t = mean / (s / √n), with n − 1 degrees of freedom ν. The share of Student's distribution within ±t is a finite sum for
/// whole ν (Abramowitz & Stegun 1964, 26.7.3 and 26.7.4), with θ = atan(t / √ν):
/// ν odd: 2/π · (θ + sin θ · (cos θ + 2/3 cos³θ + … )), ν even: sin θ · (1 + 1/2 cos²θ + 1·3/(2·4) cos⁴θ + … ).
public struct PairedTTest: Sendable, Equatable {
  public let t: Double
  public let p: Double

  /// Nil for fewer than two pairs, and for differences that are all the same, to rounding, and not zero: nothing tells how
  /// they vary.
  ///
  /// - Parameter differences: of each pair, first minus second; finite.
  public init?(_ differences: [Double]) {
    guard differences.count > 1, let spread = Spread(differences) else { return nil }
    // Differences of like numbers have their rounding: 0.9 − 0.8 and 0.8 − 0.7 are not the same.
    let largest = max(abs(spread.minimum), abs(spread.maximum))
    guard spread.standardDeviation > 1e-12 * largest || largest == 0 else { return nil }
    let error = spread.standardDeviation / Double(differences.count).squareRoot()
    t = error > 0 ? spread.mean / error : 0
    p = max(0, 1 - PairedTTest.share(within: abs(t), degreesOfFreedom: differences.count - 1))
  }

  private static func share(within t: Double, degreesOfFreedom: Int) -> Double {
    let angle = atan(t / Double(degreesOfFreedom).squareRoot())
    let cosine = cos(angle)
    let isOdd = degreesOfFreedom % 2 == 1
    var term = isOdd ? cosine : 1
    var sum = degreesOfFreedom > 1 ? term : 0
    for power in stride(from: isOdd ? 3 : 2, through: degreesOfFreedom - 2, by: 2) {
      term *= cosine * cosine * Double(power - 1) / Double(power)
      sum += term
    }
    return isOdd ? 2 / Double.pi * (angle + sin(angle) * sum) : sin(angle) * sum
  }
}
