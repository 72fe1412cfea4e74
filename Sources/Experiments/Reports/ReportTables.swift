import Evaluation
import Foundation

/// A table of texts; the first column is left-aligned.
struct ReportTable {
  var header: [String]
  var rows: [[String]]

  var markdown: String {
    let rule = header.indices.map { $0 == 0 ? "---" : "---:" }
    return ([header, rule] + rows).map { row in
      "| " + row.map { $0.replacingOccurrences(of: "|", with: "\\|") }.joined(separator: " | ") + " |"
    }.joined(separator: "\n") + "\n"
  }

  /// Columns in line, for a terminal.
  var text: String {
    let widths = header.indices.map { column in
      ([header] + rows).map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return ([header] + rows).map { row in
      row.enumerated().map { column, cell in
        let space = String(repeating: " ", count: max(0, widths[column] - cell.count))
        return column == 0 ? cell + space : space + cell
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  var html: String {
    func row(_ cells: [String], _ tag: String) -> String {
      "<tr>" + cells.map { "<\(tag)>\(SVGCanvas.escaped($0))</\(tag)>" }.joined() + "</tr>"
    }
    return "<table><thead>\(row(header, "th"))</thead><tbody>"
      + rows.map { row($0, "td") }.joined(separator: "\n")
      + "</tbody></table>\n"
  }
}

/// Numbers as a person reads them.
enum ReportNumber {
  static func percent(_ value: Double) -> String { String(format: "%.1f %%", value * 100) }

  static func points(_ value: Double) -> String { String(format: "%+.1f", value * 100) }

  static func interval(_ cell: AccuracyReport.Cell) -> String {
    String(format: "%.1f–%.1f", cell.interval.low * 100, cell.interval.high * 100)
  }

  static func probability(_ p: Double) -> String {
    p < 0.0001 ? String(format: "%.1e", p) : String(format: "%.4f", p)
  }

  static func count(_ value: Int) -> String {
    var digits = Array(String(abs(value)))
    for index in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: index) }
    return (value < 0 ? "-" : "") + String(digits)
  }

  static func scientific(_ value: Double) -> String { String(format: "%.2e", value) }

  static func seconds(_ value: Double) -> String { String(format: "%.1f s", value) }
}

extension DistillationReport {
  private var models: [Entry] { [teacher, student] + controls }

  var accuracyTable: ReportTable {
    let before = Entry(
      name: "student before",
      about: "the base: statements, problem texts, drills in sums and in looking facts up, no solutions",
      parameters: student.parameters, accuracy: accuracyBefore, solved: [])
    let rows = ([teacher, before, student] + controls).map { entry in
      let all = entry.accuracy.overall
      return [
        entry.name, entry.about, ReportNumber.count(entry.parameters), ReportNumber.percent(all.accuracy),
        ReportNumber.interval(all), ReportNumber.count(all.unparsed),
        ReportNumber.percent(entry.accuracy.stopRate), String(format: "%.0f", entry.accuracy.meanTokens),
        entry.learningRate.map { "\($0)" } ?? "",
      ]
    }
    let baselines =
      [("chance", "blind guessing", student.accuracy.overall.chance)]
      + (student.accuracy.answerPrior.map { [("answer prior", "the commonest training answer", $0)] } ?? [])
    let guesses = baselines.map { name, about, accuracy in
      [name, about, "", ReportNumber.percent(accuracy), "", "", "", "", ""]
    }
    return ReportTable(
      header: [
        "model", "trained on", "parameters", "accuracy", "95 % interval", "unparsable", "stops", "tokens",
        "learning rate",
      ], rows: rows + guesses)
  }

  var stageTable: ReportTable {
    let rows = gains.map { gain in
      [
        gain.name.rawValue + (gain.updates == 0 ? " (equal rewards: nothing to learn)" : ""),
        ReportNumber.percent(gain.accuracyBefore), ReportNumber.percent(gain.accuracy),
        ReportNumber.points(gain.accuracy - gain.accuracyBefore),
        "\(gain.mcNemar.onlySecond) / \(gain.mcNemar.onlyFirst)", ReportNumber.probability(gain.mcNemar.p),
        ReportNumber.seconds(gain.seconds),
      ]
    }
    return ReportTable(
      header: [
        "stage", "before", "after", "points", "newly right / newly wrong", "exact McNemar p", "time",
      ], rows: rows)
  }

  func breakdown(_ title: String, _ cells: (AccuracyReport) -> [AccuracyReport.Cell]) -> ReportTable {
    let rows = cells(teacher.accuracy).map { row in
      [row.name, ReportNumber.count(row.problems), ReportNumber.percent(row.chance)]
        + models.map { model in
          guard let cell = cells(model.accuracy).first(where: { $0.name == row.name }) else { return "" }
          return "\(ReportNumber.percent(cell.accuracy)) (\(ReportNumber.interval(cell)))"
        }
    }
    return ReportTable(header: [title, "problems", "chance"] + models.map(\.name), rows: rows)
  }

  var comparisonTable: ReportTable {
    let rows = comparisons.map { comparison in
      [
        comparison.control, ReportNumber.points(comparison.bootstrap.difference),
        "\(ReportNumber.points(comparison.bootstrap.low)) to \(ReportNumber.points(comparison.bootstrap.high))",
        "\(comparison.mcNemar.onlyFirst) / \(comparison.mcNemar.onlySecond)",
        ReportNumber.probability(comparison.mcNemar.p), ReportNumber.probability(comparison.adjustedP),
      ]
    }
    return ReportTable(
      header: [
        "student against", "points", "95 % bootstrap interval", "only student / only control right",
        "exact McNemar p", "Holm p",
      ], rows: rows)
  }

  var costTable: ReportTable {
    let rows = stages.map { stage in
      [
        stage.name, ReportNumber.seconds(stage.seconds), ReportNumber.seconds(stage.coreSeconds),
        ReportNumber.count(stage.tokens), ReportNumber.scientific(stage.flops),
      ]
    }
    let total = [
      // With the controls' stages, as the other columns.
      "all", ReportNumber.seconds(stages.reduce(0) { $0 + $1.seconds }), ReportNumber.seconds(coreSeconds),
      ReportNumber.count(stages.reduce(0) { $0 + $1.tokens }), ReportNumber.scientific(flops),
    ]
    return ReportTable(header: ["stage", "time", "core time", "tokens", "FLOPs"], rows: rows + [total])
  }

  var collectionTable: ReportTable {
    let counts = [
      ("prompts asked", collection.prompts), ("teacher answers", collection.answers),
      ("wrong", collection.wrong), ("unparsable", collection.unparsable),
      ("duplicates", collection.duplicates),
      ("near the evaluation set", collection.nearEvaluation), ("kept", collection.kept),
    ]
    return ReportTable(
      header: ["teacher's answers", "count"], rows: counts.map { [$0, ReportNumber.count($1)] })
  }
}
