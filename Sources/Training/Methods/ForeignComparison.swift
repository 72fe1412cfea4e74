import Kernels
import LanguageModels
import Objectives
import TensorCore

/// The terms of an objective that compare the student with a teacher of another vocabulary, document by document.
///
/// L = 1/n Σ over groups of (student's tokens in the group) · D(s, t), n the number of labels, D as in `universalLogit`
public final class ForeignComparison {
  public let terms: [LossTerm]
  public let teacher: Transformer
  private let rules: [UniversalLogitRule]

  /// - Parameter common: ids with one spelling, student's and teacher's, for terms that are `hybrid`.
  public init(
    _ terms: [LossTerm], teacher: Transformer, student: ModelConfiguration,
    common: [(student: Int32, teacher: Int32)]
  ) {
    let columns = (student.vocabularySize, teacher.configuration.vocabularySize)
    let match = VocabularyMatch(
      common.filter { Int($0.student) < columns.0 && Int($0.teacher) < columns.1 }, studentColumns: columns.0,
      teacherColumns: columns.1)
    self.terms = terms
    self.teacher = teacher
    rules = terms.map { term in
      var rule = UniversalLogitRule()
      rule.merge = term.tokenMerge
      rule.studentTemperature = Float(term.temperature)
      rule.teacherTemperature = Float(term.temperature)
      rule.match = term.isHybrid ? match : nil
      rule.mixture = term.mixture
      rule.matchedWeight = term.matchedWeight
      rule.unmatchedWeight = term.unmatchedWeight
      return rule
    }
  }

  /// The terms' weighted sum on the tape, divided by `normalizer`, each term's own sum over labels, and how the tokens
  /// fitted.
  ///
  /// - Parameters: `hidden` the student's last states at the labels, [labels, hidden]; `foreign` one per document.
  func callAsFunction(
    _ hidden: Tensor, batch: TokenBatch, foreign: [ForeignExample], model: Transformer, normalizer: Double
  ) -> (loss: Tensor, sums: [Double], alignment: AlignmentCount) {
    let taught = TokenBatch(foreign.map { Example(inputs: $0.inputs, labels: $0.labels) })
    let taughtHidden = withoutGradient { taught.learntStates(of: teacher) }
    var sums = [Double](repeating: 0, count: terms.count)
    var alignment = AlignmentCount()
    var loss = Tensor(0)
    var (first, taughtFirst) = (0, 0)
    let counts = zip(batch.learntCounts, taught.learntCounts)
    for (document, (count, taughtCount)) in counts.enumerated() {
      let (rows, taughtRows) = (first..<first + count, taughtFirst..<taughtFirst + taughtCount)
      (first, taughtFirst) = (rows.upperBound, taughtRows.upperBound)
      let groups = foreign[document].groups
      alignment.add(groups)
      let tokens = Array(batch.learntLabels[rows])
      let factors = groups.map { Float(Double($0.student.count) / normalizer) }
      let teacherLogits = withoutGradient { teacher.logits(of: slice(taughtHidden, rows: taughtRows)) }
      // A document at a time: groups need all of its rows.
      let part = chunkedLinearLoss(slice(hidden, rows: rows), model.outputWeight(), chunkRows: max(1, count))
      {
        logits, _ in
        var total: Tensor?
        for (index, rule) in rules.enumerated() {
          let value = universalLogit(
            student: logits, teacher: teacherLogits, studentTokens: tokens,
            teacherTokens: Array(taught.learntLabels[taughtRows]), groups: groups, factors: factors,
            rule: rule)
          sums[index] += Double(value.item) * normalizer
          let weighted = scale(value, by: Float(terms[index].factor))
          total = total.map { add($0, weighted) } ?? weighted
        }
        return total ?? Tensor(0)
      }
      loss = document == 0 ? part : add(loss, part)
    }
    return (loss, sums, alignment)
  }
}
