import ArgumentParser
import Experiments
import Files
import Foundation

/// `swiftlet runs compare`: runs side by side.
struct RunsCompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Runs side by side: what differs in their recipes, their last metrics and their curves.",
    discussion: """
      Example: swiftlet runs compare t2k8 t2ka t2kb --output curves.svg --html comparison.html

      The picture holds a chart for each metric that all runs have. The page needs no other file and no network.
      """)

  @OptionGroup var options: StoreOptions
  @OptionGroup var result: ResultOptions
  @Argument(help: "The ids, or their beginnings; two or more.") var runs: [String]
  @Option(help: "An SVG file to write the curves to.") var output: String?
  @Option(help: "A page to write: recipe differences, last metrics, curves.") var html: String?

  func validate() throws {
    if runs.count < 2 { throw ValidationError("give two runs or more to compare") }
  }

  func run() throws {
    let comparison = try StoredRunComparison(runs, in: options.openExisting())
    if let output { try AtomicFile.write(comparison.svg, to: URL(fileURLWithPath: output)) }
    if let html { try AtomicFile.write(comparison.html, to: URL(fileURLWithPath: html)) }
    Terminal.printResult(result.json ? comparison.json.text() : comparison.text)
  }
}
