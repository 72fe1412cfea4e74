import ArgumentParser
import Experiments
import Files
import enum Kernels.ExitCode
import Training

extension Gate: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

/// Conditions on what a command found out that has no recipe to state them.
struct GateOptions: ParsableArguments {
  @Option(
    name: .customLong("gate"),
    help: ArgumentHelp(
      """
      A condition on a number of the JSON document: "accuracy >= 0.9", "by_language/ko >= 0.8". May be repeated; a \
      missed one ends with exit code 3.
      """, valueName: "condition"))
  var gates: [Gate] = []

  @OptionGroup var junit: JUnitOptions

  /// Prints what was found out, with the gates, and enters it into the JUnit report.
  ///
  /// - Parameters:
  ///   - exitCode: how the command ended by itself, which says more than a missed gate
  ///   - isWhole: whether all was done; else nothing counts as measured
  ///   - seconds: of what `report.unfinished` names
  /// - Returns: how the command ends.
  func tell(
    _ document: JSONValue, text: String, asJSON: Bool, exitCode: ExitCode = .done, isWhole: Bool = true,
    seconds: Double, _ report: inout JUnitReport
  ) -> ExitCode {
    let verdicts = Gate.verdicts(gates, on: isWhole ? document.numbers : [:])
    switch exitCode {
    case .interrupted: report.addInterrupted(report.unfinished)
    case .done where isWhole: report.addPassed(report.unfinished, seconds: seconds, verdicts)
    case .done: report.addUnfinished(report.unfinished, gates)
    default: report.add(report.unfinished, .error("ended with exit code \(exitCode.rawValue)"))
    }
    var fields = document.object ?? JSONObject()
    if !verdicts.isEmpty { fields["gates"] = .array(verdicts.map(\.json)) }
    Terminal.printResult(
      asJSON
        ? JSONValue.object(fields).text() : ([text] + verdicts.map(\.line)).joined(separator: "\n"))
    return exitCode == .done && !verdicts.allSatisfy(\.passed) ? .gateMissed : exitCode
  }
}

extension ExitCode {
  /// Ends the command with this code, unless all went well.
  func end() throws { if self != .done { throw ArgumentParser.ExitCode(rawValue) } }
}
