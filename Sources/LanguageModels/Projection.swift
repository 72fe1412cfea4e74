import Kernels
import TensorCore

/// A linear map of each row: y = W x + b, and where it is corrected by an adapter: + scale · B A x.
final class Projection {
  let weight: Parameter
  let bias: Parameter?
  /// Whether W is stored as [inputs, outputs], as the Conv1D of GPT-2 stores it; [outputs, inputs] otherwise.
  let isTransposed: Bool
  /// Trained in the weight's place; nil where there is no adapter.
  var correction: LowRankCorrection?

  init(weight: Parameter, bias: Parameter?, isTransposed: Bool = false) {
    self.weight = weight
    self.bias = bias
    self.isTransposed = isTransposed
  }

  var outputs: Int { weight.shape[isTransposed ? 1 : 0] }
  var inputs: Int { weight.shape[isTransposed ? 0 : 1] }

  /// `model.layers.0.self_attn.q_proj`
  var name: String { String(weight.name.dropLast(".weight".count)) }

  /// The weight with its correction, stored as the weight is.
  var mergedWeight: Buffer {
    correction?.merged(into: weight.value.buffer, isTransposed: isTransposed) ?? weight.value.buffer
  }

  /// - Parameter x: [rows, inputs]
  /// - Returns: [rows, outputs]
  func callAsFunction(_ x: Tensor) -> Tensor {
    let y = uncorrected(x)
    return correction.map { add(y, $0(x)) } ?? y
  }

  private func uncorrected(_ x: Tensor) -> Tensor {
    guard isTransposed else { return linear(x, weight(), bias: bias?()) }
    let y = matmul(x, weight())
    return bias.map { addBias(y, $0()) } ?? y
  }
}
