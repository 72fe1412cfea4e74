internal import CKernels
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
    let losses = Buffer.uninitialized(rows)
    let dStudent = Buffer.uninitialized(student.count)
    let kernels = Processor.kernels
    indices.withUnsafeBufferPointer { indices in
      (labels ?? []).withUnsafeBufferPointer { given in
        let labels = labels == nil ? nil : given.baseAddress
        Threads.parallel(rows: rows, blockSize: vocabularyBlock(columns)) { range in
          let row = range.lowerBound
          kernels.top_k_divergence(
            losses.pointer + row, dStudent.pointer + row * columns, student.pointer + row * columns,
            teacherLogProbabilities.pointer + row * k, indices.baseAddress! + row * k, tail.pointer + row,
            labels.map { $0 + row }, range.count, columns, k, 1 / temperature)
        }
      }
    }
    return (losses, dStudent)
  }
}

extension PlainKernels {
  public static func topKDivergence(
    student: Buffer, teacherLogProbabilities: Buffer, indices: [Int32], tail: Buffer, rows: Int, columns: Int,
    temperature: Float = 1, labels: [Int32]? = nil
  ) -> (losses: Buffer, dStudent: Buffer) {
    let k = rows == 0 ? 0 : teacherLogProbabilities.count / rows
    let losses = Buffer.zeros(rows)
    let dStudent = Buffer.zeros(student.count)
    for row in 0..<rows where labels?[row] != Kernels.ignoredLabel {
      let (x, dx) = (student.pointer + row * columns, dStudent.pointer + row * columns)
      let logTeacher = (0..<k).map { Double(teacherLogProbabilities.pointer[row * k + $0]) }
      let named = indices[row * k..<(row + 1) * k].map(Int.init)
      let logTail = Double(tail.pointer[row])
      let scaled = (0..<columns).map { Double(x[$0]) / Double(temperature) }
      let largest = scaled.max() ?? 0
      let logTotal = largest + log(scaled.reduce(0) { $0 + exp($1 - largest) })
      let students = scaled.map { exp($0 - logTotal) }
      let isNamed = Set(named)
      let rest = students.indices.reduce(0) { isNamed.contains($1) ? $0 : $0 + students[$1] }
      let tailMass = exp(logTail)
      let teacherMass = logTeacher.reduce(tailMass) { $0 + exp($1) }
      var loss = tailMass > 0 ? tailMass * (logTail - log(max(rest, 1e-300))) : 0
      for i in 0..<columns {
        let share = rest > 0 ? tailMass * students[i] / rest : 0
        dx[i] = Float((teacherMass * students[i] - share) / Double(temperature))
      }
      for (token, logT) in zip(named, logTeacher) where logT > -.infinity {
        loss += exp(logT) * (logT - (scaled[token] - logTotal))
        dx[token] = Float((teacherMass * students[token] - exp(logT)) / Double(temperature))
      }
      losses.pointer[row] = Float(loss)
    }
    return (losses, dStudent)
  }
}
