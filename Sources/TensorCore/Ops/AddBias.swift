import Kernels

/// Adds one vector to every row.
///
/// y = x + b;  dx = dy,  db = Σ rows of dy
///
/// - Parameters: `x` [..., columns]; `bias` [columns].
/// - Returns: [..., columns]
public func addBias(_ x: Tensor, _ bias: Tensor) -> Tensor {
  requireShape(bias.shape == [x.columns], "addBias: x \(x.shape), bias \(bias.shape)")
  let y = Kernels.addRowBias(x.buffer, bias.buffer, rows: x.rows)
  return .recording(.addBias, Tensor(x.shape, y), inputs: [x, bias]) { dy in
    let dBias =
      bias.requiresGradient
      ? Tensor(bias.shape, Kernels.sumRows(dy.buffer, rows: x.rows, columns: x.columns)) : nil
    return [dy, dBias]
  }
}

extension OpCheck {
  static var addBias: OpCheck {
    OpCheck(.addBias, .normal([2, 3, 4]), .normal([4])) { TensorCore.addBias($0[0], $0[1]) }
  }
}
