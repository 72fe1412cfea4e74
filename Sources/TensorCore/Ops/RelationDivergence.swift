import Kernels

/// How far the student's relations between the tokens of a document lie from the teacher's (MiniLMv2).
///
/// L = 1/n Σ over tokens i of 1/heads Σ over heads KL(R_i of the teacher‖R_i of the student),
/// R_i = softmax over j ≤ i of u_i·u_j / √d    (Wang et al. 2021, eq. 8)
///
/// u are the queries, the keys or the values of one layer, cut into `heads` pieces whatever the layer's own heads are;
/// d is the width of a piece. Unlike in the paper, whose models read in both directions, a token relates to itself and to
/// those before it, as a decoder sees them. Blocks of rows are compared in turn, each up to its diagonal, and their
/// gradients are computed at once, so that nothing of size document² is kept.
///
/// - Parameters: `student` [tokens, heads · d], `teacher` [tokens, heads · e], a constant; `documentLengths` sum to
///   tokens; `labels`, one per token, of which only −100 (left out) matters; `normalizer` n, nil for the tokens that
///   count.
/// - Returns: a scalar.
public func relationDivergence(
  student: Tensor, teacher: Tensor, documentLengths: [Int], heads: Int, labels: [Int32]? = nil,
  normalizer: Float? = nil
) -> Tensor {
  let tokens = documentLengths.reduce(0, +)
  requireShape(
    student.shape.count == 2 && teacher.shape.count == 2 && student.shape[0] == tokens
      && teacher.shape[0] == tokens && heads > 0 && student.shape[1].isMultiple(of: heads)
      && teacher.shape[1].isMultiple(of: heads) && labels?.count ?? tokens == tokens,
    "relationDivergence: student \(student.shape), teacher \(teacher.shape), \(tokens) tokens, \(heads) heads, "
      + "\(labels?.count ?? tokens) labels")
  requireShape(!teacher.requiresGradient, "relationDivergence: the teacher requires a gradient; detach it")
  let (losses, dStudent) = Kernels.relationDivergence(
    student: student.buffer, teacher: teacher.buffer, documentLengths: documentLengths, heads: heads,
    labels: labels, precision: .current)
  // A token's loss reaches the rows before it too: the sum has a gradient, its parts have none of their own.
  return .reducing(
    .relationDivergence, losses: losses, gradients: dStudent, of: student,
    counted: labels?.count { $0 != ignoredLabel } ?? tokens, normalizer.map { .dividedBy($0) } ?? .mean)
}

extension OpCheck {
  static var relationDivergence: OpCheck {
    OpCheck(.relationDivergence, .normal([6, 8])) {
      let teacher = Tensor([6, 4], (0..<24).map { Float(($0 * 5) % 11) * 0.3 - 1 })
      return TensorCore.relationDivergence(
        student: $0[0], teacher: teacher, documentLengths: [4, 2], heads: 2, labels: [0, 0, -100, 0, 0, 0])
    }
  }
}
