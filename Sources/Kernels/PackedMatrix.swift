/// A weight matrix in the order in which products read it, for y = x Wᵀ.
///
/// Packing reads the weights once; it pays when a matrix is used more than once between two updates: in decoding,
/// and for a frozen teacher. A packed matrix does not follow later changes of its source.
public final class PackedMatrix: Sendable {
  /// Outputs, the rows of W.
  public let rows: Int
  /// Inputs, the columns of W.
  public let columns: Int
  public let precision: Precision
  /// Panels for the processor's bf16 product, or the matrix as it stands (rounded to bf16 if so asked).
  let weights: Buffer
  let isInPanels: Bool

  /// - Parameters: `matrix` [rows, columns], as linear layers store it.
  public init(_ matrix: Buffer, rows: Int, columns: Int, precision: Precision = .current) {
    precondition(matrix.count == rows * columns, "PackedMatrix: the buffer does not match rows and columns")
    self.rows = rows
    self.columns = columns
    self.precision = precision
    isInPanels = precision == .bf16 && Processor.multipliesBF16
    if isInPanels {
      weights = BF16Product.pack(matrix, n: rows, k: columns, transposed: true)
    } else {
      weights = precision == .bf16 ? Kernels.roundedToBF16(matrix) : matrix.copy()
    }
  }
}

extension Kernels {
  /// C = A Wᵀ, or C += A Wᵀ.
  ///
  /// - Parameters: `a` [m, columns of W]; `into` [m, rows of W].
  public static func matmul(_ a: Buffer, _ w: PackedMatrix, m: Int, into c: Buffer, accumulate: Bool = false)
  {
    precondition(
      a.count == m * w.columns && c.count == m * w.rows, "matmul: buffers do not match the packed matrix")
    guard c.count > 0 else { return }
    guard w.isInPanels, w.columns > 0 else {
      let rounded = w.precision == .bf16 ? roundedToBF16(a) : a
      return matmul(
        rounded, w.weights, m: m, n: w.rows, k: w.columns, transposeB: true, into: c, accumulate: accumulate,
        precision: .fp32)
    }
    BF16Product.multiply(
      a, transposed: false, packed: w.weights, m: m, n: w.rows, k: w.columns, into: c, accumulate: accumulate)
  }
}
