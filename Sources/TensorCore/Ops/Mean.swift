import Kernels

/// The mean of all elements, accumulated in Double; 0 for an empty tensor.
///
/// y = Σ x / n;  dx = dy / n everywhere
public func mean(_ x: Tensor) -> Tensor {
  let count = max(1, x.count)
  return .recording(.mean, Tensor(Float(Kernels.sum(x.buffer) / Double(count))), inputs: [x]) { dy in
    [Tensor.filled(x.shape, dy.item / Float(count))]
  }
}

extension OpCheck {
  static var mean: OpCheck {
    OpCheck(.mean, .normal([3, 4]), .normal([3, 4])) { TensorCore.mean($0[0] * $0[1]) }
  }
}
