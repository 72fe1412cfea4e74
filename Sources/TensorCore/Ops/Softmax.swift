import Kernels

/// Turns each row into probabilities.
///
/// y = exp(x − max x) / Σ exp(x − max x);  dx = y ⊙ (dy − Σ dy ⊙ y)
///
/// - Parameters: `x` [..., classes].
/// - Returns: the shape of `x`.
public func softmax(_ x: Tensor) -> Tensor {
  let y = Kernels.softmax(x.buffer, rows: x.rows)
  return .recording(.softmax, Tensor(x.shape, y), inputs: [x]) { dy in
    [Tensor(x.shape, Kernels.softmaxPullback(dy.buffer, y: y, rows: x.rows))]
  }
}

extension OpCheck {
  static var softmax: OpCheck { OpCheck(.softmax, .normal([3, 7])) { TensorCore.softmax($0[0]) } }
}
