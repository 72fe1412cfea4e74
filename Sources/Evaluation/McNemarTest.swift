import Foundation

/// The exact two-sided McNemar test of two models on the same problems (McNemar 1947, binomial form).
///
/// With b problems that only the first solves and c that only the second solves, p is the probability, under
/// a fair coin, of a split at least as uneven: p = min(1, 2 · P(X ≤ min(b, c))), X ~ Binomial(b + c, ½).
public struct McNemarTest: Codable, Sendable, Equatable {
  public let onlyFirst: Int
  public let onlySecond: Int
  public let p: Double

  public init(onlyFirst: Int, onlySecond: Int) {
    self.onlyFirst = onlyFirst
    self.onlySecond = onlySecond
    let n = onlyFirst + onlySecond
    let smaller = min(onlyFirst, onlySecond)
    // Terms as logarithms: C(n, k) overflows a Double above n ≈ 1,030.
    let whole = lgamma(Double(n + 1)) - Double(n) * log(2)
    var tail = 0.0
    for k in 0...smaller { tail += exp(whole - lgamma(Double(k + 1)) - lgamma(Double(n - k + 1))) }
    p = n == 0 ? 1 : min(1, 2 * tail)
  }

  /// - Parameters: whether each model solved problem i; both of the same length.
  public init(_ first: [Bool], _ second: [Bool]) {
    precondition(first.count == second.count, "McNemarTest: \(first.count) and \(second.count) results")
    let pairs = zip(first, second)
    self.init(
      onlyFirst: pairs.count { $0 && !$1 }, onlySecond: pairs.count { !$0 && $1 })
  }
}

/// Holm's step-down correction (Holm 1979): controls the family-wise error of several comparisons.
public enum HolmCorrection {
  /// The adjusted p values, in the order of the input: p₍ᵢ₎' = max over j ≤ i of min(1, (m − j + 1) · p₍ⱼ₎).
  public static func adjusted(_ p: [Double]) -> [Double] {
    var result = p
    var running = 0.0
    for (rank, index) in p.indices.sorted(by: { p[$0] < p[$1] }).enumerated() {
      running = max(running, min(1, Double(p.count - rank) * p[index]))
      result[index] = running
    }
    return result
  }
}
