import Files
import Foundation
import Testing

@Suite("swiftlet eval keeps scores", .serialized)
struct EvalResumeVerbTests {
  /// What is scored: the choices of questions, or windows of texts.
  enum Scored: String, CaseIterable { case questions, windows }

  private static let count = 400

  /// The arguments for `count` questions or windows.
  private func arguments(_ scored: Scored, _ folder: TemporaryFolder, store: String) throws -> [String] {
    let start = ["eval", "Models/student-750k", "--store", folder.url.path + "/" + store, "--json"]
    switch scored {
    case .questions:
      let lines = (0..<Self.count).map { index in
        #"{"prompt":"Which of the valves leaks, \#(index) or \#(7 * index)? A. the first B. the second","#
          + #""answer":"\#(["A", "B"][index % 2])","answer_type":"choice","choices":["the first","the second"]}"#
      }
      return start + [
        "--data", try folder.file("data.jsonl", lines.joined(separator: "\n")), "--method", "likelihood",
        "--score", "texts", "--samples-out", folder.url.path + "/" + store + ".jsonl",
      ]
    case .windows:
      // One window to each text.
      let lines = (0..<Self.count).map { #"{"text":"Pump \#($0) runs for \#(11 * $0) s and stops."}"# }
      return start + ["--text", try folder.file("text.jsonl", lines.joined(separator: "\n"))]
    }
  }

  /// The document without its times.
  private func timeless(_ result: SwiftletProgram.Result) throws -> String {
    var document = try #require(try result.json().object, "\(result.errors)")
    document["seconds"] = nil
    return JSONValue.object(document).text()
  }

  private func found(_ result: SwiftletProgram.Result) throws -> Int {
    let words = try #require(result.errors.split(separator: "\n").last).split(separator: " ")
    #expect(words.suffix(4) == ["are", "from", "the", "store"], "\(result.errors)")
    return try #require(words.compactMap { Int($0) }.first)
  }

  @Test("ends with its time: what it did not measure has not passed") func timeLimit() throws {
    let folder = try TemporaryFolder()
    let arguments = try arguments(.questions, folder, store: "s.sqlite") + ["--max-seconds", "0.001"]
    let late = try SwiftletProgram.run(arguments)
    #expect(late.status == 0, "\(late.errors)")
    #expect(late.errors.contains("out of time: ") && late.errors.contains(" of 400 questions; "))
    #expect(try late.json()["ending"]?.string == "out_of_time")
    let junit = folder.url.path + "/junit.xml"
    let gated = try SwiftletProgram.run(arguments + ["--gate", "acc >= 0", "--junit", junit])
    #expect(gated.status == 3, "\(gated.errors)")
    #expect(try gated.json()["gates"]?.array?.first?["passed"]?.bool == false)
    #expect(try String(contentsOfFile: junit, encoding: .utf8).contains("not finished"))
  }

  @Test(
    "goes on after Ctrl-C and kill -9, and reports as if it had not been stopped",
    arguments: Scored.allCases, [SIGINT, SIGKILL])
  func resume(_ scored: Scored, signal: Int32) throws {
    let folder = try TemporaryFolder()
    let arguments = try arguments(scored, folder, store: "s.sqlite")
    // Opening the store writes a few pages to its log, every question and window some more.
    let stopped = try SwiftletProgram.run(arguments) { process in
      var facts = stat()
      let log = folder.url.path + "/s.sqlite-wal"
      while process.isRunning, stat(log, &facts) != 0 || facts.st_size < 400_000 { usleep(500) }
      kill(process.processIdentifier, signal)
    }
    #expect(stopped.output.isEmpty)
    if signal == SIGINT {
      #expect(stopped.status == 130, "\(stopped.errors)")
      #expect(
        stopped.errors.contains("swiftlet: interrupted: expected \(Self.count) \(scored.rawValue), found "))
      #expect(stopped.errors.contains("they are kept"))
    } else {
      #expect(stopped.status == SIGKILL)
    }
    let resumed = try SwiftletProgram.run(arguments)
    let whole = try SwiftletProgram.run(try self.arguments(scored, folder, store: "other.sqlite"))
    #expect(resumed.status == 0 && whole.status == 0 && !whole.errors.contains("from the store"))
    #expect(try timeless(resumed) == timeless(whole))
    let count = try found(resumed)
    #expect(count > 0 && count < Self.count, "\(resumed.errors)")
    #expect(resumed.errors.contains("of \(Self.count) \(scored.rawValue) are from the store"))
    if signal == SIGINT { #expect(stopped.errors.contains("found \(count);"), "\(stopped.errors)") }
    if scored == .questions {
      let samples = try ["s.sqlite", "other.sqlite"].map {
        try String(contentsOfFile: folder.url.path + "/\($0).jsonl", encoding: .utf8)
      }
      #expect(samples[0] == samples[1])
    }
  }

  @Test("counts the choices behind an empty question as requests, not as questions")
  func mutualInformation() throws {
    let folder = try TemporaryFolder()
    let arguments =
      try arguments(.questions, folder, store: "s.sqlite") + ["--mutual-information", "--problems", "3"]
    let first = try SwiftletProgram.run(arguments)
    #expect(first.status == 0 && !first.errors.contains("from the store"), "\(first.errors)")
    let second = try SwiftletProgram.run(arguments)
    // All three questions list the same choices.
    #expect(second.errors.contains("4 of 4 requests are from the store"), "\(second.errors)")
    #expect(try timeless(second) == timeless(first))
  }

  @Test("takes all from the store the second time, and none with --fresh", arguments: Scored.allCases)
  func reuse(_ scored: Scored) throws {
    let folder = try TemporaryFolder()
    let arguments = try arguments(scored, folder, store: "s.sqlite")
    let first = try SwiftletProgram.run(arguments)
    #expect(first.status == 0 && !first.errors.contains("from the store"), "\(first.errors)")
    let second = try SwiftletProgram.run(arguments)
    #expect(try found(second) == Self.count && timeless(second) == timeless(first))
    // The other precision rounds otherwise, and asks itself.
    let other = try SwiftletProgram.run(
      arguments + ["--precision", first.json()["precision"]?.string == "bf16" ? "fp32" : "bf16"])
    #expect(other.status == 0 && !other.errors.contains("from the store"))
    let fresh = try SwiftletProgram.run(arguments + ["--fresh"])
    #expect(!fresh.errors.contains("from the store"))
    #expect(try timeless(fresh) == timeless(first))
  }
}
