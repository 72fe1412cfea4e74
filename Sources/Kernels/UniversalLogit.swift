import Glibc

/// Tokens of two tokenizers that spell the same bytes: rows of the student's and of the teacher's distributions.
public struct TokenGroup: Sendable, Equatable {
  public var student: Range<Int>
  public var teacher: Range<Int>

  public init(student: Range<Int>, teacher: Range<Int>) {
    self.student = student
    self.teacher = teacher
  }
}

/// Which distribution stands for a group of several tokens; the observed tokens' probabilities multiply it.
public enum TokenMerge: String, CaseIterable, Sendable {
  /// The first token's, times the probabilities of the later tokens.
  case observed
  /// The last token's, times the probabilities of the earlier tokens (the chain rule).
  case bayesian
}

/// Tokens of two vocabularies with the same spelling, and those without a partner.
public struct VocabularyMatch: Sendable, Equatable {
  /// Ids with one spelling, at the same places of both lists.
  public let student, teacher: [Int32]
  /// Ids without a partner.
  public let studentRest, teacherRest: [Int32]

  /// - Parameters: `pairs`, each id at most once on its side; the widths of the two distributions.
  public init(_ pairs: [(student: Int32, teacher: Int32)], studentColumns: Int, teacherColumns: Int) {
    student = pairs.map(\.student)
    teacher = pairs.map(\.teacher)
    let (students, teachers) = (Set(student), Set(teacher))
    studentRest = (0..<Int32(studentColumns)).filter { !students.contains($0) }
    teacherRest = (0..<Int32(teacherColumns)).filter { !teachers.contains($0) }
  }
}

/// How distributions over two vocabularies are compared.
public struct UniversalLogitRule: Sendable, Equatable {
  public var merge = TokenMerge.observed
  public var studentTemperature: Float = 1
  public var teacherTemperature: Float = 1
  /// Tokens that are compared by themselves; all are compared by rank when nil.
  public var match: VocabularyMatch?
  /// The teacher's share in the mixture of the matched tokens' divergence: 0 is KL(t‖s), 1 is KL(s‖t).
  public var mixture: Double = 0.5
  /// The weights of matched and unmatched tokens; the share of the teacher's vocabulary that has a partner, and the rest,
  /// when nil.
  public var matchedWeight, unmatchedWeight: Double?

  public init() {}
}

extension Kernels {
  /// The distance between distributions over two vocabularies, group by group, and its gradient.
  ///
  /// A group's distributions are s and t, merged as `rule.merge` says. Without a match: Σ over ranks r of |s₍ᵣ₎ − t₍ᵣ₎|, both
  /// sorted, the shorter filled with 0    (Boizard et al. 2024, ULD). With one: w Σ over matched tokens of their share of
  /// the divergence JSD(t, s) + v Σ over ranks of the others' sorted difference    (TRL's GOLD, Patiño et al. 2025).
  /// - Parameters: `student` [rows, studentColumns] and `teacher` [rows of its own, teacherColumns], logits; `groups`, none
  ///   empty, each row in at most one; the tokens that the rows predict; `factors`, one per group.
  /// - Returns: `losses` [groups]; `dStudent`, the gradient of Σ factor · loss.
  public static func universalLogit(
    student: Buffer, teacher: Buffer, studentColumns: Int, teacherColumns: Int, groups: [TokenGroup],
    studentTokens: [Int32], teacherTokens: [Int32], factors: [Float], rule: UniversalLogitRule
  ) -> (losses: Buffer, dStudent: Buffer) {
    precondition(
      student.count == studentTokens.count * studentColumns && factors.count == groups.count
        && teacher.count == teacherTokens.count * teacherColumns, "universalLogit: shapes differ")
    let s = MergedRows(student, tokens: studentTokens, temperature: rule.studentTemperature, rule.merge)
    let t = MergedRows(teacher, tokens: teacherTokens, temperature: rule.teacherTemperature, rule.merge)
    let losses = Buffer.uninitialized(groups.count)
    let dStudent = Buffer.zeros(student.count)
    Threads.parallel(rows: groups.count, blockSize: 1) { range in
      for index in range {
        let group = groups[index]
        let value = rule.compare(s.merged(group.student), t.merged(group.teacher))
        losses.pointer[index] = Float(value.loss)
        s.addGradient(value.slopes, of: group.student, factor: Double(factors[index]), into: dStudent)
      }
    }
    return (losses, dStudent)
  }
}

/// The probabilities of rows of logits, of which groups are merged.
private struct MergedRows {
  let probabilities: Buffer
  let columns: Int
  let tokens: [Int32]
  let temperature: Float
  let merge: TokenMerge
  /// No observed token's probability is taken for less.
  static let smallest = 1e-8

