import ArgumentParser
import Experiments
import Files
import Foundation

/// Where a command that trains tells a CI server what happened.
struct JUnitOptions: ParsableArguments {
  @Option(help: "Write the runs and their gates as JUnit XML, a case a gate.")
  var junit: String?

  /// Runs `body`, then writes what it reported, its error too.
  func reporting(_ verb: String, _ body: (inout JUnitReport) throws -> Void) throws {
    var report = JUnitReport(verb)
    guard let junit else { return try body(&report) }
    let file = URL(fileURLWithPath: junit)
    // Asked before hours of training.
    guard FileManager.default.fileExists(atPath: file.deletingLastPathComponent().path) else {
      throw CommandError.noPlace(path: junit)
    }
    do {
      try body(&report)
    } catch {
      // A missed gate and an interruption are in the report.
      if !(error is ArgumentParser.ExitCode) { report.add(error) }
      try AtomicFile.write(report.xml, to: file)
      throw error
    }
    try AtomicFile.write(report.xml, to: file)
  }
}
