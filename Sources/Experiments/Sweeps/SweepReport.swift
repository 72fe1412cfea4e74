import Evaluation
import Files
import Foundation
import Kernels
import Training

/// What came out of a sweep, finished or not.
public struct SweepReport: Sendable {
  public enum Ending: String, Sendable {
    /// What is written while the sweep goes on.
    case running
    case completed
    /// `--max-seconds` ran out.
    case outOfTime = "out_of_time"
    case interrupted
    /// An error that is no run's own ended it.
    case failed
  }

  /// Also tells that a directory holds a sweep.
  static let fileName = "sweep.json"

  public let plan: SweepPlan
  public let metric: SweepMetric
  public let ending: Ending
  /// Best first.
  public let rows: [SweepRow]
  /// Whether the command was to train all runs anew.
  let overwrites: Bool
  public let command: String
  public let directory: String

  init(
    plan: SweepPlan, metric: SweepMetric, results: [SweepResult?], ending: Ending, overwrites: Bool,
    command: String, directory: String
  ) {
    self.plan = plan
    self.metric = metric
    self.ending = ending
    self.overwrites = overwrites
    self.command = command
    self.directory = directory
    rows = SweepRow.rows(plan, results, metric: metric)
  }

  private var runs: [SweepRow.Run] { rows.flatMap(\.runs) }
  public var finished: Int { runs.count { $0.seconds != nil } }
  public var failures: [(run: String, error: String)] {
    runs.compactMap { run in run.error.map { (run.name, $0) } }
  }
  /// What trains the runs that are not finished.
  public var continuation: String {
    "the same command\(overwrites ? " without --overwrite" : "") goes on"
  }
  /// 130 when interrupted, 65 when a run failed, 3 for a missed gate.
  public var exitCode: ExitCode {
    if ending == .interrupted { return .interrupted }
    if !failures.isEmpty { return .badData }
    return runs.flatMap(\.verdicts).allSatisfy(\.passed) ? .done : .gateMissed
  }

  /// `sweep.json`, `sweep.svg` and `report.html`.
  func write(to directory: URL) throws {
    for (name, text) in [
      (SweepReport.fileName, json.text(isPretty: true) + "\n"), ("sweep.svg", chart.svg),
      ("report.html", html),
    ] {
      try AtomicFile.write(text, to: directory.appendingPathComponent(name))
    }
  }

  var table: ReportTable {
    ReportTable(
      header: ["combination", "mean", "sd", "min", "max", "seeds", "seconds", "difference", "p flip", "p t"],
      rows: rows.map { row in
        func number(_ value: Double?) -> String { value.map { String(format: "%.4f", $0) } ?? "–" }
        let spread = row.spread
        let seeds = row.runs.count { $0.value != nil }
        return [
          row.combination.name, number(spread?.mean),
          seeds > 1 ? number(spread?.standardDeviation) : "–", number(spread?.minimum),
          number(spread?.maximum), seeds == row.runs.count ? "\(seeds)" : "\(seeds) of \(row.runs.count)",
          row.meanSeconds.map { String(format: "%.1f", $0) } ?? "–",
          row.test.map { String(format: "%+.4f", $0.meanDifference) } ?? "–",
          row.test.map { ReportNumber.probability($0.p) } ?? "–",
          row.tTest.map { ReportNumber.probability($0.p) } ?? "–",
        ]
      })
  }

  /// How to read the table.
  var notes: [String] {
    var notes = [
      "\(metric.name), \(metric.lowerIsBetter ? "lower" : "higher") is better; mean, standard deviation, smallest and "
        + "largest over the seeds; seconds of one run."
    ]
    if let test = rows.compactMap(\.test).max(by: { $0.pairs < $1.pairs }) {
      let least = ReportNumber.probability(test.leastP)
      notes.append(
        "difference: from \(plan.combinations[0].name), paired by seed. p flip: sign-flip permutation, two-sided, with "
          + "\(test.pairs) seeds at least \(least). p t: Student's paired test, two-sided, which takes the differences as normal."
      )
      if plan.combinations.count > 2 {
        notes.append("Each p is of its comparison alone, not corrected for their number.")
      }
    }
    notes += failures.map { "\($0.run) failed: \($0.error)" }
    if finished < runs.count {
      notes.append("\(finished) of \(runs.count) runs are finished; \(continuation).")
    }
    return notes
  }

