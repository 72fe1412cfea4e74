import Kernels

/// Forward KL against a stored teacher signal: its k most likely tokens and one bucket for the rest.
///
/// With q = softmax(student / T), p the stored probabilities, p₀ = exp(tail) and q₀ = 1 − Σ q over the support,
/// ℓ = Σ p (log p − log q) + p₀ (log p₀ − log q₀). The tail keeps the student from moving mass off the support for
/// free; at k = vocabulary (tail −∞) it is the exact KL.
///
/// - Parameters: `student` logits [..., vocabulary]; `teacherLogProbabilities` [rows · k] and `indices` [rows · k] at
///   the same `temperature`, which the caller checks; `tail` [rows], the log of the remaining mass; `labels`, one per
///   row, of which only −100 (ignored) matters.
/// - Returns: a scalar, or [rows] when `reduction` is `.none`.
public func topKDivergence(
  student: Tensor, teacherLogProbabilities: Buffer, indices: [Int32], tail: Buffer, temperature: Float = 1,
  labels: [Int32]? = nil, reduction: Reduction = .mean
) -> Tensor {
  let rows = student.rows
  requireShape(
    tail.count == rows && indices.count == teacherLogProbabilities.count
      && (rows == 0 || indices.count.isMultiple(of: rows)) && temperature > 0,
    "topKDivergence: student \(student.shape), \(teacherLogProbabilities.count) log-probabilities, "
      + "\(indices.count) indices, \(tail.count) tails, temperature \(temperature)")
  requireRows(indices, below: student.columns, op: "topKDivergence")
  let labels = labels ?? [Int32](repeating: 0, count: rows)
  requireShape(labels.count == rows, "topKDivergence: student \(student.shape), \(labels.count) labels")
  let (losses, dStudent) = Kernels.topKDivergence(
    student: student.buffer, teacherLogProbabilities: teacherLogProbabilities, indices: indices, tail: tail,
    rows: rows, columns: student.columns, temperature: temperature, labels: labels)
  return .reducing(
    .topKDivergence, losses: losses, gradients: dStudent, of: student,
    counted: labels.count { $0 != ignoredLabel }, reduction)
}

extension OpCheck {
  static var topKDivergence: OpCheck {
    OpCheck(.topKDivergence, .normal([3, 7])) {
      // Rows of probabilities 0.5, 0.3 and 0.2 in the tail.
      let teacher: [Float] = [-0.6931472, -1.2039728, -0.6931472, -1.2039728, -0.6931472, -1.2039728]
      return TensorCore.topKDivergence(
        student: $0[0], teacherLogProbabilities: Buffer(teacher), indices: [6, 0, 1, 2, 3, 5],
        tail: Buffer([-1.609438, -1.609438, -1.609438]), temperature: 1.5, labels: [2, -100, 0])
    }
  }
}
