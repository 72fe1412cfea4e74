import ArgumentParser
import Files

/// `swiftlet env`: the program and the machine, for a bug report.
struct EnvCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "env", abstract: "Print what a bug report needs: the program's version and the machine.",
    discussion: "Example: swiftlet env --json")

  @OptionGroup var result: ResultOptions

  func run() {
    let facts = MachineFacts.current
    guard !result.json else { return Terminal.printResult(facts.json.text(isPretty: true)) }
    let width = facts.entries.map(\.key.count).max() ?? 0
    let lines = facts.entries.map {
      $0.key.padding(toLength: width + 2, withPad: " ", startingAt: 0) + $0.value
    }
    Terminal.printResult(lines.joined(separator: "\n"))
  }
}
