import Evaluation
import Training

/// What a finished run of a study leaves in `ROLE.json` beside its directory.
package struct StudyResult: Codable, Sendable {
  /// Of the recipe and of what the files that it names hold.
  package var identity: String
  /// The whole table of the final evaluation; nil where a run's own numbers ended it.
  package var accuracy: AccuracyReport?
  /// For every problem, in their order.
  package var solved: [Bool] = []
  /// Of each problem, what it belongs together with: a digest.
  package var groups: [String] = []
  package var parameters = 0
  package var tokens = 0
  /// Of the whole run: loading, training, evaluating.
  package var seconds = 0.0
  /// The step that validation chose; nil where the last model was taken.
  package var bestStep: Int?
  /// Whether the run came to the end of its recipe, rather than of its time.
  package var isWhole = true
  package var error: String?

  package init(identity: String) { self.identity = identity }

  /// Whether it can be counted; a file that was changed by hand may not hold together.
  package var isUsable: Bool { accuracy != nil && !solved.isEmpty && solved.count == groups.count }

  /// A teacher that is not so far above the commonest answer has nothing to hand on.
  static let leastLead = 0.10

  /// Whether a set's teachers, all seeds together, know more than its commonest answer, by those that were asked
  /// the same questions as the first; nil where that is not known.
  static func teach(_ teachers: [StudyResult]) -> Bool? {
    let usable = teachers.filter(\.isUsable)
    let known = usable.filter { $0.groups == usable[0].groups }.compactMap(\.accuracy)
    guard let commonest = known.first?.commonestAccuracy else { return nil }
    let mean = known.reduce(0) { $0 + $1.overall.accuracy } / Double(known.count)
    return mean - commonest >= leastLead - 1e-9
  }
}

extension AccuracyReport {
  /// What one constant answer reaches: the commonest of the training side, or of these problems themselves where that is
  /// more; nil where neither is known.
  var commonestAccuracy: Double? { [answerPrior, commonestShare].compactMap(\.self).max() }
}

/// Decoding speeds of a teacher and a student, measured in turns.
package struct DecodingComparison: Codable, Sendable {
  /// Of the two runs.
  package var identities: [String]
  /// The processor.
  package var machine: String
  /// Tokens per second.
  package var teacher: [Double]
  package var student: [Double]
  /// What the measuring took, loading included; nil where an earlier program measured.
  package var seconds: Double?

  package init(
    identities: [String], machine: String, teacher: [Double], student: [Double], seconds: Double? = nil
  ) {
    (self.identities, self.machine, self.teacher, self.student) = (identities, machine, teacher, student)
    self.seconds = seconds
  }

  /// Of each turn, student ÷ teacher.
  package var ratios: [Double] { zip(student, teacher).map { $0 / $1 } }
}
