import Kernels

/// Consecutive rows of a matrix.
///
/// y = x[rows];  dx = dy in those rows, 0 elsewhere
///
/// - Parameters: `x` [rows, columns].
/// - Returns: [rows.count, columns]
public func slice(_ x: Tensor, rows: Range<Int>) -> Tensor {
  requireShape(
    x.shape.count == 2 && rows.lowerBound >= 0 && rows.upperBound <= x.shape[0],
    "slice: x \(x.shape), rows \(rows)")
  let columns = x.shape[1]
  let y = x.buffer.slice(rows.lowerBound * columns..<rows.upperBound * columns)
  return .recording(.sliceRows, Tensor([rows.count, columns], y), inputs: [x]) { dy in
    let dx = Buffer.zeros(x.count)
    dx.replace(from: rows.lowerBound * columns, with: dy.buffer)
    return [Tensor(x.shape, dx)]
  }
}

/// Consecutive columns of every row, such as the query part of a fused projection.
///
/// y = x[:, columns];  dx = dy in those columns, 0 elsewhere
///
/// - Parameters: `x` [..., width].
/// - Returns: [..., columns.count]
public func slice(_ x: Tensor, columns: Range<Int>) -> Tensor {
  requireShape(
    columns.lowerBound >= 0 && columns.upperBound <= x.columns, "slice: x \(x.shape), columns \(columns)")
  let (rows, width) = (x.rows, x.columns)
  let y = Buffer.uninitialized(rows * columns.count)
  Kernels.copyColumns(
    x.buffer, width: width, from: columns.lowerBound, into: y, width: columns.count, at: 0,
    columns: columns.count, rows: rows)
  return .recording(.sliceColumns, Tensor(x.shape.dropLast() + [columns.count], y), inputs: [x]) { dy in
    let dx = Buffer.zeros(x.count)
    Kernels.copyColumns(
      dy.buffer, width: columns.count, from: 0, into: dx, width: width, at: columns.lowerBound,
      columns: columns.count, rows: rows)
    return [Tensor(x.shape, dx)]
  }
}

extension OpCheck {
  static var sliceRows: OpCheck { OpCheck(.sliceRows, .normal([5, 3])) { slice($0[0], rows: 1..<4) } }

  static var sliceColumns: OpCheck {
    OpCheck(.sliceColumns, .normal([3, 7])) { slice($0[0], columns: 2..<6) }
  }
}
