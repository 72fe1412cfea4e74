import Kernels

/// Drops elements at random and scales the others so that the mean stays (Srivastava et al. 2014).
///
/// y[i] = x[i] · kept[i] / (1 − rate);  dx[i] = dy[i] · kept[i] / (1 − rate)
///
/// - Parameters: `rate` from 0 to below 1; equal seeds drop the same places.
public func dropout(_ x: Tensor, rate: Float, seed: UInt64) -> Tensor {
  requireShape(rate >= 0 && rate < 1, "dropout: rate \(rate)")
  let y = Kernels.dropout(x.buffer, rate: rate, seed: seed)
  return .recording(.dropout, Tensor(x.shape, y), inputs: [x]) { dy in
    [Tensor(x.shape, Kernels.dropout(dy.buffer, rate: rate, seed: seed))]
  }
}

extension OpCheck {
  static var dropout: OpCheck {
    OpCheck(.dropout, .normal([5, 7])) { TensorCore.dropout($0[0], rate: 0.3, seed: 5) }
  }
}
