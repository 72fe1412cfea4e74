extension Kernels {
  /// C = A Wᵀ, or C += A Wᵀ, where each row's bits depend on that row and W alone, not on how many rows there are.
  ///
  /// Decoding needs this: a sequence's tokens must not change with the sequences that share its batch. The bf16
  /// panels have this property. OpenBLAS chooses its inner kernel by the shape, so it always gets blocks of 8 rows,
  /// the last one filled up with zeros. In a block of 12 or more, its Haswell kernel rounds the last rows differently.
  ///
  /// - Parameters: `a` [m, columns of W]; `into` [m, rows of W].
  public static func rowProduct(
    _ a: Buffer, _ w: PackedMatrix, m: Int, into c: Buffer, accumulate: Bool = false
  ) {
    let (n, k) = (w.rows, w.columns)
    precondition(a.count == m * k && c.count == m * n, "rowProduct: buffers do not match the packed matrix")
    if w.isInPanels { return matmul(a, w, m: m, into: c, accumulate: accumulate) }
    let a = w.precision == .bf16 ? roundedToBF16(a) : a
    let (rowBlock, columnBlock) = (8, 256)
    let columnBlocks = (n + columnBlock - 1) / columnBlock
    let rowBlocks = (m + rowBlock - 1) / rowBlock
    Threads.parallel(rows: rowBlocks * columnBlocks, blockSize: 1) { range in
      for block in range {
        let row = block / columnBlocks * rowBlock
        let column = block % columnBlocks * columnBlock
        let (height, width) = (min(rowBlock, m - row), min(columnBlock, n - column))
        let weights = w.weights.pointer + column * k
        let target = c.pointer + row * n + column
        if height == rowBlock {
          OpenBLAS.multiply(
            a.pointer + row * k, stride: k, transposed: false, weights, stride: k, transposed: true,
            m: rowBlock, n: width, k: k, into: target, stride: n, accumulate: accumulate)
        } else {
          let filled = Buffer.zeros(rowBlock * k)
          filled.pointer.update(from: a.pointer + row * k, count: height * k)
          let product = Buffer.zeros(rowBlock * width)
          for i in 0..<height where accumulate {
            (product.pointer + i * width).update(from: target + i * n, count: width)
          }
          OpenBLAS.multiply(
            filled.pointer, stride: k, transposed: false, weights, stride: k, transposed: true,
            m: rowBlock, n: width, k: k, into: product.pointer, stride: width, accumulate: accumulate)
          for i in 0..<height { (target + i * n).update(from: product.pointer + i * width, count: width) }
        }
      }
    }
  }
}
