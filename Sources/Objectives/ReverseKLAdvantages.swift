import Foundation
import TensorCore

/// What each token of a sampled completion is worth to the reverse KL from the teacher (Gu et al. 2024, MiniLLM, section 2.2).
///
/// With r_t = log p(t) − log q(t) of teacher p and student q:
///
///     A_t = r_t                                     for γ = 0
///     A_t = Σ_{i ≥ t} γ^i r_i                       else
///     A_t = Σ_{i ≥ t} γ^i r_i / Σ_{i ≥ t} γ^i m_i   with length normalization; m is 1, 1e-4 at tokens that do not count
///
/// The powers count from the completion's first token, as in TRL's trainer of that name, not from t.
public struct ReverseKLAdvantages: Sendable, Equatable {
  /// γ, 0...1
  public var gamma: Double
  public var normalizesLength: Bool

  public init(gamma: Double = 1, normalizesLength: Bool = true) {
    self.gamma = gamma
    self.normalizesLength = normalizesLength
  }

  /// - Parameters:
  ///   - student, teacher: log-probabilities of the completion's tokens [tokens].
  ///   - mask: which tokens count; all of them when nil. The others have r = 0.
  /// - Returns: [tokens]
  public func callAsFunction(student: [Double], teacher: [Double], mask: [Bool]? = nil) -> [Double] {
    requireShape(
      student.count == teacher.count && mask?.count ?? student.count == student.count,
      "ReverseKLAdvantages: \(student.count) tokens of the student, \(teacher.count) of the teacher")
    let counts = { (index: Int) in mask?[index] ?? true }
    var advantages = student.indices.map { counts($0) ? teacher[$0] - student[$0] : 0 }
    guard gamma > 0 else { return advantages }
    // Counted from t the powers neither vanish nor differ in the quotient; γ^t is put back where there is none.
    var (sum, length) = (0.0, 0.0)
    for index in advantages.indices.reversed() {
      sum = advantages[index] + gamma * sum
      length = (counts(index) ? 1 : 1e-4) + gamma * length
      advantages[index] = normalizesLength ? sum / length : pow(gamma, Double(index)) * sum
    }
    return advantages
  }
}
