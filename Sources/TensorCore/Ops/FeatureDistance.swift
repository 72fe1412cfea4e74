import Kernels

/// How far the rows of the student's features lie from the teacher's, in square or in angle.
///
/// meanSquare: ℓ = mean over features of (s − t)²    (FitNets, Romero et al. 2015, eq. 3)
/// cosine: ℓ = 1 − s·t / (‖s‖ ‖t‖), each norm at least 1e-8    (DistilBERT, Sanh et al. 2019)
///
/// - Parameters: `student`, `teacher` [..., features] of one shape.
/// - Returns: a scalar, or [rows] when `reduction` is `.none`. The gradient goes to the student alone: the teacher must
///   not require one.
public func featureDistance(
  _ kind: FeatureDistance, student: Tensor, teacher: Tensor, reduction: Reduction = .mean
) -> Tensor {
  requireShape(
    student.shape == teacher.shape, "featureDistance: student \(student.shape), teacher \(teacher.shape)")
  requireShape(!teacher.requiresGradient, "featureDistance: the teacher requires a gradient; detach it")
  let (losses, dStudent) = Kernels.featureDistance(
    kind, student: student.buffer, teacher: teacher.buffer, rows: student.rows)
  return .reducing(
    .featureDistance, losses: losses, gradients: dStudent, of: student, counted: student.rows, reduction)
}

extension OpCheck {
  static var featureDistances: [OpCheck] {
    FeatureDistance.allCases.map { kind in
      OpCheck(.featureDistance, .normal([4, 5])) {
        let teacher = Tensor([4, 5], (0..<20).map { Float(($0 * 7) % 11) * 0.3 - 1 })
        return TensorCore.featureDistance(
          kind, student: $0[0], teacher: teacher, reduction: kind == .cosine ? .none : .dividedBy(3))
      }
    }
  }
}
