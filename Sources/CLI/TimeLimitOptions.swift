import ArgumentParser
import Files
import enum Kernels.ExitCode
import protocol Kernels.Diagnostic
import Training

/// `--max-seconds` of commands that keep what is finished and go on when they are started again.
struct TimeLimitOptions: ParsableArguments {
  @Option(help: "End after this many seconds; what is finished is kept, and the same command goes on.")
  var maxSeconds: Double?

  func validate() throws {
    if let maxSeconds, !(maxSeconds > 0 && maxSeconds < 1e9) {
      throw ValidationError("--max-seconds must be above 0")
    }
  }

  /// From here on the time counts.
  func begin() {
    if let maxSeconds { Interruption.request(after: maxSeconds) }
  }

  /// Runs `work`, which polls `Interruption.isRequested` and throws an error with the exit code of an interruption.
  ///
  /// - Parameter ended: what to print, and how to end, where the time is over.
  func limiting(_ work: () throws -> Void, ended: (_ document: JSONValue) throws -> Void) throws {
    begin()
    do {
      try work()
    } catch let error as any Diagnostic where error.exitCode == .interrupted && Interruption.isOutOfTime {
      Terminal.error("out of time: \(error.found) of \(error.expected); \(error.nextStep)")
      try ended(["ending": "out_of_time"])
    }
  }
}
