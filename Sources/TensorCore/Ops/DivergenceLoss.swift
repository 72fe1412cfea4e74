import Kernels

/// How far the student's distribution lies from the teacher's, row by row, by a fused softmax of both.
///
/// With p = softmax(teacher / T) and q = softmax(student / T) the kinds of `Divergence` are forward KL(p‖q), reverse
/// KL(q‖p), the generalised Jensen–Shannon divergence (Agarwal et al. 2024), the skew divergences of Ko et al. 2024
/// and the total variation ½ Σ |p − q|. No factor T² is applied here.
///
/// - Parameters: `student`, `teacher` logits [..., vocabulary] of one shape; `temperature` > 0; `labels`, one per row,
///   of which only −100 (ignored) matters; nil counts every row.
/// - Returns: a scalar, or [rows] when `reduction` is `.none`. The gradient goes to the student alone: the teacher must
///   not require one.
public func divergence(
  _ kind: Divergence, student: Tensor, teacher: Tensor, temperature: Float = 1, labels: [Int32]? = nil,
  reduction: Reduction = .mean
) -> Tensor {
  requireShape(
    student.shape == teacher.shape && temperature > 0,
    "divergence: student \(student.shape), teacher \(teacher.shape), temperature \(temperature)")
  requireShape(!teacher.requiresGradient, "divergence: the teacher requires a gradient; detach it")
  let labels = labels ?? [Int32](repeating: 0, count: student.rows)
  requireShape(labels.count == student.rows, "divergence: student \(student.shape), \(labels.count) labels")
  let (losses, dStudent) = Kernels.divergence(
    kind, student: student.buffer, teacher: teacher.buffer, rows: student.rows, columns: student.columns,
    temperature: temperature, labels: labels)
  return .reducing(
    .divergence, losses: losses, gradients: dStudent, of: student,
    counted: labels.count { $0 != ignoredLabel }, reduction)
}

extension OpCheck {
  static var divergences: [OpCheck] {
    let kinds: [Divergence] = [
      .forwardKL, .reverseKL, .jsd(mixture: 0.3), .skewForwardKL(skew: 0.1), .skewReverseKL(skew: 0.2),
      .totalVariation,
    ]
    return kinds.map { kind in
      OpCheck(.divergence, .normal([3, 7])) {
        let teacher = Tensor([3, 7], (0..<21).map { Float(($0 * 5) % 11) * 0.3 - 1 })
        return TensorCore.divergence(
          kind, student: $0[0], teacher: teacher, temperature: 1.5, labels: [2, -100, 0])
      }
    }
  }
}
