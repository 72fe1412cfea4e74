import Kernels

/// Picks k columns of each row, others for every row.
///
/// y[r, j] = x[r, indices[r · k + j]];  dx[r, i] = Σ of dy[r, j] over all j that picked i
///
/// - Parameters: `x` [..., columns]; `indices` [rows · k].
/// - Returns: [rows, k]
public func gatherColumns(_ x: Tensor, indices: [Int32]) -> Tensor {
  let (rows, columns) = (x.rows, x.columns)
  requireShape(
    rows == 0 ? indices.isEmpty : indices.count.isMultiple(of: rows),
    "gatherColumns: x \(x.shape), \(indices.count) indices")
  requireRows(indices, below: columns, op: "gatherColumns")
  let k = indices.count / max(1, rows)
  // Element e of the result is a row of one element of x, counted over all rows.
  let places = indices.enumerated().map { Int32($0 / max(1, k) * columns) + $1 }
  let y = Kernels.gather(x.buffer, ids: places, columns: 1)
  return .recording(.gatherColumns, Tensor([rows, k], y), inputs: [x]) { dy in
    let dx = Buffer.zeros(x.count)
    Kernels.scatterAdd(into: dx, dy.buffer, ids: places, columns: 1)
    return [Tensor(x.shape, dx)]
  }
}

extension OpCheck {
  static var gatherColumns: OpCheck {
    OpCheck(.gatherColumns, .normal([2, 5])) { TensorCore.gatherColumns($0[0], indices: [4, 0, 4, 1, 2, 3]) }
  }
}