  init(_ logits: Buffer, tokens: [Int32], temperature: Float, _ merge: TokenMerge) {
    let scaled = temperature == 1 ? logits : Kernels.scale(logits, 1 / temperature)
    probabilities = Kernels.softmax(scaled, rows: tokens.count)
    columns = tokens.isEmpty ? 0 : logits.count / tokens.count
    self.tokens = tokens
    self.temperature = temperature
    self.merge = merge
  }

  private func base(_ rows: Range<Int>) -> Int {
    switch merge {
    case .observed: rows.lowerBound
    case .bayesian: rows.upperBound - 1
    }
  }

  private func probability(ofTokenAt row: Int) -> Double {
    Double(probabilities.pointer[row * columns + Int(tokens[row])])
  }

  /// Π over the rows but the base of the probability of the row's token.
  private func product(_ rows: Range<Int>) -> Double {
    let base = base(rows)
    return rows.reduce(1) { $1 == base ? $0 : $0 * max(probability(ofTokenAt: $1), Self.smallest) }
  }

  func merged(_ rows: Range<Int>) -> [Double] {
    let (start, product) = (base(rows) * columns, product(rows))
    return (0..<columns).map { product * Double(probabilities.pointer[start + $0]) }
  }

  /// Adds `factor` times the gradient of the rows' logits, `slopes` being that of the merged distribution.
  func addGradient(_ slopes: [Double], of rows: Range<Int>, factor: Double, into target: Buffer) {
    let (base, product) = (base(rows), product(rows))
    let start = base * columns
    var byProduct = 0.0
    for i in 0..<columns { byProduct += slopes[i] * Double(probabilities.pointer[start + i]) }
    for row in rows {
      let p = probabilities.pointer + row * columns
      let dx = target.pointer + row * columns
      let scale = factor / Double(temperature)
      if row == base {
        // Through the softmax: dxᵢ = pᵢ (gᵢ − Σ p g) / T with g = product · slopes.
        for i in 0..<columns {
          dx[i] += Float(scale * product * Double(p[i]) * (slopes[i] - byProduct))
        }
      } else {
        let own = probability(ofTokenAt: row)
        guard own >= Self.smallest else { continue }
        // g is 0 but at the row's token, where it is byProduct · product / own.
        let inner = byProduct * product
        for i in 0..<columns { dx[i] -= Float(scale * Double(p[i]) * inner) }
        dx[Int(tokens[row])] += Float(scale * inner)
      }
    }
  }
}

extension UniversalLogitRule {
  /// The distance of two merged distributions, and its slope at each of the student's tokens.
  fileprivate func compare(_ s: [Double], _ t: [Double]) -> (loss: Double, slopes: [Double]) {
    var slopes = [Double](repeating: 0, count: s.count)
    guard let match else {
      let loss = Self.byRank(s, Array(s.indices), t, Array(t.indices), weight: 1, &slopes)
      return (loss, slopes)
    }
    let overlap = Double(match.teacher.count) / Double(max(1, t.count))
    let (matched, unmatched) = (matchedWeight ?? overlap, unmatchedWeight ?? 1 - overlap)
    var loss = 0.0
    for (own, other) in zip(match.student, match.teacher) {
      let (a, b) = (s[Int(own)], t[Int(other)])
      let term = share(max(a, MergedRows.smallest), max(b, MergedRows.smallest))
      loss += matched * term.loss
      if a >= MergedRows.smallest { slopes[Int(own)] = matched * term.slope }
    }
    if !match.studentRest.isEmpty, !match.teacherRest.isEmpty {
      loss += Self.byRank(
        s, match.studentRest.map(Int.init), t, match.teacherRest.map(Int.init), weight: unmatched, &slopes)
    }
    return (loss, slopes)
  }

  /// A token's share of β KL(t‖m) + (1 − β) KL(s‖m), m = β t + (1 − β) s, and its slope at s.
  private func share(_ s: Double, _ t: Double) -> (loss: Double, slope: Double) {
    let b = mixture
    if b <= 0 { return (t * (log(t) - log(s)), -t / s) }
    if b >= 1 { return (s * (log(s) - log(t)), log(s) - log(t) + 1) }
    let m = log(b * t + (1 - b) * s)
    return (b * t * (log(t) - m) + (1 - b) * s * (log(s) - m), (1 - b) * (log(s) - m))
  }

  private static func byRank(
    _ s: [Double], _ own: [Int], _ t: [Double], _ others: [Int], weight: Double, _ slopes: inout [Double]
  ) -> Double {
    let order = own.sorted { (s[$1], $0) < (s[$0], $1) }
    let sorted = others.map { t[$0] }.sorted(by: >)
    var loss = 0.0
    for (rank, token) in order.enumerated() {
      let difference = s[token] - (rank < sorted.count ? sorted[rank] : 0)
      loss += weight * abs(difference)
      slopes[token] = difference > 0 ? weight : difference < 0 ? -weight : 0
    }
    if sorted.count > order.count { loss += weight * sorted[order.count...].reduce(0, +) }
    return loss
  }
}
