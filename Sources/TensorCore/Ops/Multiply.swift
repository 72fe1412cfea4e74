import Kernels

/// The elementwise product of two tensors of one shape.
///
/// y = a ⊙ b;  da = dy ⊙ b,  db = dy ⊙ a
public func multiply(_ a: Tensor, _ b: Tensor) -> Tensor {
  requireShape(a.shape == b.shape, "multiply: a \(a.shape), b \(b.shape)")
  return .recording(.multiply, Tensor(a.shape, Kernels.multiply(a.buffer, b.buffer)), inputs: [a, b]) { dy in
    [
      a.requiresGradient ? Tensor(a.shape, Kernels.multiply(dy.buffer, b.buffer)) : nil,
      b.requiresGradient ? Tensor(b.shape, Kernels.multiply(dy.buffer, a.buffer)) : nil,
    ]
  }
}

extension Tensor {
  public static func * (a: Tensor, b: Tensor) -> Tensor { multiply(a, b) }
}

extension OpCheck {
  static var multiply: OpCheck {
    OpCheck(.multiply, .normal([3, 4]), .normal([3, 4])) { TensorCore.multiply($0[0], $0[1]) }
  }
}
