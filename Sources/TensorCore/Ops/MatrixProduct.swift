import Kernels

/// The product of two matrices, either of them read transposed.
///
/// y = op(a) op(b);  da = dy op(b)ᵀ,  db = op(a)ᵀ dy, each transposed again where its operand was
///
/// - Parameters: `a` [m, k] ([k, m] when transposed); `b` [k, n] ([n, k] when transposed).
/// - Returns: [m, n]
public func matmul(
  _ a: Tensor, _ b: Tensor, transposeA: Bool = false, transposeB: Bool = false
) -> Tensor {
  requireShape(a.shape.count == 2 && b.shape.count == 2, "matmul: a \(a.shape), b \(b.shape)")
  let (m, k) = transposeA ? (a.shape[1], a.shape[0]) : (a.shape[0], a.shape[1])
  let (inner, n) = transposeB ? (b.shape[1], b.shape[0]) : (b.shape[0], b.shape[1])
  requireShape(
    k == inner, "matmul: a \(a.shape) (transposed \(transposeA)), b \(b.shape) (transposed \(transposeB))")
  let precision = Precision.current
  func product(
    _ left: Buffer, _ right: Buffer, _ m: Int, _ n: Int, _ k: Int, _ transposeLeft: Bool,
    _ transposeRight: Bool
  ) -> Buffer {
    let result = Buffer.uninitialized(m * n)
    Kernels.matmul(
      left, right, m: m, n: n, k: k, transposeA: transposeLeft, transposeB: transposeRight, into: result,
      precision: precision)
    return result
  }
  let y = product(a.buffer, b.buffer, m, n, k, transposeA, transposeB)
  return .recording(.matmul, Tensor([m, n], y), inputs: [a, b]) { dy in
    var da: Tensor?
    if a.requiresGradient {
      // dA = dy op(b)ᵀ; when a was read transposed, its own gradient is op(b) dyᵀ.
      let buffer =
        transposeA
        ? product(b.buffer, dy.buffer, k, m, n, transposeB, true)
        : product(dy.buffer, b.buffer, m, k, n, false, !transposeB)
      da = Tensor(a.shape, buffer)
    }
    var db: Tensor?
    if b.requiresGradient {
      let buffer =
        transposeB
        ? product(dy.buffer, a.buffer, n, k, m, true, transposeA)
        : product(a.buffer, dy.buffer, k, n, m, !transposeA, false)
      db = Tensor(b.shape, buffer)
    }
    return [da, db]
  }
}

extension OpCheck {
  static var matmuls: [OpCheck] {
    [(false, false), (false, true), (true, false), (true, true)].map { transposeA, transposeB in
      OpCheck(
        .matmul, .normal(transposeA ? [4, 3] : [3, 4]), .normal(transposeB ? [5, 4] : [4, 5])
      ) {
        TensorCore.matmul($0[0], $0[1], transposeA: transposeA, transposeB: transposeB)
      }
    }
  }
}
