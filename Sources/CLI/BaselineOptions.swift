import ArgumentParser
import Benchmarks
import Files
import Kernels

/// A gate against getting slower.
struct BaselineOptions: ParsableArguments {
  @Option(help: "An earlier --json output; exit with 3 when something became slower than --tolerance allows.")
  var baseline: String?

  @Option(help: "How much slower than the baseline is accepted: 0.1 is a tenth.")
  var tolerance = 0.1

  func validate() throws {
    guard (0..<1).contains(tolerance) else { throw ValidationError("--tolerance must be from 0 to below 1") }
  }

  /// Reads the baseline, so that a bad one is told before anything is measured.
  func load() throws { _ = try read() }

  /// Holds a benchmark's JSON to the baseline, if there is one.
  func judge(_ document: JSONValue) throws {
    guard let baseline = try read() else { return }
    if let other = baseline.processor, other != MachineFacts.current.json["processor"]?.string {
      Terminal.write("warning: the baseline was measured on another processor, \(other)\n")
    }
    let comparison = try baseline.compare(document, tolerance: tolerance)
    for regression in comparison.regressions { Terminal.write("slower: \(regression.text)\n") }
    Terminal.write("\(comparison.compared) compared, \(comparison.regressions.count) slower\n")
    if !comparison.regressions.isEmpty { throw ArgumentParser.ExitCode(ExitCode.gateMissed.rawValue) }
  }

  private func read() throws -> Baseline? { try baseline.map { try Baseline(file: $0) } }
}
