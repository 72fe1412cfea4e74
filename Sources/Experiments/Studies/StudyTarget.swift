import Files
import Foundation

/// What a study's students were to reach, and which did. A figure is held to it as it is, whatever its interval.
struct StudyTarget: Sendable {
  enum Goal: String, CaseIterable, Sendable {
    /// Of the teacher's accuracy, for each student.
    case retention
    /// Beside the teacher's, for each student.
    case decoding
    /// Over the twin's accuracy, in the mean of the sets.
    case difference

    /// The least that reaches it: a share, a ratio, a share.
    var least: Double {
      switch self {
      case .retention: 0.95
      case .decoding: 3
      case .difference: 0.02
      }
    }

    /// In words.
    var about: String {
      switch self {
      case .retention: "at least \(text(least)) of the teacher's accuracy"
      case .decoding: "decoding at least \(text(least)) as fast as the teacher"
      case .difference: "at least \(text(least)) points over the same student without a teacher, in the mean"
      }
    }

    func text(_ value: Double) -> String {
      switch self {
      case .retention: ReportNumber.percent(value)
      case .decoding: String(format: "%.1f ×", value)
      case .difference: ReportNumber.points(value)
      }
    }
  }

  let goal: Goal
  /// Whose figures are known, and what they are.
  let figures: [(name: String, value: Double)]

  /// Sums of floating-point numbers end a little above or below.
  func isReached(_ value: Double) -> Bool { value >= goal.least - 1e-9 }

  var text: String {
    func list(_ isWanted: (Double) -> Bool) -> String? {
      let names = figures.filter { isWanted($0.value) }.map { "\($0.name) (\(goal.text($0.value)))" }
      return names.isEmpty ? nil : names.joined(separator: "; ")
    }
    let parts = [
      list(isReached).map { "reached by \($0)" }, list { !isReached($0) }.map { "missed by \($0)" },
    ].compactMap { $0 }
    return "Target, \(goal.about): " + (parts.isEmpty ? "not known yet" : parts.joined(separator: "; ")) + "."
  }

  var json: JSONValue {
    func names(_ isWanted: (Double) -> Bool) -> JSONValue {
      .array(figures.filter { isWanted($0.value) }.map { .string($0.name) })
    }
    return ["least": .double(goal.least), "reached": names(isReached), "missed": names { !isReached($0) }]
  }
}

extension StudyReport {
  /// Without a teacher there is nothing to keep and nothing that could have helped.
  var targets: [StudyTarget] {
    let taught = rows.filter { $0.hasTeacher == true }
    return StudyTarget.Goal.allCases.map { goal in
      let figures: [(name: String, value: Double)] =
        switch goal {
        case .retention: taught.compactMap { row in row.retention.map { (row.label, $0.value) } }
        case .decoding: rows.compactMap { row in row.decoding.map { (row.label, $0.median) } }
        case .difference: meanDifference.map { [("the mean", $0.figure.value)] } ?? []
        }
      return StudyTarget(goal: goal, figures: figures)
    }
  }
}
