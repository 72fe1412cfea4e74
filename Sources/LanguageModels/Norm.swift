import Kernels
import TensorCore

/// The norm of each row: RMSNorm (Zhang & Sennrich 2019), or LayerNorm (Ba et al. 2016) where there is a bias.
struct Norm {
  let weight: Parameter
  let bias: Parameter?
  let epsilon: Float

  /// Asks `make` for `name.weight`, and for `name.bias` where the family centres its rows.
  init(_ name: String, _ configuration: ModelConfiguration, make: ParameterMaker) throws {
    let shape = [configuration.hiddenSize]
    weight = try make(name + ".weight", shape, .ones)
    bias = configuration.architecture.traits.centersRows ? try make(name + ".bias", shape, .zeros) : nil
    epsilon = configuration.rmsNormEpsilon
  }

  func callAsFunction(_ x: Tensor) -> Tensor {
    guard let bias else { return rmsNorm(x, weight: weight(), epsilon: epsilon) }
    return layerNorm(x, weight: weight(), bias: bias(), epsilon: epsilon)
  }
}
