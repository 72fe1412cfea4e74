/// The second matrix of several products, packed once where products take panels.
///
/// It pays where a loop multiplies chunk after chunk by the same weights. What it packed does not follow later changes
/// of its source.
public struct RepeatedFactor: Sendable {
  private let source: Buffer
  private let packed: Buffer?
  private let isTransposed: Bool
  private let (n, k): (Int, Int)
  private let precision: Precision

  /// - Parameters: `b` [k, n], or [n, k] with `transposed`; `rowsAtATime` the rows of most of the products, by which
  ///   the kernel is chosen once for all of them.
  public init(
    _ b: Buffer, n: Int, k: Int, transposed: Bool, rowsAtATime: Int, precision: Precision = .current
  ) {
    precondition(b.count == n * k, "RepeatedFactor: the buffer does not match n and k")
    (source, isTransposed, self.n, self.k, self.precision) = (b, transposed, n, k, precision)
    packed =
      Kernels.takesPanels(m: rowsAtATime, n: n, k: k, precision: precision)
      ? PanelProduct.pack(b, n: n, k: k, transposed: transposed, precision: precision) : nil
  }
}

extension Kernels {
  /// C = A op(B).
  ///
  /// - Parameters: `a` [m, k]; `into` [m, n].
  public static func matmul(_ a: Buffer, _ b: RepeatedFactor, m: Int, into c: Buffer) {
    b.multiply(a, m: m, into: c)
  }
}

extension RepeatedFactor {
  fileprivate func multiply(_ a: Buffer, m: Int, into c: Buffer) {
    precondition(a.count == m * k && c.count == m * n, "matmul: buffers do not match the repeated factor")
    guard let packed, c.count > 0, k > 0 else {
      return Kernels.matmul(
        a, source, m: m, n: n, k: k, transposeB: isTransposed, into: c, precision: precision)
    }
    PanelProduct.multiply(
      a, transposed: false, packed: packed, m: m, n: n, k: k, into: c, accumulate: false, precision: precision
    )
  }
}
