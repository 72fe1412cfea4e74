import Evaluation
import Files
import Foundation

/// A model's accuracy by language and how alike it answers in two of them, as papers on cross-lingual transfer print it.
struct LanguagePrinter {
  private let report: LanguageReport

  init(_ result: ExamResult, _ exam: Exam) {
    report = LanguageReport(
      result.answers, choices: exam.choices, parallelIDs: exam.parallelIDs,
      samples: result.sampling.plan.answersPerProblem)
  }

  /// Nothing for one language.
  var lines: [String] {
    guard report.rows.count > 1 else { return [] }
    var lines = ["", "language  accuracy  chance      RA   95 % interval  RA/en  alike en  95 % interval"]
    for row in report.rows {
      let cell = row.cell
      let cells = [
        percent(cell.accuracy, 8), percent(cell.chance, 6), String(format: "%6.3f", cell.rescaledAccuracy),
        padded(
          String(format: "%.3f to %.3f", row.rescaledInterval.low, row.rescaledInterval.high), 14),
        padded(row.ratioToEnglish.map { String(format: "%.3f", $0) } ?? "–", 5),
        percent(alikeEnglish(cell.name), 8),
        padded(alikeEnglishInterval(cell.name).map(percents) ?? "–", 13),
      ]
      lines.append(
        cell.name.padding(toLength: 8, withPad: " ", startingAt: 0) + "  " + cells.joined(separator: "  "))
    }
    if let mean = report.meanRescaledAccuracy {
      let hasEnglish = report.rows.contains { $0.cell.name == "en" }
      lines.append(
        String(
          format: hasEnglish
            ? "mean RA of the languages but English %.3f"
            : "mean RA %.3f; no question is in English, which the others would be compared with", mean))
    }
    return lines + (report.agreement.map(matrix) ?? [])
  }

  private func matrix(_ agreement: LanguageAgreement) -> [String] {
    let some = agreement.complete == agreement.groups ? "" : " (\(agreement.complete) in all languages)"
    let width = max(5, agreement.languages.map(\.count).max() ?? 0) + 1
    var lines = [
      "", "answered alike, % of \(agreement.groups) parallel questions\(some), by the option chosen:",
      String(repeating: " ", count: width) + agreement.languages.map { padded($0, width) }.joined(),
    ]
    for first in agreement.languages {
      lines.append(
        first.padding(toLength: width, withPad: " ", startingAt: 0)
          + agreement.languages.map { percent(agreement.share(first, $0), width) }.joined())
    }
    let means = [
      ("with English", agreement.meanWithEnglish, agreement.meanWithEnglishInterval),
      ("over all pairs", agreement.meanOfPairs, agreement.meanOfPairsInterval),
    ].compactMap { name, share, interval in
      share.map { "\(name) \(percent($0, 0)) %" + (interval.map { " (\(percents($0)))" } ?? "") }
    }
    if !means.isEmpty { lines.append("mean " + means.joined(separator: ", ")) }
    if agreement.leftOut > 0 {
      lines.append(
        "\(agreement.leftOut) parallel groups are left out: without options, or the right one stands elsewhere in another language"
      )
    }
    return lines
  }

  private func alikeEnglish(_ language: String) -> Double? {
    language == "en" ? nil : report.agreement?.share("en", language)
  }

  private func alikeEnglishInterval(_ language: String) -> ConfidenceInterval? {
    language == "en" ? nil : report.agreement?.interval("en", language)
  }

  private func percents(_ interval: ConfidenceInterval) -> String {
    String(format: "%.1f to %.1f", 100 * interval.low, 100 * interval.high)
  }

  private func percent(_ share: Double?, _ width: Int) -> String {
    padded(share.map { String(format: "%.1f", 100 * $0) } ?? "–", width)
  }

  /// Text at the right of a column.
  private func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  var json: JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .double($0) } ?? .null }
    let rows = report.rows.map { row -> JSONValue in
      let cell = row.cell
      return [
        "language": .string(cell.name), "problems": .int(cell.problems), "accuracy": .double(cell.accuracy),
        "interval": cell.interval.json, "chance": .double(cell.chance),
        "rescaled_accuracy": .double(cell.rescaledAccuracy),
        "rescaled_accuracy_interval": row.rescaledInterval.json,
        "ratio_to_english": number(row.ratioToEnglish),
        "alike_with_english": number(alikeEnglish(cell.name)),
        "alike_with_english_interval": alikeEnglishInterval(cell.name)?.json ?? .null,
      ]
    }
    let agreement = report.agreement.map { agreement -> JSONValue in
      [
        "languages": .array(agreement.languages.map { .string($0) }), "groups": .int(agreement.groups),
        "complete_groups": .int(agreement.complete), "left_out": .int(agreement.leftOut),
        "matrix": .array(
          agreement.languages.map { first in
            .array(agreement.languages.map { number(agreement.share(first, $0)) })
          }),
        "pairs": .array(agreement.pairs.map { .array($0.map { .int($0) }) }),
        "mean_with_english": number(agreement.meanWithEnglish),
        "mean_with_english_interval": agreement.meanWithEnglishInterval?.json ?? .null,
        "mean_of_pairs": number(agreement.meanOfPairs),
        "mean_of_pairs_interval": agreement.meanOfPairsInterval?.json ?? .null,
      ]
    }
    return [
      "rows": .array(rows), "mean_rescaled_accuracy": number(report.meanRescaledAccuracy),
      "agreement": agreement ?? .null,
    ]
  }
}
