import Kernels

/// Centres each row and divides it by its standard deviation, then scales and shifts it.
///
/// y = w ⊙ (x − mean(x)) / sqrt(var(x) + ε) + b, with the biased variance    (Ba et al. 2016)
///
/// - Parameters: `x` [..., hidden]; `weight`, `bias` [hidden]; `epsilon` is added to the variance.
/// - Returns: [..., hidden]
public func layerNorm(_ x: Tensor, weight: Tensor, bias: Tensor, epsilon: Float) -> Tensor {
  requireShape(
    weight.shape == [x.columns] && bias.shape == weight.shape,
    "layerNorm: x \(x.shape), weight \(weight.shape), bias \(bias.shape)")
  let (y, mean, inverseDeviation) = Kernels.layerNorm(
    x.buffer, weight: weight.buffer, bias: bias.buffer, rows: x.rows, epsilon: epsilon)
  return .recording(.layerNorm, Tensor(x.shape, y), inputs: [x, weight, bias]) { dy in
    let (dx, dWeight, dBias) = Kernels.layerNormPullback(
      dy.buffer, x.buffer, weight: weight.buffer, mean: mean, inverseDeviation: inverseDeviation, rows: x.rows
    )
    return [Tensor(x.shape, dx), Tensor(weight.shape, dWeight), Tensor(bias.shape, dBias)]
  }
}

extension OpCheck {
  static var layerNorm: OpCheck {
    OpCheck(.layerNorm, .normal([2, 3, 8]), .uniform([8], in: 0.5...2), .normal([8])) {
      TensorCore.layerNorm($0[0], weight: $0[1], bias: $0[2], epsilon: 1e-5)
    }
  }
}
