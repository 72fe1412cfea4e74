import TensorCore
import Kernels

/// What a term of the loss measures, under the name that a recipe gives it.
///
/// p is the teacher's distribution, q the student's, both softened by the term's temperature.
public enum LossFunctionName: String, CaseIterable, Sendable {
  /// −log q[label]; at temperature 1 always, and the only one that needs no teacher
  case crossEntropy = "cross_entropy"
  /// KL(p‖q): the student covers what the teacher does (Hinton et al. 2015)
  case forwardKL = "forward_kl"
  /// KL(q‖p): the student keeps to what the teacher does (MiniLLM, Gu et al. 2024)
  case reverseKL = "reverse_kl"
  /// β KL(p‖m) + (1 − β) KL(q‖m), m = β p + (1 − β) q with β = `mixture`; β = 0 is KL(p‖q) and β = 1 is KL(q‖p), as in
  /// TRL's GKD (Agarwal et al. 2024)
  case jsd
  /// KL(p‖α p + (1 − α) q) with α = `skew` (DistiLLM, Ko et al. 2024)
  case skewForwardKL = "skew_forward_kl"
  /// KL(q‖(1 − α) p + α q) with α = `skew`
  case skewReverseKL = "skew_reverse_kl"
  /// ½ Σ |p − q|
  case totalVariation = "total_variation"

  /// Whether the term compares the student with a teacher.
  public var needsTeacher: Bool { self != .crossEntropy }

  /// The divergence of distributions that the name stands for; nil for cross-entropy.
  func divergence(mixture: Float, skew: Float) -> Divergence? {
    switch self {
    case .crossEntropy: nil
    case .forwardKL: .forwardKL
    case .reverseKL: .reverseKL
    // The mixture has no distribution of its own at its ends; TRL defines them as the two KLs.
    case .jsd: mixture <= 0 ? .forwardKL : mixture >= 1 ? .reverseKL : .jsd(mixture: mixture)
    case .skewForwardKL: .skewForwardKL(skew: skew)
    case .skewReverseKL: .skewReverseKL(skew: skew)
    case .totalVariation: .totalVariation
    }
  }
}

/// One term of the loss: a function with its weight and its numbers.
public struct LossTerm: Sendable, Equatable {
  public var function: LossFunctionName
  public var weight = 1.0
  /// Softens both distributions; above 0. Cross-entropy ignores it.
  public var temperature = 1.0
  /// The teacher's share in the mixture of `jsd`, 0...1.
  public var mixture = 0.5
  /// The share of the other distribution in the skewed divergences, 0..<1.
  public var skew = 0.1
  /// Whether a term with a teacher is multiplied by T², which keeps its gradient's size whatever the temperature
  /// (Hinton et al. 2015, section 2).
  public var scalesByTemperatureSquared = true

  public init(_ function: LossFunctionName = .crossEntropy, weight: Double = 1, temperature: Double = 1) {
    self.function = function
    self.weight = weight
    self.temperature = temperature
  }

  /// What the mean over tokens is multiplied by.
  public var factor: Double {
    function.needsTeacher && scalesByTemperatureSquared ? weight * temperature * temperature : weight
  }
}
