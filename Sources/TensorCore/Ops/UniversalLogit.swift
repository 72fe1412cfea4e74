import Kernels

/// How far the student's distributions lie from those of a teacher with another vocabulary (ULD, GOLD).
///
/// L = Σ over groups of factor · D(s, t), where s and t are the distributions of a group's tokens, merged into one:
/// D = Σ over ranks of |s₍ᵣ₎ − t₍ᵣ₎|    (Boizard et al. 2024), or with matched tokens
/// D = w JSD of those + v Σ over ranks of the others    (TRL's GOLD, Patiño et al. 2025). See `UniversalLogitRule`.
///
/// - Parameters: `student` logits [rows, vocabulary]; `teacher` logits [its rows, its vocabulary], a constant; the tokens
///   that the rows stand for; `groups` of rows, none empty, none sharing a row; `factors`, one per group.
/// - Returns: a scalar.
public func universalLogit(
  student: Tensor, teacher: Tensor, studentTokens: [Int32], teacherTokens: [Int32], groups: [TokenGroup],
  factors: [Float], rule: UniversalLogitRule
) -> Tensor {
  requireShape(
    student.shape.count == 2 && teacher.shape.count == 2 && student.rows == studentTokens.count
      && teacher.rows == teacherTokens.count && factors.count == groups.count
      && rule.studentTemperature > 0 && rule.teacherTemperature > 0,
    "universalLogit: student \(student.shape), teacher \(teacher.shape), \(studentTokens.count) and "
      + "\(teacherTokens.count) tokens, \(groups.count) groups, \(factors.count) factors")
  requireShape(!teacher.requiresGradient, "universalLogit: the teacher requires a gradient; detach it")
  requireRows(studentTokens, below: student.columns, op: "universalLogit")
  requireRows(teacherTokens, below: teacher.columns, op: "universalLogit")
  requireShape(
    groups.allSatisfy {
      !$0.student.isEmpty && !$0.teacher.isEmpty && $0.student.lowerBound >= 0 && $0.teacher.lowerBound >= 0
        && $0.student.upperBound <= student.rows && $0.teacher.upperBound <= teacher.rows
    }, "universalLogit: a group is empty or outside \(student.rows) and \(teacher.rows) rows")
  if let match = rule.match {
    requireShape(
      match.student.count + match.studentRest.count == student.columns
        && match.teacher.count + match.teacherRest.count == teacher.columns,
      "universalLogit: a match of other vocabularies than \(student.columns) and \(teacher.columns)")
  }
  let (losses, dStudent) = Kernels.universalLogit(
    student: student.buffer, teacher: teacher.buffer, studentColumns: student.columns,
    teacherColumns: teacher.columns, groups: groups, studentTokens: studentTokens,
    teacherTokens: teacherTokens, factors: factors, rule: rule)
  let total = zip(losses.array(), factors).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
  return .recording(.universalLogit, Tensor(Float(total)), inputs: [student]) { dy in
    Kernels.scaleInPlace(dStudent, dy.item)
    return [Tensor(student.shape, dStudent)]
  }
}

extension OpCheck {
  static var universalLogits: [OpCheck] {
    let hybrid = VocabularyMatch([(0, 6), (2, 1), (4, 3)], studentColumns: 5, teacherColumns: 7)
    let cases: [(TokenMerge, VocabularyMatch?)] = [(.observed, nil), (.bayesian, nil), (.bayesian, hybrid)]
    return cases.map { merge, match in
      OpCheck(.universalLogit, .normal([4, 5])) {
        var rule = UniversalLogitRule()
        rule.merge = merge
        rule.match = match
        rule.studentTemperature = 1.5
        let teacher = Tensor([3, 7], (0..<21).map { Float(($0 * 5) % 11) * 0.3 - 1 })
        return TensorCore.universalLogit(
          student: $0[0], teacher: teacher, studentTokens: [0, 3, 1, 4], teacherTokens: [2, 6, 0],
          groups: [
            TokenGroup(student: 0..<2, teacher: 0..<1), TokenGroup(student: 2..<3, teacher: 1..<3),
          ], factors: [0.5, 2], rule: rule)
      }
    }
  }
}
