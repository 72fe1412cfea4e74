extension Kernels {
  /// Copies a block of columns of every row of one matrix into a block of columns of another.
  ///
  /// - Parameters: `x` [rows, width]; `target` [rows, targetWidth], whose other columns are left as they are.
  public static func copyColumns(
    _ x: Buffer, width: Int, from first: Int, into target: Buffer, width targetWidth: Int, at place: Int,
    columns: Int, rows: Int
  ) {
    precondition(
      first >= 0 && place >= 0 && columns >= 0 && first + columns <= width && place + columns <= targetWidth
        && x.count == rows * width && target.count == rows * targetWidth, "copyColumns: shapes differ")
    Threads.parallel(rows: rows, blockSize: 256) { range in
      for row in range {
        (target.pointer + row * targetWidth + place).update(
          from: x.pointer + row * width + first, count: columns)
      }
    }
  }
}

extension Kernels {
  /// Rows as columns.
  ///
  /// - Parameter x: [rows, columns]
  /// - Returns: [columns, rows]
  public static func transposed(_ x: Buffer, rows: Int, columns: Int) -> Buffer {
    precondition(x.count == rows * columns, "transposed: x is not rows × columns")
    let y = Buffer.uninitialized(x.count)
    Threads.parallel(rows: columns, blockSize: 64) { range in
      for row in 0..<rows {
        for column in range { y.pointer[column * rows + row] = x.pointer[row * columns + column] }
      }
    }
    return y
  }
}
