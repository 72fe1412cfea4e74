import Kernels

/// A tensor times a number.
///
/// y = s x;  dx = s dy
public func scale(_ x: Tensor, by factor: Float) -> Tensor {
  .recording(.scale, Tensor(x.shape, Kernels.scale(x.buffer, factor)), inputs: [x]) { dy in
    [Tensor(x.shape, Kernels.scale(dy.buffer, factor))]
  }
}

extension Tensor {
  public static func * (factor: Float, x: Tensor) -> Tensor { scale(x, by: factor) }
  public static func - (a: Tensor, b: Tensor) -> Tensor { add(a, scale(b, by: -1)) }
}

extension OpCheck {
  static var scale: OpCheck {
    OpCheck(.scale, .normal([3, 4]), .normal([3, 4])) { $0[0] - 2.5 * $0[1] }
  }
}
