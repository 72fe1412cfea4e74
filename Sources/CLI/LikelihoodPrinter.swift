import Evaluation
import Files
import Foundation

/// Scored choices as text and as JSON, under the names of lm-evaluation-harness.
struct LikelihoodPrinter {
  private let report: LikelihoodReport

  init(_ report: LikelihoodReport) { self.report = report }

  private var measures: [(name: String, measure: LikelihoodReport.Measure)] {
    ChoiceRule.allCases.compactMap { rule in report.measure(rule).map { (rule.rawValue, $0) } }
      + [("exact_match", report.exactMatch)]
  }

  var lines: [String] {
    let rows = measures.map { name, measure in
      String(
        format: "%@ %.1f %%, 95 %% interval %.1f to %.1f, standard error %.1f",
        name.padding(toLength: 16, withPad: " ", startingAt: 0), 100 * measure.accuracy,
        100 * measure.interval.low, 100 * measure.interval.high, 100 * measure.standardError)
    }
    let rest = String(
      format: "the right choice's share %.3f, margin of the best %.3f nats, %d ties went to the first choice",
      report.rightProbability, report.meanMargin, report.ties)
    return rows + [rest]
  }

  var json: [(String, JSONValue)] {
    measures.flatMap { name, measure in
      [
        (name, JSONValue.double(measure.accuracy)), (name + "_stderr", .double(measure.standardError)),
        (name + "_interval", ConfidenceInterval(measure.interval).json),
      ]
    } + [
      ("prob_norm", .double(report.rightProbability)), ("margin", .double(report.meanMargin)),
      ("ties", .int(report.ties)),
    ]
  }
}

extension ConfidenceInterval {
  var json: JSONValue { ["low": .double(low), "high": .double(high)] }
}

extension ExamResult {
  /// A line of `--samples-out` with the log-likelihoods of the choices, where they were scored.
  func withScores(_ line: JSONValue, of index: Int) -> JSONValue {
    guard let scores = likelihood?.scores[index], var fields = line.object else { return line }
    fields["choices"] = .array(scores.choices.map { .string($0) })
    fields["loglikelihoods"] = .array(scores.logLikelihoods.map { .double($0) })
    return .object(fields)
  }
}
