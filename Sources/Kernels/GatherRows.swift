extension Kernels {
  /// The rows of `table` that `ids` names.
  ///
  /// - Parameters: `table` [rows, columns]; `ids` [n], each a row of `table`.
  /// - Returns: [n, columns]
  public static func gather(_ table: Buffer, ids: [Int32], columns: Int) -> Buffer {
    let y = Buffer.uninitialized(ids.count * columns)
    let rows = columns == 0 ? Int.max : table.count / columns
    Threads.parallel(rows: ids.count, blockSize: rowBlock(columns)) { range in
      for i in range {
        let id = Int(ids[i])
        precondition(id >= 0 && id < rows, "gather: an id is beyond the table")
        (y.pointer + i * columns).update(from: table.pointer + id * columns, count: columns)
      }
    }
    return y
  }

  /// Adds row i of `x` to row ids[i] of `table`, in place and in order: the pullback of `gather`.
  ///
  /// - Parameters: `table` [rows, columns]; `x` [n, columns]; `ids` [n].
  public static func scatterAdd(into table: Buffer, _ x: Buffer, ids: [Int32], columns: Int) {
    precondition(x.count == ids.count * columns, "scatterAdd: x does not match the ids")
    let rows = columns == 0 ? Int.max : table.count / columns
    for id in ids { precondition(id >= 0 && Int(id) < rows, "scatterAdd: an id is beyond the table") }
    // Rows repeat, so the split is by columns.
    Threads.parallel(rows: columns, blockSize: 64) { range in
      for (i, id) in ids.enumerated() {
        let (target, source) = (table.pointer + Int(id) * columns, x.pointer + i * columns)
        for column in range { target[column] += source[column] }
      }
    }
  }
}
