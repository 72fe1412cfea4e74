import Foundation
import Kernels
import TensorCore

/// Which norm of all gradients together is limited.
public enum GradientNorm: String, CaseIterable, Sendable {
  case l2
  case infinity = "inf"

  /// The norm over the gradients of all parameters, accumulated in Double; 0 when there are none.
  public func total(_ parameters: [Parameter]) -> Double {
    switch self {
    case .l2:
      parameters.reduce(0) { $0 + ($1.gradient.map { Kernels.sumOfSquares($0) } ?? 0) }.squareRoot()
    case .infinity:
      // Not `max`, which may drop a NaN.
      parameters.reduce(0) { largest, parameter in
        guard let gradient = parameter.gradient else { return largest }
        let value = Double(Kernels.maxAbs(gradient))
        return value.isNaN || value > largest ? value : largest
      }
    }
  }
}

/// What clipping makes of all gradients together: min(1, maxNorm / (norm + 1e-6)) of each, as torch's
/// `clip_grad_norm_` does. The optimizer multiplies by it: AdamW in the pass in which it reads the gradient anyway, the
/// others in a pass of its own.
public struct GradientClipping: Sendable, Equatable {
  /// The norm before clipping (`grad_norm`). Where it is not finite the caller stops the run and names
  /// `firstNonFiniteGradient`.
  public let norm: Double
  /// What every gradient is to be multiplied with; 1 where the norm is below the limit or not finite.
  public let scale: Float

  public init(_ parameters: [Parameter], maxNorm: Double, norm: GradientNorm = .l2) {
    self.norm = norm.total(parameters)
    let coefficient = min(1, maxNorm / (self.norm + 1e-6))
    scale = self.norm.isFinite && coefficient < 1 ? Float(coefficient) : 1
  }
}

/// The name of the first parameter whose gradient holds a NaN or an infinity.
public func firstNonFiniteGradient(_ parameters: [Parameter]) -> String? {
  parameters.first { parameter in parameter.gradient.map { !Kernels.allFinite($0) } ?? false }?.name
}
