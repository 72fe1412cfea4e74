import Files
import Foundation
import Testing

@Suite struct ShellCommandTests {
  /// The oracle is the shell itself: it must read back the very words.
  @Test func theShellReadsTheWordsBack() throws {
    let words = [
      "train", "a b.yaml", #"gates={"eval/loss": ">= 0.9"}"#, "it's", "", "$HOME", "`id`", "two\nlines", "*",
      "~",
      #"back\slash"#, "이익", "a=b,c", "-x", "#5", "!", "a;b&c|d>e",
    ]
    let process = Process(), pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "printf '%s\\0' " + ShellCommand.text(words)]
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let read = data.split(separator: 0, omittingEmptySubsequences: false).dropLast()
    #expect(read.map { String(decoding: $0, as: UTF8.self) } == words)
  }

  /// Plain words stay as people write them.
  @Test func plainWordsAreNotQuoted() {
    let words = ["swiftlet", "train", "Models/tiny/recipes/ci.yaml", "--set", "training.learning_rate=3e-4"]
    #expect(ShellCommand.text(words) == words.joined(separator: " "))
    #expect(ShellCommand.text(["a b"]) == "'a b'")
  }

  @Test func optionsOfOneSittingAreLeftOut() {
    func left(_ words: String...) -> [String] {
      ShellCommand.leavingOut(
        flags: ["--resume", "--json"], options: ["--store", "--max-seconds"], of: words)
    }
    #expect(
      left("train", "a.yaml", "--resume", "--set", "x=1", "--store", "s.sqlite", "--max-seconds=5", "--json")
        == ["train", "a.yaml", "--set", "x=1"])
    #expect(left("train", "--resumed", "--store") == ["train", "--resumed"])
    // After `--` all words are names.
    #expect(left("train", "--", "--resume", "--store") == ["train", "--", "--resume", "--store"])
  }
}
