import Glibc

/// How far a student's feature vector lies from a teacher's of the same width.
public enum FeatureDistance: Sendable, CaseIterable {
  /// mean over features of (s − t)²
  case meanSquare
  /// 1 − s·t / (max(‖s‖, ε) max(‖t‖, ε)), ε = 1e-8
  case cosine
}

extension Kernels {
  /// The distance of each row of `student` from the same row of `teacher`, and its gradient; sums in Double.
  ///
  /// - Parameters: `student` and `teacher` [rows, columns].
  /// - Returns: `losses` [rows]; `dStudent` [rows, columns], the gradient of each row's own loss.
  public static func featureDistance(
    _ kind: FeatureDistance, student: Buffer, teacher: Buffer, rows: Int
  ) -> (losses: Buffer, dStudent: Buffer) {
    let columns = rowLength(student, rows, teacher)
    let losses = Buffer.uninitialized(rows)
    let dStudent = Buffer.uninitialized(student.count)
    Threads.parallel(rows: rows, blockSize: rowBlock(columns)) { range in
      for row in range {
        let (s, t) = (student.pointer + row * columns, teacher.pointer + row * columns)
        let ds = dStudent.pointer + row * columns
        switch kind {
        case .meanSquare: losses.pointer[row] = meanSquare(s, t, columns, into: ds)
        case .cosine: losses.pointer[row] = cosineDistance(s, t, columns, into: ds)
        }
      }
    }
    return (losses, dStudent)
  }

  private static func meanSquare(
    _ s: UnsafePointer<Float>, _ t: UnsafePointer<Float>, _ count: Int, into ds: UnsafeMutablePointer<Float>
  ) -> Float {
    let factor = 2 / Float(max(1, count))
    var sum = 0.0
    for i in 0..<count {
      let difference = s[i] - t[i]
      sum += Double(difference) * Double(difference)
      ds[i] = factor * difference
    }
    return Float(sum / Double(max(1, count)))
  }

  /// With n = max(‖s‖, ε), m = max(‖t‖, ε), c = s·t / (n m): ∂(1 − c)/∂s = −t / (n m) + c s / n², whose second part is
  /// n's own and is 0 where ε holds.
  private static func cosineDistance(
    _ s: UnsafePointer<Float>, _ t: UnsafePointer<Float>, _ count: Int, into ds: UnsafeMutablePointer<Float>
  ) -> Float {
    var (inner, ss, tt) = (0.0, 0.0, 0.0)
    for i in 0..<count {
      let (a, b) = (Double(s[i]), Double(t[i]))
      inner += a * b
      ss += a * a
      tt += b * b
    }
    let smallest = 1e-8
    let (n, m) = (max(ss.squareRoot(), smallest), max(tt.squareRoot(), smallest))
    let cosine = inner / (n * m)
    let (along, across) = (ss.squareRoot() > smallest ? Float(cosine / (n * n)) : 0, Float(1 / (n * m)))
    for i in 0..<count { ds[i] = along * s[i] - across * t[i] }
    return Float(1 - cosine)
  }
}

extension PlainKernels {
  public static func featureDistance(
    _ kind: FeatureDistance, student: Buffer, teacher: Buffer, rows: Int
  ) -> (losses: Buffer, dStudent: Buffer) {
    let columns = Kernels.rowLength(student, rows, teacher)
    let (losses, dStudent) = (Buffer.zeros(rows), Buffer.zeros(student.count))
    for row in 0..<rows {
      let s = (0..<columns).map { Double(student.pointer[row * columns + $0]) }
      let t = (0..<columns).map { Double(teacher.pointer[row * columns + $0]) }
      let gradient: [Double]
      switch kind {
      case .meanSquare:
        losses.pointer[row] = Float(
          zip(s, t).reduce(0) { $0 + pow($1.0 - $1.1, 2) } / Double(max(1, columns)))
        gradient = zip(s, t).map { 2 * ($0 - $1) / Double(columns) }
      case .cosine:
        let n = max(s.reduce(0) { $0 + $1 * $1 }.squareRoot(), 1e-8)
        let m = max(t.reduce(0) { $0 + $1 * $1 }.squareRoot(), 1e-8)
        let cosine = zip(s, t).reduce(0) { $0 + $1.0 * $1.1 } / (n * m)
        losses.pointer[row] = Float(1 - cosine)
        gradient = zip(s, t).map { -$1 / (n * m) + (n > 1e-8 ? cosine * $0 / (n * n) : 0) }
      }
      for i in 0..<columns { dStudent.pointer[row * columns + i] = Float(gradient[i]) }
    }
    return (losses, dStudent)
  }
}
