import Files
import Foundation

/// Runs of the store side by side: what differs in their recipes, their last metrics and their curves.
public struct StoredRunComparison {
  public let runs: [StoredRun]
  /// Unique among the runs: the last part of the output directory, or the id where two have the same.
  public let names: [String]
  /// Recipe keys that differ, dotted, with each run's value as JSON; nil where a run has none.
  public let recipes: [(key: String, values: [String?])]
  /// Every metric with each run's last value.
  public let metrics: [(name: String, values: [Double?])]
  /// The metrics that all runs have, over their steps.
  public let curves: [LineChart]

  public init(_ ids: [String], in store: ExperimentStore) throws {
    let runs = try ids.map { try store.run(named: $0) }
    let own = runs.map { URL(fileURLWithPath: $0.name).lastPathComponent }
    let names = zip(runs, own).map { run, name in own.count { $0 == name } > 1 ? run.id : name }
    let settings = try runs.map { run in
      StoredRunComparison.leaves(try JSONValue(parsing: run.recipe, source: "recipe of \(run.id)"))
    }
    recipes = Set(settings.flatMap(\.keys)).sorted().compactMap { key in
      let values = settings.map { $0[key] }
      return values.contains { $0 != values[0] } ? (key, values) : nil
    }
    let last = try runs.map { try store.lastMetrics(of: $0.id) }
    metrics = Set(last.flatMap(\.keys)).sorted().map { name in (name, last.map { $0[name] }) }
    let rows = try runs.map { Dictionary(grouping: try store.metrics(of: $0.id), by: \.name) }
    curves = Set(last.flatMap(\.keys)).sorted().compactMap { name in
      let series = zip(names, rows).compactMap { label, rows in
        rows[name].map { rows in
          LineChart.Series(name: label, points: rows.map { (Double($0.step), $0.value) })
        }
      }
      // A single value is no curve.
      guard series.count == runs.count, series.contains(where: { $0.points.count > 1 }) else { return nil }
      return LineChart(title: name, xLabel: "step", yLabel: name, series: series)
    }
    self.runs = runs
    self.names = names
  }

  /// Leaves of nested objects under dotted keys.
  private static func leaves(_ value: JSONValue, prefix: String = "") -> [String: String] {
    guard let object = value.object else { return [prefix: value.text()] }
    return object.entries.reduce(into: [:]) { result, entry in
      let key = prefix.isEmpty ? entry.key : prefix + "." + entry.key
      result.merge(leaves(entry.value, prefix: key)) { first, _ in first }
    }
  }

  public var json: JSONValue {
    [
      "runs": .array(runs.map { .string($0.id) }),
      "recipe": .object(
        JSONObject(recipes.map { ($0.key, .array($0.values.map { $0.map { .string($0) } ?? .null })) })),
      "metrics": .object(
        JSONObject(metrics.map { ($0.name, .array($0.values.map { $0.map { .double($0) } ?? .null })) })),
    ]
  }

  /// One line a difference and a metric.
  public var text: String {
    func line(_ name: String, _ values: [String?]) -> String {
      "\(name): " + values.map { $0 ?? "-" }.joined(separator: "  |  ")
    }
    return
      ([String(repeating: " ", count: 25) + runs.map(\.id).joined(separator: "  |  ")]
      + recipes.map { line("recipe \($0.key)", $0.values) }
      + metrics.map { line($0.name, $0.values.map { $0.map { String($0) } }) })
      .joined(separator: "\n")
  }

  public var svg: String { ChartGrid(title: "Runs compared", charts: curves).svg }

  /// One file, no scripts, nothing fetched.
  public var html: String {
    func table(_ first: String, _ rows: [[String]]) -> String {
      HTMLPage.wide(ReportTable(header: [first] + names, rows: rows))
    }
    let title = "Runs: \(names.joined(separator: ", "))"
    var body = "<h1>\(SVGCanvas.escaped(title))</h1>\n<h2>Runs</h2>\n"
    body += table(
      "",
      [
        ["id"] + runs.map(\.id), ["ended as"] + runs.map(\.status.rawValue),
        ["written to"] + runs.map(\.name),
      ])
    body += "<h2>What differs in the recipes</h2>\n"
    body +=
      recipes.isEmpty
      ? "<p>Nothing.</p>\n" : table("key", recipes.map { [$0.key] + $0.values.map { $0 ?? "–" } })
    body += "<h2>Last metrics</h2>\n"
    body += table(
      "metric", metrics.map { [$0.name] + $0.values.map { $0.map(PlotAxis.tickLabel) ?? "–" } })
    body += "<h2>Curves</h2>\n"
    for chart in curves { body += HTMLPage.figure(chart.title, svg: chart.svg) }
    return HTMLPage(title: title, body: body).text
  }
}
