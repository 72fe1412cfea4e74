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

  /// Prints what was found out, with the gates, enters it into the JUnit report and ends the command.
  ///
  /// - Parameters:
  ///   - exitCode: how the command ended by itself, which says more than a missed gate
  ///   - seconds: of what `report.unfinished` names
  /// - Throws: the exit code where it is not 0.
  func finish(
    _ document: JSONValue, text: String, asJSON: Bool, exitCode: ExitCode = .done, seconds: Double,
    _ report: inout JUnitReport
  ) throws {
    let verdicts = Gate.verdicts(gates, on: document.numbers)
    if exitCode == .interrupted {
      report.addInterrupted(report.unfinished)
    } else {
      report.addPassed(report.unfinished, seconds: seconds, verdicts)
    }
    var fields = document.object ?? JSONObject()
    if !verdicts.isEmpty { fields["gates"] = .array(verdicts.map(\.json)) }
    Terminal.printResult(
      asJSON
        ? JSONValue.object(fields).text() : ([text] + verdicts.map(\.line)).joined(separator: "\n"))
    let isMissed = exitCode == .done && !verdicts.allSatisfy(\.passed)
    let code = isMissed ? ExitCode.gateMissed : exitCode
    if code != .done { throw ArgumentParser.ExitCode(code.rawValue) }
  }
}
