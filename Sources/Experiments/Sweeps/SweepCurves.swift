import Files
import Foundation

extension SweepReport {
  /// The training loss of each combination with its first seed, from what the runs logged; of those that have begun.
  var curves: LineChart {
    let series = rows.compactMap { row in
      row.runs.first.map { run in
        LineChart.Series(name: row.combination.name, points: SweepReport.losses(of: run, in: directory))
      }
    }
    return LineChart(title: "Training loss, one seed each", xLabel: "step", yLabel: "loss", series: series)
  }

  private static func losses(of run: SweepRow.Run, in directory: String) -> [(x: Double, y: Double)] {
    // A distillation has no such file: its own report holds the curve.
    let log = FileManager.default.contents(atPath: "\(directory)/\(run.name)/metrics.jsonl") ?? Data()
    return String(decoding: log, as: UTF8.self).split(separator: "\n").compactMap { line in
      guard let values = try? JSONValue(parsing: String(line), source: "metrics.jsonl"),
        let step = values["step"]?.double, let loss = values["loss"]?.double
      else { return nil }
      return (step, loss)
    }
  }
}
