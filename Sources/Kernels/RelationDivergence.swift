import Glibc

extension Kernels {
  /// How far the student's relations between the tokens of a document lie from the teacher's, and the gradient.
  ///
  /// Of one head with vectors u [tokens, d]: R_i = softmax over j ≤ i of u_i·u_j / √d, i and j of one document. A token's
  /// loss is the mean over heads of KL(R_i of the teacher‖R_i of the student)    (Wang et al. 2021, MiniLMv2, eq. 8).
  ///
  /// A block of `blockRows` tokens is compared at a time, up to its own diagonal: nothing of size document² is kept.
  /// - Parameters: `student` [tokens, heads · d], `teacher` [tokens, heads · e]; `documentLengths`, whose sum is tokens;
  ///   `labels` [tokens], where −100 leaves a token's own loss out.
  /// - Returns: `losses` [tokens], 0 where left out; `dStudent`, the gradient of Σ losses. (A token's loss depends on the
  ///   vectors of the tokens before it too, so that rows have no gradients of their own.)
  public static func relationDivergence(
    student: Buffer, teacher: Buffer, documentLengths: [Int], heads: Int, labels: [Int32]? = nil,
    blockRows: Int = 128, precision: Precision = .current
  ) -> (losses: Buffer, dStudent: Buffer) {
    let tokens = documentLengths.reduce(0, +)
    let (width, teacherWidth) = (rowLength(student, tokens), rowLength(teacher, tokens))
    precondition(
      heads > 0 && blockRows > 0 && width % heads == 0 && teacherWidth % heads == 0
        && labels?.count ?? tokens == tokens, "relationDivergence: shapes differ")
    let losses = Buffer.zeros(tokens)
    let dStudent = Buffer.zeros(student.count)
    var first = 0
    for length in documentLengths {
      for head in 0..<heads {
        let s = RelationHead(student, tokens: first..<first + length, width: width, head: head, of: heads)
        let t = RelationHead(
          teacher, tokens: first..<first + length, width: teacherWidth, head: head, of: heads)
        for start in stride(from: 0, to: length, by: blockRows) {
          let rows = start..<min(length, start + blockRows)
          let part = divergence(
            .forwardKL, student: s.scores(rows, precision), teacher: t.scores(rows, precision),
            rows: rows.count, columns: rows.upperBound,
            labels: labels.map { Array($0[first + rows.lowerBound..<first + rows.upperBound]) })
          for row in rows {
            losses.pointer[first + row] += part.losses.pointer[row - start] / Float(heads)
          }
          scaleInPlace(part.dStudent, s.scale / Float(heads))
          s.addGradient(part.dStudent, of: rows, to: dStudent, precision)
        }
      }
      first += length
    }
    return (losses, dStudent)
  }
}

/// The vectors of one head in one document, [length, dimension], and where they stand in the whole.
private struct RelationHead {
  let vectors: Buffer
  let dimension: Int
  let width: Int
  /// Of the first token's first element in the whole.
  let place: Int

  init(_ x: Buffer, tokens: Range<Int>, width: Int, head: Int, of heads: Int) {
    dimension = width / heads
    self.width = width
    place = tokens.lowerBound * width + head * dimension
    vectors = .uninitialized(tokens.count * dimension)
    for row in 0..<tokens.count {
      (vectors.pointer + row * dimension).update(from: x.pointer + place + row * width, count: dimension)
    }
  }

  var scale: Float { 1 / Float(max(1, dimension)).squareRoot() }

  private func slice(_ rows: Range<Int>) -> Buffer {
    vectors.slice(rows.lowerBound * dimension..<rows.upperBound * dimension)
  }

  /// Scores of some tokens with all tokens up to the last of them, [rows, rows.upperBound].
  ///
  /// Those after a token's own place are −∞: their probability is 0.
  func scores(_ rows: Range<Int>, _ precision: Precision) -> Buffer {
    let columns = rows.upperBound
    let scores = Buffer.uninitialized(rows.count * columns)
    Kernels.matmul(
      slice(rows), slice(0..<columns), m: rows.count, n: columns, k: dimension, transposeB: true,
      into: scores, precision: precision)
    Kernels.scaleInPlace(scores, scale)
    for row in rows {
      let line = scores.pointer + (row - rows.lowerBound) * columns
      for column in row + 1..<max(row + 1, columns) { line[column] = -.infinity }
    }
    return scores
  }

  /// Adds to `target` what the gradient of some tokens' scores, [rows, rows.upperBound], makes of both vectors.
  func addGradient(_ dScores: Buffer, of rows: Range<Int>, to target: Buffer, _ precision: Precision) {
    let columns = rows.upperBound
    let own = Buffer.uninitialized(rows.count * dimension)
    Kernels.matmul(
      dScores, slice(0..<columns), m: rows.count, n: dimension, k: columns, into: own, precision: precision)
    add(own, from: rows.lowerBound, to: target)
    let others = Buffer.uninitialized(columns * dimension)
    Kernels.matmul(
      dScores, slice(rows), m: columns, n: dimension, k: rows.count, transposeA: true, into: others,
      precision: precision)
    add(others, from: 0, to: target)
  }

  private func add(_ gradient: Buffer, from row: Int, to target: Buffer) {
    for line in 0..<(dimension == 0 ? 0 : gradient.count / dimension) {
      let (to, from) = (
        target.pointer + place + (row + line) * width, gradient.pointer + line * dimension
      )
      for i in 0..<dimension { to[i] += from[i] }
    }
  }
}

extension PlainKernels {
  public static func relationDivergence(
    student: Buffer, teacher: Buffer, documentLengths: [Int], heads: Int, labels: [Int32]? = nil
  ) -> (losses: Buffer, dStudent: Buffer) {
    let tokens = documentLengths.reduce(0, +)
    let (width, teacherWidth) = (Kernels.rowLength(student, tokens), Kernels.rowLength(teacher, tokens))
    let (losses, dStudent) = (Buffer.zeros(tokens), Buffer.zeros(student.count))
    func relation(_ x: Buffer, _ width: Int, _ i: Int, _ document: ClosedRange<Int>, _ head: Int) -> [Double]
    {
      let d = width / heads
      let scores = document.map { j in
        (0..<d).reduce(0.0) {
          $0 + Double(x.pointer[i * width + head * d + $1]) * Double(x.pointer[j * width + head * d + $1])
        } / Double(d).squareRoot()
      }
      let largest = scores.max() ?? 0
      let total = largest + log(scores.reduce(0) { $0 + exp($1 - largest) })
      return scores.map { $0 - total }
    }
    var gradient = [Double](repeating: 0, count: student.count)
    var first = 0
    for length in documentLengths {
      for i in first..<first + length where labels?[i] != Kernels.ignoredLabel {
        for head in 0..<heads {
          let logS = relation(student, width, i, first...i, head)
          let logT = relation(teacher, teacherWidth, i, first...i, head)
          let loss = zip(logS, logT).reduce(0) { $0 + exp($1.1) * ($1.1 - $1.0) }
          losses.pointer[i] += Float(loss / Double(heads))
          let d = width / heads
          for (j, (s, t)) in zip(first...i, zip(logS, logT)) {
            let slope = (exp(s) - exp(t)) / Double(heads) / Double(d).squareRoot()
            for element in head * d..<(head + 1) * d {
              gradient[i * width + element] += slope * Double(student.pointer[j * width + element])
              gradient[j * width + element] += slope * Double(student.pointer[i * width + element])
            }
          }
        }
      }
      first += length
    }
    for i in gradient.indices { dStudent.pointer[i] = Float(gradient[i]) }
    return (losses, dStudent)
  }
}