  /// The table and its notes, for a terminal.
  public var text: String { table.text + "\n\n" + notes.joined(separator: "\n") }

  public var json: JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .double($0) } ?? .null }
    return [
      "ending": .string(ending.rawValue), "metric": .string(metric.name),
      "lower_is_better": .bool(metric.lowerIsBetter), "path": .string(directory),
      "recipes": .array(plan.recipes.map { .string($0) }), "finished": .int(finished),
      "runs": .int(runs.count),
      "compared_with": .string(plan.combinations[0].name),
      "tests": "sign-flip permutation and Student's t, two-sided, paired by seed",
      "combinations": .array(
        rows.map { row in
          [
            "name": .string(row.combination.name),
            "values": .object(JSONObject(row.combination.values.map { ($0.key, .string($0.value)) })),
            "mean": number(row.spread?.mean),
            "standard_deviation": number(
              row.runs.count { $0.value != nil } > 1 ? row.spread?.standardDeviation : nil),
            "minimum": number(row.spread?.minimum), "maximum": number(row.spread?.maximum),
            "mean_seconds": number(row.meanSeconds), "difference": number(row.test?.meanDifference),
            "p_sign_flip": number(row.test?.p), "p_t": number(row.tTest?.p),
            "runs": .array(row.runs.map(SweepReport.json)),
          ]
        }),
    ]
  }

  private static func json(_ run: SweepRow.Run) -> JSONValue {
    [
      "name": .string(run.name), "seed": .number("\(run.seed)"),
      "value": run.value.map { .double($0) } ?? .null,
      "seconds": run.seconds.map { .double($0) } ?? .null, "error": run.error.map { .string($0) } ?? .null,
      "gates": .array(run.verdicts.map(\.json)),
    ]
  }

  /// A curve over the first axis of numbers, one for each choice of the others; else a row for each combination.
  var chart: SweepChart {
    let groups = rows.map { row in
      SweepChart.Group(name: row.combination.name, values: row.runs.compactMap(\.value))
    }
    var chart = SweepChart(title: metric.name, metric: metric.name, groups: groups)
    guard let axis = plan.axes.first(where: { $0.numbers != nil && $0.values.count > 1 }) else {
      return chart
    }
    chart.xLabel = axis.key
    for (index, row) in rows.enumerated() {
      chart.groups[index].x = row.combination.values.first { $0.key == axis.key }.flatMap { Double($0.value) }
      let others = row.combination.values.filter { $0.key != axis.key }
      chart.groups[index].series = others.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
    }
    return chart
  }

  /// One file, no scripts, nothing fetched.
  public var html: String {
    func escaped(_ text: String) -> String { SVGCanvas.escaped(text) }
    let title = "Sweep: \(plan.recipes.joined(separator: ", "))"
    var body = "<h1>\(escaped(title))</h1>\n" + HTMLPage.wide(table)
    body += "<ul>" + notes.map { "<li>\(escaped($0))</li>" }.joined() + "</ul>\n"
    body += HTMLPage.figure(metric.name, svg: chart.svg)
    let curves = curves
    if !curves.series.isEmpty { body += HTMLPage.figure(curves.title, svg: curves.svg) }
    body += "<h2>Every run</h2>\n"
    body += HTMLPage.wide(
      ReportTable(
        header: ["run", metric.name, "seconds", "gates"],
        rows: runs.map { run in
          [
            run.name,
            run.value.map { String(format: "%.4f", $0) } ?? (run.error == nil ? "not finished" : "failed"),
            run.seconds.map { String(format: "%.1f", $0) } ?? "–",
            run.verdicts.isEmpty
              ? "–" : "\(run.verdicts.count { $0.passed }) of \(run.verdicts.count) passed",
          ]
        }))
    if !command.isEmpty { body += "<h2>How to repeat it</h2>\n<pre>\(escaped(command))</pre>\n" }
    return HTMLPage(title: title, body: body).text
  }
}
