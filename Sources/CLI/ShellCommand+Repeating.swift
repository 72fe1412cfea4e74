import Files

extension ShellCommand {
  /// What a person enters to repeat the command that this process runs, from the start.
  ///
  /// Left out is what belongs to one sitting: whether it went on or wrote anew, how long it might take, and where and
  /// how it told what came out.
  static var repeating: String {
    text(
      ["swiftlet"]
        + leavingOut(
          flags: ["--resume", "--overwrite", "--json"], options: ["--max-seconds", "--store", "--junit"],
          of: CommandLine.arguments.dropFirst()))
  }
}
