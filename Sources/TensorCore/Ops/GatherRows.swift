import Kernels

/// Picks rows in the given order; a row may come more than once or never.
///
/// y[i] = x[indices[i]];  dx[r] = Σ of dy[i] over all i with indices[i] = r
///
/// - Parameters: `x` [rows, columns]; `indices` into the rows.
/// - Returns: [indices, columns]
public func gatherRows(_ x: Tensor, rows indices: [Int32]) -> Tensor {
  requireShape(x.shape.count == 2, "gatherRows: x \(x.shape)")
  let (rows, columns) = (x.shape[0], x.shape[1])
  requireRows(indices, below: rows, op: "gatherRows")
  let y = Kernels.gather(x.buffer, ids: indices, columns: columns)
  return .recording(.gatherRows, Tensor([indices.count, columns], y), inputs: [x]) { dy in
    let dx = Buffer.zeros(rows * columns)
    Kernels.scatterAdd(into: dx, dy.buffer, ids: indices, columns: columns)
    return [Tensor(x.shape, dx)]
  }
}

extension OpCheck {
  static var gatherRows: OpCheck {
    OpCheck(.gatherRows, .normal([5, 3])) { TensorCore.gatherRows($0[0], rows: [4, 0, 4, 2]) }
  }
}
