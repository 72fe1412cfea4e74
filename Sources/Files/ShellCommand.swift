/// A command as a person enters it in a shell.
public enum ShellCommand {
  /// `words` joined by spaces, each quoted where a POSIX shell would read something else.
  public static func text(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }

  private static func quoted(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".", "/", ":", "=", ",", "@", "%", "+": true
      default: false
      }
    }
    return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
  }

  /// `arguments` without some options: what is left says what a command does, not how one sitting of it went.
  ///
  /// - Parameters:
  ///   - flags: names that stand alone, such as `--resume`.
  ///   - options: names with a value, in the same word after `=` or in the next.
  public static func leavingOut(
    flags: Set<String>, options: Set<String>, of arguments: some Sequence<String>
  ) -> [String] {
    var words = Array(arguments)[...]
    var kept: [String] = []
    while let word = words.popFirst() {
      // After it all words are names.
      if word == "--" { return kept + [word] + words }
      if flags.contains(word) { continue }
      if options.contains(word) {
        _ = words.popFirst()
        continue
      }
      if let end = word.firstIndex(of: "="), options.contains(String(word[..<end])) { continue }
      kept.append(word)
    }
    return kept
  }
}
