import Foundation
import Kernels
import TensorCore

/// What a teacher says about every row of a batch.
public enum TeacherSignal {
  /// Its logits [rows, vocabulary], a constant.
  case logits(Tensor)
  /// Its stored top-k log-probabilities.
  case topK(TopKSignal)

  /// The part for some rows, as chunked losses need it.
  public func rows(_ range: Range<Int>) -> TeacherSignal {
    switch self {
    case .logits(let logits): .logits(slice(logits.detached(), rows: range))
    case .topK(let signal): .topK(signal.rows(range))
    }
  }
}

/// A teacher's k most likely tokens per row and the mass of the rest, at one temperature.
public struct TopKSignal {
  /// [rows · k], natural logarithms of probabilities over the whole vocabulary
  public let logProbabilities: Buffer
  /// [rows · k] token ids
  public let indices: [Int32]
  /// [rows], the logarithm of 1 − Σ of the k probabilities
  public let tail: Buffer
  /// The temperature at which they were computed; the tail holds at no other.
  public let temperature: Double

  public init(logProbabilities: Buffer, indices: [Int32], tail: Buffer, temperature: Double) {
    requireShape(
      logProbabilities.count == indices.count
        && (tail.count == 0 ? indices.isEmpty : indices.count.isMultiple(of: tail.count)),
      "TopKSignal: \(logProbabilities.count) log-probabilities, \(indices.count) indices, \(tail.count) rows")
    self.logProbabilities = logProbabilities
    self.indices = indices
    self.tail = tail
    self.temperature = temperature
  }

  /// The k most likely tokens of each row of logits [rows, vocabulary], k below the vocabulary.
  public init(_ logits: Tensor, k: Int, temperature: Double) {
    requireShape(
      (1..<max(2, logits.columns)).contains(k), "TopKSignal: \(k) tokens of logits \(logits.shape)")
    let top = Kernels.topLogProbabilities(
      logits.buffer, columns: logits.columns, k: k, temperature: Float(temperature))
    self.init(
      logProbabilities: Buffer(top.values), indices: top.indices, tail: Buffer(top.tails),
      temperature: temperature)
  }

  /// How much of their probability teacher and student give to the k tokens, summed over the rows with a label.
  ///
  /// - Parameters:
  ///   - logits: the student's, [rows, vocabulary].
  ///   - labels: one a row.
  public func masses(student logits: Tensor, labels: [Int32]) -> (student: Double, teacher: Double) {
    let buckets = withoutGradient {
      topKBuckets(logits, indices: indices, temperature: Float(temperature)).values
    }
    let rest = tail.array()
    return labels.indices.reduce(into: (0, 0)) { sums, row in
      guard labels[row] != ignoredLabel else { return }
      sums.student += 1 - exp(Double(buckets[row * (k + 1) + k]))
      sums.teacher += 1 - exp(Double(rest[row]))
    }
  }

  public var rowCount: Int { tail.count }
  /// How many tokens are stored per row.
  public var k: Int { rowCount == 0 ? 0 : indices.count / rowCount }

  /// The distribution over the k tokens and the tail as log-probabilities [rows, k + 1].
  ///
  /// The tail is at least log 1e-7, as `topKBuckets` has it for the student.
  public var buckets: Tensor {
    let (stored, rest) = (logProbabilities.array(), tail.array())
    var values: [Float] = []
    values.reserveCapacity(stored.count + rest.count)
    for row in 0..<rowCount {
      values += stored[row * k..<(row + 1) * k]
      values.append(max(rest[row], -16.118095))
    }
    return Tensor([rowCount, k + 1], values)
  }

  public func rows(_ range: Range<Int>) -> TopKSignal {
    let stored = range.lowerBound * k..<range.upperBound * k
    return TopKSignal(
      logProbabilities: logProbabilities.slice(stored), indices: Array(indices[stored]),
      tail: tail.slice(range),
      temperature: temperature)
  }
}

