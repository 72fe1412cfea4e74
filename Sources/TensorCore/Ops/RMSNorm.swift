import Kernels

/// Divides each row by its root mean square, then scales it by `weight`.
///
/// y = w ⊙ x / sqrt(mean(x²) + ε)    (Zhang & Sennrich 2019, eq. 4, with ε)
///
/// - Parameters: `x` [..., hidden]; `weight` [hidden]; `epsilon` is added to the mean square, not to its root.
/// - Returns: [..., hidden]
public func rmsNorm(_ x: Tensor, weight: Tensor, epsilon: Float) -> Tensor {
  requireShape(weight.shape == [x.columns], "rmsNorm: x \(x.shape), weight \(weight.shape)")
  let (y, inverseRMS) = Kernels.rmsNorm(x.buffer, weight: weight.buffer, rows: x.rows, epsilon: epsilon)
  return .recording(.rmsNorm, Tensor(x.shape, y), inputs: [x, weight]) { dy, sums in
    let (dx, dWeight) = Kernels.rmsNormPullback(
      dy.buffer, x.buffer, weight: weight.buffer, inverseRMS: inverseRMS, rows: x.rows, addingTo: sums[0])
    if let sum = sums[1] { Kernels.addInto(dWeight, sum) }
    return [Tensor(x.shape, dx), Tensor(weight.shape, dWeight)]
  }
}

extension OpCheck {
  static var rmsNorm: OpCheck {
    OpCheck(.rmsNorm, .normal([2, 3, 8]), .uniform([8], in: 0.5...2)) {
      TensorCore.rmsNorm($0[0], weight: $0[1], epsilon: 1e-5)
    }
  }
}
