import Glibc

extension Kernels {
  /// KL(teacher‖student) over k + 1 buckets: the teacher's k stored tokens, and all the others together.
  ///
  /// L = Σᵢ tᵢ·(log tᵢ − log sᵢ) + t_rest·(log t_rest − log s_rest), with s = softmax(student / temperature) and s_rest
  /// the student's mass outside the k tokens. The teacher's log-probabilities are at that temperature already.
  /// - Parameters: `student` logits [rows, columns]; `teacherLogProbabilities` and `indices` [rows, k]; `tail` [rows],
  ///   the log of the teacher's remaining mass (−∞ for none); `labels` [rows], where −100 leaves a row out.
  /// - Returns: `losses` [rows]; `dStudent` [rows, columns], the gradient of each row's own loss.
  public static func topKDivergence(
    student: Buffer, teacherLogProbabilities: Buffer, indices: [Int32], tail: Buffer, rows: Int, columns: Int,
    temperature: Float = 1, labels: [Int32]? = nil
  ) -> (losses: Buffer, dStudent: Buffer) {
    let k = rowLength(teacherLogProbabilities, rows)
    precondition(
      student.count == rows * columns && indices.count == rows * k && tail.count == rows
        && labels?.count ?? rows == rows, "topKDivergence: shapes differ")
    for index in indices { precondition(index >= 0 && Int(index) < columns, "topKDivergence: index") }
    let losses = Buffer.zeros(rows)
    let dStudent = Buffer.zeros(student.count)
    Threads.parallel(rows: rows, blockSize: max(1, rowBlock(columns) / 4)) { range in
      for row in range where labels?[row] != ignoredLabel {
        losses.pointer[row] = topKDivergenceRow(
          student.pointer + row * columns, teacherLogProbabilities.pointer + row * k,
          indices[row * k..<(row + 1) * k], logTail: tail.pointer[row], columns: columns,
          inverseTemperature: 1 / temperature, into: dStudent.pointer + row * columns)
      }
    }
    return (losses, dStudent)
  }

  private static func topKDivergenceRow(
    _ x: UnsafePointer<Float>, _ logT: UnsafePointer<Float>, _ indices: ArraySlice<Int32>, logTail: Float,
    columns: Int, inverseTemperature: Float, into dx: UnsafeMutablePointer<Float>
  ) -> Float {
    var largest = -Float.infinity
    for i in 0..<columns { largest = max(largest, x[i]) }
    var total = 0.0
    for i in 0..<columns {
      dx[i] = expf((x[i] - largest) * inverseTemperature)
      total += Double(dx[i])
    }
    // The sums are in Double over the same floats, so the difference below is exact to 1e-16 of the total.
    var named = 0.0
    for index in indices { named += Double(dx[Int(index)]) }
    let rest = max(total - named, Double.leastNormalMagnitude)
    let tailMass = logTail == -.infinity ? 0 : exp(Double(logTail))

    var (loss, teacherMass) = (0.0, tailMass)
    for (j, index) in indices.enumerated() {
      let t = exp(Double(logT[j]))
      teacherMass += t
      let logS = Double((x[Int(index)] - largest) * inverseTemperature) - log(total)
      if t > 0 { loss += t * (Double(logT[j]) - logS) }
    }
    if tailMass > 0 { loss += tailMass * (Double(logTail) - log(rest / total)) }

    // dxᵢ = (Σt·sᵢ − tᵢ) / temperature on the named tokens, (Σt·sᵢ − t_rest·sᵢ/s_rest) / temperature elsewhere.
    let scale = Double(inverseTemperature)
    let inside = Float(teacherMass / total * scale)
    let outside = Float((teacherMass / total - tailMass / rest) * scale)
    let exponentials = indices.map { dx[Int($0)] }
    for i in 0..<columns { dx[i] *= outside }
    for (j, index) in indices.enumerated() {
      dx[Int(index)] = inside * exponentials[j] - Float(exp(Double(logT[j])) * scale)
    }
    return Float(loss)
  }
}
