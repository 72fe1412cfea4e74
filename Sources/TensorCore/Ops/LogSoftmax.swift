import Kernels

/// The logarithm of the probabilities of each row.
///
/// y = x − log Σ exp x;  dx = dy − exp(y) Σ dy
///
/// - Parameters: `x` [..., classes].
/// - Returns: the shape of `x`.
public func logSoftmax(_ x: Tensor) -> Tensor {
  let y = Kernels.logSoftmax(x.buffer, rows: x.rows)
  return .recording(.logSoftmax, Tensor(x.shape, y), inputs: [x]) { dy in
    [Tensor(x.shape, Kernels.logSoftmaxPullback(dy.buffer, y: y, rows: x.rows))]
  }
}

extension OpCheck {
  static var logSoftmax: OpCheck { OpCheck(.logSoftmax, .normal([3, 7])) { TensorCore.logSoftmax($0[0]) } }
}
