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
  /// Panels of bf16 entries where the processor multiplies them, else of floats (rounded to bf16 if so asked).
  let panels: Buffer
  let panelPrecision: Precision

  /// - Parameters: `matrix` [rows, columns], as linear layers store it; [columns, rows] when `isTransposed`.
  public init(
    _ matrix: Buffer, rows: Int, columns: Int, isTransposed: Bool = false, precision: Precision = .current
  ) {
    precondition(matrix.count == rows * columns, "PackedMatrix: the buffer does not match rows and columns")
    self.rows = rows
    self.columns = columns
    self.precision = precision
    panelPrecision = precision == .bf16 && Processor.multipliesBF16 ? .bf16 : .fp32
    let isRounded = precision == .bf16 && panelPrecision == .fp32
    panels = PanelProduct.pack(
      isRounded ? Kernels.roundedToBF16(matrix) : matrix, n: rows, k: columns, transposed: !isTransposed,
      precision: panelPrecision)
  }
}

extension Kernels {
  /// C = A Wᵀ, or C += A Wᵀ. Each row's bits depend on that row and W alone, not on how many rows there are.
  ///
  /// - Parameters: `a` [m, columns of W]; `into` [m, rows of W].
  public static func matmul(_ a: Buffer, _ w: PackedMatrix, m: Int, into c: Buffer, accumulate: Bool = false)
  {
    precondition(
      a.count == m * w.columns && c.count == m * w.rows, "matmul: buffers do not match the packed matrix")
    guard c.count > 0 else { return }
    guard w.columns > 0 else {
      if !accumulate { fill(c, 0) }
      return
    }
    let isRounded = w.precision == .bf16 && w.panelPrecision == .fp32
    PanelProduct.multiply(
      isRounded ? roundedToBF16(a) : a, transposed: false, packed: w.panels, m: m, n: w.rows, k: w.columns,
      into: c, accumulate: accumulate, precision: w.panelPrecision)
  }
}
