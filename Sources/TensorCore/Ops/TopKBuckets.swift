import Kernels

/// Log-probabilities of k named tokens per row and, in a last bucket, of all the others together.
///
/// yⱼ = log softmax(x/T)[idⱼ],  y_k = log max(1 − Σ exp yⱼ, 1e-7)
///
/// Any divergence of two such bucket distributions bounds the divergence over the whole vocabulary from below, and none
/// can be lowered by moving mass off the support, which a sum over the named tokens alone allows.
///
/// - Parameters: `x` logits [..., vocabulary]; `indices` [rows · k], no id twice in a row; `temperature` > 0.
/// - Returns: [rows, k + 1]
public func topKBuckets(_ x: Tensor, indices: [Int32], temperature: Float = 1) -> Tensor {
  let (rows, columns) = (x.rows, x.columns)
  requireShape(
    (rows == 0 ? indices.isEmpty : indices.count.isMultiple(of: rows)) && temperature > 0,
    "topKBuckets: x \(x.shape), \(indices.count) indices, temperature \(temperature)")
  requireRows(indices, below: columns, op: "topKBuckets")
  let y = Kernels.topKBuckets(
    x.buffer, indices: indices, rows: rows, columns: columns, temperature: temperature)
  let shape = [rows, y.count / max(1, rows)]
  return .recording(.topKBuckets, Tensor(shape, y), inputs: [x]) { dy in
    let dx = Kernels.topKBucketsPullback(
      dy.buffer, logits: x.buffer, indices: indices, rows: rows, columns: columns, temperature: temperature)
    return [Tensor(x.shape, dx)]
  }
}

extension OpCheck {
  static var topKBuckets: OpCheck {
    OpCheck(.topKBuckets, .normal([3, 7])) {
      TensorCore.topKBuckets($0[0], indices: [6, 0, 1, 2, 3, 5], temperature: 1.5)
    }
  }
}
