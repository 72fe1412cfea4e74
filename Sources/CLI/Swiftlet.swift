import ArgumentParser
import Files
import Foundation
import Kernels

/// The program: one verb a job.
struct Swiftlet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "swiftlet",
    abstract: "Distils large reasoning models into small domain models, on plain processors.",
    version: MachineFacts.programVersion,
    subcommands: [
      DistillCommand.self,
      TrainCommand.self,
      SweepCommand.self,
      StudyCommand.self,
      TeachCommand.self,
      EvalCommand.self,
      GenerateCommand.self,
      ChatCommand.self,
      LogitsCommand.self,
      SignalsCommand.self,
      PlanCommand.self,
      ImportCommand.self,
      ExportCommand.self,
      ModelsCommand.self,
      LedgerCommand.self,
      CardCommand.self,
      DataCommand.self,
      TokenizerCommand.self,
      RunsCommand.self,
      EnvCommand.self,
      BenchCommand.self,
    ])
}

/// Turns errors into one line and an exit code.
@main
enum Program {
  static func main() {
    do {
      try Processor.requestedVariant()
      var command = try Swiftlet.parseAsRoot()
      try command.run()
    } catch let diagnostic as any Diagnostic {
      Terminal.error(diagnostic.description)
      exit(diagnostic.exitCode.rawValue)
    } catch {
      // Help, usage errors and requested exit codes; what is none of them is a fault of this program.
      guard Swiftlet.exitCode(for: error) == .failure else { Swiftlet.exit(withError: error) }
      let fault = CommandError.internalFault("\(error)")
      Terminal.error(fault.description)
      exit(fault.exitCode.rawValue)
    }
  }
}

/// Where people read: standard error. Standard output belongs to results.
enum Terminal {
  static let isInteractive = isatty(STDERR_FILENO) == 1

  static func error(_ text: String) { write("swiftlet: \(text)\n") }

  static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

  /// Text that a later call continues.
  static func printPart(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }

  static func printResult(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }
}
