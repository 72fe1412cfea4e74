import Foundation
import Training

/// What happened, as the XML that CI servers read: a suite a run, a case a gate.
public struct JUnitReport: Sendable {
  public enum Result: Sendable, Equatable {
    case passed
    /// The run ended, and not as it was required to.
    case failed(String)
    /// The run itself did not end.
    case error(String)
    case skipped(String)
  }

  public struct Case: Sendable {
    public var name: String
    public var result: Result
  }

  public struct Suite: Sendable {
    public var name: String
    public var seconds: Double
    public var cases: [Case]
  }

  /// Of the whole: the command's verb.
  public var name: String
  public private(set) var suites: [Suite] = []
  /// The run to which an error belongs that ends the command.
  public var unfinished: String

  public init(_ name: String) {
    self.name = name
    unfinished = name
  }

  /// The run's end and each of its gates.
  public mutating func add(_ run: String, _ outcome: RunOutcome) {
    let end = Case(
      name: "run",
      result: outcome.ending == .interrupted ? .error("interrupted after \(outcome.steps) steps") : .passed)
    suites.append(
      Suite(name: run, seconds: outcome.elapsedSeconds, cases: [end] + JUnitReport.cases(outcome.verdicts)))
  }

  public mutating func addPassed(_ run: String, seconds: Double, _ verdicts: [Gate.Verdict] = []) {
    suites.append(
      Suite(
        name: run, seconds: seconds, cases: [Case(name: "run", result: .passed)] + JUnitReport.cases(verdicts)
      ))
  }

  /// A run that was not finished: it has passed no gate.
  public mutating func addUnfinished(_ run: String, _ gates: [Gate]) {
    let end = Case(name: "run", result: .skipped("not finished"))
    suites.append(
      Suite(name: run, seconds: 0, cases: [end] + JUnitReport.cases(Gate.verdicts(gates, on: [:]))))
  }

  public mutating func addInterrupted(_ run: String) { add(run, .error("interrupted")) }

  public mutating func add(_ run: String, _ result: Result) {
    suites.append(Suite(name: run, seconds: 0, cases: [Case(name: "run", result: result)]))
  }

  /// An error that ended the command in its unfinished run.
  public mutating func add(_ error: any Error) { add(unfinished, .error("\(error)")) }

  private static func cases(_ verdicts: [Gate.Verdict]) -> [Case] {
    verdicts.map { verdict in
      let found = verdict.value.map { "\($0)" } ?? "no such metric"
      let message = "required \(verdict.gate.condition), found \(found)"
      return Case(
        name: "\(verdict.gate.metric) \(verdict.gate.condition)",
        result: verdict.passed ? .passed : .failed(message))
    }
  }

  public var xml: String {
    let cases = suites.flatMap(\.cases)
    let seconds = suites.reduce(0) { $0 + $1.seconds }
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites name=\"\(JUnitReport.attribute(name))\"\(JUnitReport.counts(cases, seconds))>\n"
    for suite in suites {
      let name = JUnitReport.attribute(suite.name)
      text += "  <testsuite name=\"\(name)\"\(JUnitReport.counts(suite.cases, suite.seconds))>\n"
      for test in suite.cases {
        text += "    <testcase classname=\"\(name)\" name=\"\(JUnitReport.attribute(test.name))\""
        switch test.result {
        case .passed: text += "/>\n"
        case .failed(let message): text += JUnitReport.inside("failure", message)
        case .error(let message): text += JUnitReport.inside("error", message)
        case .skipped(let message): text += JUnitReport.inside("skipped", message)
        }
      }
      text += "  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  private static func inside(_ element: String, _ message: String) -> String {
    "><\(element) message=\"\(attribute(message))\"/></testcase>\n"
  }

  private static func counts(_ cases: [Case], _ seconds: Double) -> String {
    var failures = 0, errors = 0, skipped = 0
    for test in cases {
      switch test.result {
      case .passed: break
      case .failed: failures += 1
      case .error: errors += 1
      case .skipped: skipped += 1
      }
    }
    return " tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"\(errors)\" skipped=\"\(skipped)\" "
      + "time=\"\(String(format: "%.3f", seconds))\""
  }

  /// Text inside an attribute's quotes. A character that XML 1.0 cannot hold becomes U+FFFD.
  private static func attribute(_ text: String) -> String {
    var allowed = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: allowed.append(scalar)
      default: allowed.append("\u{FFFD}")
      }
    }
    return SVGCanvas.escaped(String(allowed)).unicodeScalars.map { scalar in
      // As they are, these would be read as blanks.
      ["\n", "\r", "\t"].contains(scalar) ? "&#\(scalar.value);" : String(Character(scalar))
    }.joined()
  }
}
