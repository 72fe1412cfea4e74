import ArgumentParser
import Foundation
import Kernels

/// The program: one verb a job.
struct Swiftlet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "swiftlet",
    abstract: "Distils large reasoning models into small domain models, on plain processors.",
    subcommands: [TrainCommand.self, TokenizerCommand.self])
}

/// Turns errors into one line and an exit code.
@main
enum Program {
  static func main() {
    do {
      var command = try Swiftlet.parseAsRoot()
      try command.run()
    } catch let diagnostic as any Diagnostic {
      Terminal.error(diagnostic.description)
      exit(diagnostic.exitCode.rawValue)
    } catch {
      // Help, usage errors and requested exit codes.
      Swiftlet.exit(withError: error)
    }
  }
}

/// Where people read: standard error. Standard output belongs to results.
enum Terminal {
  static let isInteractive = isatty(STDERR_FILENO) == 1

  static func error(_ text: String) { write("swiftlet: \(text)\n") }

  static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

  static func printResult(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }
}
