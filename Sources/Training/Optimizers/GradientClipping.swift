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

/// Scales all gradients by min(1, maxNorm / (norm + 1e-6)), as torch's `clip_grad_norm_` does.
///
/// - Returns: the norm before clipping (`grad_norm`). When it is not finite the gradients are left as they are: the
///   caller stops the run and names `firstNonFiniteGradient`.
@discardableResult
public func clipGradients(_ parameters: [Parameter], maxNorm: Double, norm: GradientNorm = .l2) -> Double {
  let total = norm.total(parameters)
  let coefficient = min(1, maxNorm / (total + 1e-6))
  guard total.isFinite, coefficient < 1 else { return total }
  for parameter in parameters {
    if let gradient = parameter.gradient { Kernels.scaleInPlace(gradient, Float(coefficient)) }
  }
  return total
}

/// The name of the first parameter whose gradient holds a NaN or an infinity.
public func firstNonFiniteGradient(_ parameters: [Parameter]) -> String? {
  parameters.first { parameter in parameter.gradient.map { !Kernels.allFinite($0) } ?? false }?.name
}
