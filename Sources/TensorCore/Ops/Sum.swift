import Kernels

/// The sum of all elements, accumulated in Double.
///
/// y = Σ x;  dx = dy everywhere
public func sum(_ x: Tensor) -> Tensor {
  .recording(.sum, Tensor(Float(Kernels.sum(x.buffer))), inputs: [x]) { dy in
    [Tensor.filled(x.shape, dy.item)]
  }
}

extension Tensor {
  /// A constant whose elements are all `value`.
  static func filled(_ shape: [Int], _ value: Float) -> Tensor {
    let buffer = Buffer.uninitialized(shape.reduce(1, *))
    Kernels.fill(buffer, value)
    return Tensor(shape, buffer)
  }
}

extension OpCheck {
  // Of a product: the gradient of a plain sum is 1 everywhere and would hide an error in what follows.
  static var sum: OpCheck {
    OpCheck(.sum, .normal([3, 4]), .normal([3, 4])) { TensorCore.sum($0[0] * $0[1]) }
  }
}
