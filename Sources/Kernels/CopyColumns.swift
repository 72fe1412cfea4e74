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