/// A weighted sum of loss terms over the rows that have a label. Terms that compare layers or texts need more than
/// these rows: whoever runs the models computes them.
///
/// L = Σ over terms of weight · T² · (1/n) Σ over rows with a label of ℓ(row)    (T² where the term asks for it)
///
/// A term of completions adds up their rows alone, over the same n: with one of weight w beside one of weight 1 over all
/// rows, a token of a completion counts 1 + w times as much as one of a prompt.
public struct Objective: Sendable, Equatable {
  public let terms: [LossTerm]
  /// Label smoothing of the cross-entropy terms, 0..<1.
  public let labelSmoothing: Float

  public init(_ terms: [LossTerm], labelSmoothing: Float = 0) {
    self.terms = terms
    self.labelSmoothing = labelSmoothing
  }

  /// Whether any term compares the student with a teacher.
  public var needsTeacher: Bool { terms.contains { $0.function.needsTeacher } }

  /// The terms of logits alone, which `callAsFunction` adds up.
  public var ofLogits: Objective {
    Objective(
      terms.filter(\.function.readsLogits),
      labelSmoothing: labelSmoothing)
  }

  /// The value of an objective: the loss on the tape, and each term's share of it.
  public struct Value {
    /// A scalar.
    public let loss: Tensor
    /// Each term before its weight and T², in the order of `terms`: (Σ over its rows) / normalizer.
    public let terms: [Double]
  }

  /// The objective of some rows.
  ///
  /// - Parameters:
  ///   - student: logits [rows, vocabulary].
  ///   - teacher: its signal for the same rows; may be nil when no term needs it. Check it with `validate` first.
  ///   - labels: one per row, aligned with the logits (already shifted); −100 leaves the row out of every term.
  ///   - isCompletion: one per row; nil where completions hold all labels.
  ///   - normalizer: the n of the mean, such as the labelled tokens of a whole step; nil takes those of these rows.
  public func callAsFunction(
    student: Tensor, teacher: TeacherSignal?, labels: [Int32], isCompletion: [Bool]? = nil,
    normalizer: Double? = nil
  ) -> Value {
    let counted = labels.count { $0 != ignoredLabel }
    let reduction = Reduction.dividedBy(Float(normalizer ?? Double(max(1, counted))))
    var loss = Tensor(0)
    var values: [Double] = []
    for term in terms {
      let counted = term.tokens == .completion ? completions(labels, isCompletion) : labels
      let value = self.value(of: term, student: student, teacher: teacher, labels: counted, reduction)
      values.append(Double(value.item))
      let weighted = term.factor == 1 ? value : scale(value, by: Float(term.factor))
      loss = values.count == 1 ? weighted : loss + weighted
    }
    return Value(loss: loss, terms: values)
  }

  private func completions(_ labels: [Int32], _ isCompletion: [Bool]?) -> [Int32] {
    guard let isCompletion else { return labels }
    return zip(labels, isCompletion).map { $1 ? $0 : ignoredLabel }
  }

  private func value(
    of term: LossTerm, student: Tensor, teacher: TeacherSignal?, labels: [Int32], _ reduction: Reduction
  ) -> Tensor {
    let kind = term.function.divergence(mixture: Float(term.mixture), skew: Float(term.skew))
    guard let kind else {
      requireShape(
        term.function.subject == .label, "Objective: \(term.function.rawValue) does not read logits")
      return crossEntropy(student, labels: labels, labelSmoothing: labelSmoothing, reduction: reduction)
    }
    switch teacher {
    case .logits(let logits):
      return divergence(
        kind, student: student, teacher: logits, temperature: Float(term.temperature), labels: labels,
        reduction: reduction)
    case .topK(let signal):
      requireShape(
        signal.temperature == term.temperature,
        "Objective: \(term.function.rawValue) at temperature \(term.temperature) from a top-k signal of temperature "
          + "\(signal.temperature)")
      if kind == .forwardKL {
        return topKDivergence(
          student: student, teacherLogProbabilities: signal.logProbabilities, indices: signal.indices,
          tail: signal.tail, temperature: Float(term.temperature), labels: labels, reduction: reduction)
      }
      return divergence(
        kind, student: topKBuckets(student, indices: signal.indices, temperature: Float(term.temperature)),
        teacher: signal.buckets, labels: labels, reduction: reduction)
    case nil:
      requireShape(false, "Objective: \(term.function.rawValue) needs a teacher")
      return Tensor(0)
    }
  }
}
