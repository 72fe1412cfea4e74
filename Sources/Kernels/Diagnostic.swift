/// The exit codes of the command line; the higher ones follow `sysexits.h`.
public enum ExitCode: Int32, Sendable {
  case done = 0
  case gateMissed = 3
  case usage = 64
  case badData = 65
  case noInput = 66
  case serviceUnavailable = 69
  case internalFault = 70
  case cannotWrite = 73
  case interrupted = 130
}

/// An error that can reach a person: where it happened, what was expected, what was found, what to do next.
///
/// It prints as one line, `place: found X, expected Y; next step`.
public protocol Diagnostic: Error, CustomStringConvertible, Sendable {
  /// A file, a line, a recipe key, a tensor's name.
  var place: String { get }
  var expected: String { get }
  var found: String { get }
  var nextStep: String { get }
  var exitCode: ExitCode { get }
}

extension Diagnostic {
  public var description: String { "\(place): expected \(expected), found \(found); \(nextStep)" }
}
