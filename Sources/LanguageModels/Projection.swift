import Kernels
import TensorCore

/// A linear map of each row: y = W x + b.
final class Projection {
  let weight: Parameter
  let bias: Parameter?
  /// Whether W is stored as [inputs, outputs], as the Conv1D of GPT-2 stores it; [outputs, inputs] otherwise.
  let isTransposed: Bool

  init(weight: Parameter, bias: Parameter?, isTransposed: Bool = false) {
    self.weight = weight
    self.bias = bias
    self.isTransposed = isTransposed
  }

  var outputs: Int { weight.shape[isTransposed ? 1 : 0] }
  var inputs: Int { weight.shape[isTransposed ? 0 : 1] }

  /// - Parameter x: [rows, inputs]
  /// - Returns: [rows, outputs]
  func callAsFunction(_ x: Tensor) -> Tensor {
    guard isTransposed else { return linear(x, weight(), bias: bias?()) }
    let y = matmul(x, weight())
    return bias.map { addBias(y, $0()) } ?? y
  }
}
