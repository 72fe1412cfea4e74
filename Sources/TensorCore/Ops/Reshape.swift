import Kernels

extension Tensor {
  /// The same elements in another shape; the buffer is shared.
  ///
  /// y = x;  dx = dy, in the shapes of either side
  public func reshaped(_ newShape: [Int]) -> Tensor {
    requireShape(newShape.reduce(1, *) == count, "reshaped: \(shape) to \(newShape)")
    let old = shape
    return .recording(.reshape, Tensor(newShape, buffer), inputs: [self]) { [Tensor(old, $0.buffer)] }
  }
}

extension OpCheck {
  static var reshape: OpCheck { OpCheck(.reshape, .normal([3, 4])) { $0[0].reshaped([2, 6]) } }
}
