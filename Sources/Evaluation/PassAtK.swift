/// The probability that at least one of k answers is right, estimated without bias from n answers of which c are right
/// (Chen et al. 2021, eq. 1).
///
/// pass@k = 1 − C(n−c, k) / C(n, k) = 1 − ∏ᵢ (1 − k/i), i from n−c+1 to n: no factor overflows, whatever n is.
public enum PassAtK {
  /// - Parameters: `n` answers at least `k`, which is at least 1; `c` from 0 to `n`.
  public static func estimate(answers n: Int, correct c: Int, k: Int) -> Double {
    precondition(k >= 1 && k <= n && (0...n).contains(c), "PassAtK: n \(n), c \(c), k \(k)")
    guard n - c >= k else { return 1 }
    var miss = 1.0
    for i in n - c + 1..<n + 1 { miss *= 1 - Double(k) / Double(i) }
    return 1 - miss
  }
}
