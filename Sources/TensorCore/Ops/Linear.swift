import Kernels

/// Maps each row by a weight matrix stored as [out, in], as every checkpoint stores it.
///
/// y = x Wᵀ + b;  dx = dy W,  dW = dyᵀ x,  db = Σ rows of dy
///
/// - Parameters: `x` [..., in]; `weight` [out, in]; `bias` [out].
/// - Returns: [..., out]
public func linear(_ x: Tensor, _ weight: Tensor, bias: Tensor? = nil) -> Tensor {
  requireShape(
    weight.shape.count == 2 && x.columns == weight.shape[1],
    "linear: x \(x.shape), weight \(weight.shape)")
  requireShape(
    bias == nil || bias?.shape == [weight.shape[0]],
    "linear: weight \(weight.shape), bias \(bias?.shape ?? [])")
  let (rows, inputs, outputs) = (x.rows, weight.shape[1], weight.shape[0])
  let precision = Precision.current
  var y = Buffer.uninitialized(rows * outputs)
  Kernels.matmul(
    x.buffer, weight.buffer, m: rows, n: outputs, k: inputs, transposeB: true, into: y, precision: precision)
  if let bias { y = Kernels.addRowBias(y, bias.buffer, rows: rows) }
  return .recording(
    .linear, Tensor(x.shape.dropLast() + [outputs], y), inputs: [x, weight] + (bias.map { [$0] } ?? [])
  ) { dy, sums in
    func add(_ a: Buffer, _ b: Buffer, m: Int, n: Int, k: Int, transposeA: Bool, to sum: Buffer?) -> Buffer {
      let buffer = sum ?? .uninitialized(m * n)
      Kernels.matmul(
        a, b, m: m, n: n, k: k, transposeA: transposeA, into: buffer, accumulate: sum != nil,
        precision: precision)
      return buffer
    }
    var gradients: [Tensor?] = [nil, nil]
    if x.requiresGradient {
      let dx = add(
        dy.buffer, weight.buffer, m: rows, n: inputs, k: outputs, transposeA: false, to: sums[0])
      gradients[0] = Tensor(x.shape, dx)
    }
    if weight.requiresGradient {
      let dWeight = add(
        dy.buffer, x.buffer, m: outputs, n: inputs, k: rows, transposeA: true, to: sums[1])
      gradients[1] = Tensor(weight.shape, dWeight)
    }
    guard let bias else { return gradients }
    guard bias.requiresGradient else { return gradients + [nil] }
    let dBias = Kernels.sumRows(dy.buffer, rows: rows, columns: outputs)
    if let sum = sums[2] { Kernels.addInto(dBias, sum) }
    return gradients + [Tensor(bias.shape, dBias)]
  }
}

extension OpCheck {
  static var linear: OpCheck {
    OpCheck(.linear, .normal([2, 3, 7]), .normal([5, 7])) { TensorCore.linear($0[0], $0[1]) }
  }

  static var linearWithBias: OpCheck {
    OpCheck(.linear, .normal([3, 7]), .normal([5, 7]), .normal([5])) {
      TensorCore.linear($0[0], $0[1], bias: $0[2])
    }
  }
}
