import Foundation
import Kernels

/// How one op's gradient is checked: which inputs to draw, and the function of them.
package struct OpCheck: Sendable {
  /// How an input is drawn.
  package struct Draw: Sendable {
    package let shape: [Int]
    /// A value from a standard normal and a uniform number in 0..<1.
    let value: @Sendable (_ normal: Float, _ uniform: Float) -> Float

    package static func normal(_ shape: [Int], scale: Float = 1) -> Draw {
      Draw(shape: shape) { normal, _ in scale * normal }
    }

    package static func uniform(_ shape: [Int], in range: ClosedRange<Float>) -> Draw {
      Draw(shape: shape) { _, uniform in range.lowerBound + uniform * (range.upperBound - range.lowerBound) }
    }

    /// Values of either sign at least `gap` from 0, where a kink would spoil central differences.
    package static func awayFromZero(_ shape: [Int], gap: Float = 0.1) -> Draw {
      Draw(shape: shape) { normal, _ in normal < 0 ? normal - gap : normal + gap }
    }

    package func tensor(using random: inout some RandomNumberGenerator) -> Tensor {
      Tensor(
        shape,
        (0..<shape.reduce(1, *)).map { _ in
          value(Self.standardNormal(using: &random), Float.random(in: 0..<1, using: &random))
        })
    }

    /// One standard normal by the method of Box and Muller.
    static func standardNormal(using random: inout some RandomNumberGenerator) -> Float {
      let radius = Double.random(in: Double.leastNonzeroMagnitude..<1, using: &random)
      let angle = Double.random(in: 0..<(2 * Double.pi), using: &random)
      return Float((-2 * log(radius)).squareRoot() * cos(angle))
    }
  }

  package let op: OpName
  package let inputs: [Draw]
  package let function: @Sendable ([Tensor]) -> Tensor

  package init(
    _ op: OpName, _ inputs: Draw..., function: @escaping @Sendable ([Tensor]) -> Tensor
  ) {
    self.op = op
    self.inputs = inputs
    self.function = function
  }

  /// The checks of one op; the switch has no default, so that a new op asks for its line here.
  package static func checks(of op: OpName) -> [OpCheck] {
    switch op {
    case .parameter: [parameter]
    case .linear: [linear, linearWithBias]
    case .matmul: matmuls
    case .add: [add]
    case .multiply: [multiply]
    case .scale: [scale]
    case .addBias: [addBias]
    case .embedding: [embedding]
    case .rmsNorm: [rmsNorm]
    case .layerNorm: [layerNorm]
    case .activation: activations
    case .dropout: [dropout]
    case .swiGLU: [swiGLU]
    case .rope: ropes
    case .attention: [attention, attentionWindow, attentionBranches]
    case .softmax: [softmax]
    case .logSoftmax: [logSoftmax]
    case .crossEntropy: crossEntropies
    case .divergence: divergences
    case .topKDivergence: [topKDivergence]
    case .featureDistance: featureDistances
    case .relationDivergence: [relationDivergence]
    case .universalLogit: universalLogits
    case .chunkedLinearLoss: [chunkedLinearLoss]
    case .sum: [sum]
    case .mean: [mean]
    case .topKBuckets: [topKBuckets]
    case .gatherRows: [gatherRows]
    case .gatherColumns: [gatherColumns]
    case .sliceRows: [sliceRows]
    case .sliceColumns: [sliceColumns]
    case .reshape: [reshape]
    case .recomputed: [recomputed]
    }
  }

  /// The checks of every op.
  package static var allCases: [OpCheck] { OpName.allCases.flatMap(checks(of:)) }
}

extension OpCheck {
  static var parameter: OpCheck { OpCheck(.parameter, .normal([2, 3])) { $0[0] } }
}
