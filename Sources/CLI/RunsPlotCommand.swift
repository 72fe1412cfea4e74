import ArgumentParser
import Experiments
import Files
import Foundation

/// `swiftlet runs plot`: a metric of several runs over one another.
struct RunsPlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot", abstract: "The curves of one metric of several runs, as one SVG.",
    discussion: "Example: swiftlet runs plot t2k8 t2ka --metric loss --output loss.svg")

  @OptionGroup var options: StoreOptions
  @Argument(help: "The ids, or their beginnings.") var runs: [String]
  @Option(help: "The metric, as `runs show` names it.") var metric = "loss"
  @Option(help: "The file to write.") var output: String
  @Flag(help: "Logarithmic values.") var logarithmic = false

  func run() throws {
    let store = try options.openExisting()
    let series = try runs.map { id in
      let run = try store.run(named: id)
      let rows = try store.metrics(of: run.id, named: metric)
      guard !rows.isEmpty else {
        let known = Set(try store.metrics(of: run.id).map(\.name)).sorted()
        throw CommandError.noSuchMetric(run: run.id, metric: metric, known: known)
      }
      // A run is called by its output directory, whose last part tells runs apart.
      let name = URL(fileURLWithPath: run.name).lastPathComponent
      return LineChart.Series(name: name, points: rows.map { (Double($0.step), $0.value) })
    }
    let chart = LineChart(
      title: metric, xLabel: "step", yLabel: metric, series: series, isLogarithmic: logarithmic)
    try AtomicFile.write(chart.svg, to: URL(fileURLWithPath: output))
    Terminal.printResult("\(output): \(metric) of \(series.map(\.name).joined(separator: ", "))")
  }
}
