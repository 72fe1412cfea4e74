import Kernels

/// The sum of two tensors of one shape.
///
/// y = a + b;  da = db = dy
public func add(_ a: Tensor, _ b: Tensor) -> Tensor {
  requireShape(a.shape == b.shape, "add: a \(a.shape), b \(b.shape)")
  return .recording(.add, Tensor(a.shape, Kernels.add(a.buffer, b.buffer)), inputs: [a, b]) { [$0, $0] }
}

extension Tensor {
  public static func + (a: Tensor, b: Tensor) -> Tensor { add(a, b) }
}

extension OpCheck {
  static var add: OpCheck {
    OpCheck(.add, .normal([3, 4]), .normal([3, 4])) { TensorCore.add($0[0], TensorCore.add($0[1], $0[0])) }
  }
}
