/// A weight matrix in the order in which products read it, for y = x Wᵀ.
///
/// Packing reads the weights once; it pays when a matrix is used more than once between two updates: in decoding,
/// and for a frozen teacher. A packed matrix does not follow later changes of its source.
public final class PackedMatrix: Sendable {
  /// Outputs, the rows of W.
  public let rows: Int
  /// Inputs, the columns of W.
  public let columns: Int
  private enum Storage {
    /// Of bf16 entries where the processor multiplies them, else of floats. `roundsInput`: floats that stand for
    /// bf16, so what they are multiplied with is rounded too.
    case panels(Buffer, Precision, roundsInput: Bool)
    case blocks(QuantizedBlocks)
  }
  private let storage: Storage

  /// - Parameters: `matrix` [rows, columns], as linear layers store it.
  public convenience init(_ matrix: Buffer, rows: Int, columns: Int, precision: Precision = .current) {
    precondition(matrix.count == rows * columns, "PackedMatrix: the buffer does not match rows and columns")
    self.init(rows: rows, columns: columns, precision: precision) {
      matrix.slice($0.lowerBound * columns..<$0.upperBound * columns)
    }
  }

  /// The same from rows that are asked for in turn, so that they are not all in memory at once.
  ///
  /// - Parameter values: some of the rows, [range, columns].
  public init(
    rows: Int, columns: Int, precision: Precision, values: (Range<Int>) throws -> Buffer
  ) rethrows {
    self.rows = rows
    self.columns = columns
    let (panelPrecision, isRounded) = Self.panelForm(of: precision)
    let panels = Buffer.uninitializedToKeep(
      PanelProduct.count(n: rows, k: columns, precision: panelPrecision))
    for range in Self.parts(of: rows) {
      let part = try values(range)
      panels.replace(
        from: PanelProduct.count(n: range.lowerBound, k: columns, precision: panelPrecision),
        with: PanelProduct.pack(
          isRounded ? Kernels.roundedToBF16(part) : part, n: range.count, k: columns, transposed: true,
          precision: panelPrecision))
    }
    storage = .panels(panels, panelPrecision, roundsInput: isRounded)
  }

  /// What it takes in memory.
  public var byteCount: Int {
    switch storage {
    case .panels(let panels, _, _): panels.byteCount
    case .blocks(let blocks): blocks.byteCount
    }
  }

  /// bf16 where the processor multiplies it, else floats that may have to be rounded.
  private static func panelForm(of precision: Precision) -> (Precision, isRounded: Bool) {
    guard precision == .bf16, !Processor.multipliesBF16 else { return (precision, false) }
    return (.fp32, true)
  }

  /// The rows that are asked for at once: whole panels and groups, but for the last.
  static func parts(of rows: Int) -> [Range<Int>] {
    stride(from: 0, to: rows, by: 512).map { $0..<min(rows, $0 + 512) }
  }

  /// Weights in 4 or 8 bits; what they are multiplied with is rounded to 8 bits in blocks of 32.
  ///
  /// - Parameters:
  ///   - columns: a multiple of 32.
  ///   - blocks: some of the rows, [rows, columns / 32] blocks as ggml stores them; asked for in turn, so that they are
  ///     not all in memory at once.
  public init(rows: Int, columns: Int, type: BlockType, blocks: (Range<Int>) throws -> [UInt8]) rethrows {
    self.rows = rows
    self.columns = columns
    storage = .blocks(try QuantizedBlocks(rows: rows, columns: columns, type: type, blocks: blocks))
  }

  fileprivate func multiply(_ a: Buffer, m: Int, into c: Buffer, accumulate: Bool) {
    switch storage {
    case .panels(let panels, let precision, let roundsInput):
      PanelProduct.multiply(
        roundsInput ? Kernels.roundedToBF16(a) : a, transposed: false, packed: panels, m: m, n: rows,
        k: columns,
        into: c, accumulate: accumulate, precision: precision)
    case .blocks(let blocks): blocks.multiply(a, m: m, into: c, accumulate: accumulate)
    }
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
    w.multiply(a, m: m, into: c, accumulate: accumulate)
  }
}
