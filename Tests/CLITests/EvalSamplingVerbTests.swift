import Files
import Foundation
import Testing

@Suite("swiftlet eval with several answers", .serialized)
struct EvalSamplingVerbTests {
  private func arguments(_ store: String, problems: Int = 6, more: [String] = []) -> [String] {
    [
      "eval", "Models/student-750k", "--suite", "law", "--problems", "\(problems)", "--samples", "4",
      "--temperature", "0.8", "--top-p", "0.95", "--pass-at", "1,2,4", "--max-new-tokens", "60", "--store",
      store, "--json",
    ] + more
  }

  /// The document without its times.
  private func timeless(_ result: SwiftletProgram.Result) throws -> JSONValue {
    var document = try #require(try result.json().object)
    document["seconds"] = nil
    return .object(document)
  }

  @Test("reports pass@k, the majority and calibration, and reuses what the store has") func reuse() throws {
    let folder = try TemporaryFolder()
    let store = folder.url.path + "/s.sqlite"
    let first = try SwiftletProgram.run(arguments(store, more: ["--seeds", "1,2"]))
    #expect(first.status == 0, "\(first.errors)")
    #expect(!first.errors.contains("from the store"))
    let document = try first.json()
    #expect(document["problems"]?.int == 6 && document["answers"]?.int == 48)
    #expect(document["pass_at_k"]?.object?.keys == ["1", "2", "4"])
    let accuracy = try #require(document["accuracy"]?.double)
    let pass = try #require(document["pass_at_k"]?["1"]?.double)
    #expect(abs(accuracy - pass) < 1e-12)
    #expect(document["majority_accuracy"]?.double != nil)
    #expect(document["calibration"]?["confidence"]?.string == "vote_share")
    #expect(document["by_seed"]?.array?.compactMap { $0["seed"]?.int } == [1, 2])
    let mean = try #require(document["accuracy_over_seeds"]?["mean"]?.double)
    #expect(abs(mean - accuracy) < 1e-12)
    // The same again, then fewer seeds of the same answers, then all anew.
    let second = try SwiftletProgram.run(arguments(store, more: ["--seeds", "1,2"]))
    #expect(second.errors.contains("48 of 48 answers are from the store"))
    #expect(try timeless(second) == timeless(first))
    let one = try SwiftletProgram.run(arguments(store, more: ["--seed", "2"]))
    #expect(one.errors.contains("24 of 24 answers are from the store"))
    #expect(try one.json()["accuracy"] == document["by_seed"]?.array?.last?["accuracy"])
    let fresh = try SwiftletProgram.run(arguments(store, more: ["--seeds", "1,2", "--fresh"]))
    #expect(!fresh.errors.contains("from the store"))
    #expect(try timeless(fresh) == timeless(first))
  }

  @Test("compares two models by their accuracies on each problem") func against() throws {
    let folder = try TemporaryFolder()
    let result = try SwiftletProgram.run(
      [
        "eval", "Models/teacher-6m", "--suite", "law", "--problems", "8", "--samples", "2", "--temperature",
        "1.4", "--max-new-tokens", "120", "--against", "Models/student-750k", "--store",
        folder.url.path + "/s.sqlite", "--samples-out", folder.url.path + "/a.jsonl", "--json",
      ])
    let document = try result.json()
    let other = try #require(document["against"])
    let accuracy = try #require(document["accuracy"]?.double, "\(result.errors)")
    let difference = try #require(other["difference"]?.double)
    #expect(abs(accuracy - (other["accuracy"]?.double ?? .nan) - difference) < 1e-12)
    #expect(other["answers"]?.int == 16 && other["majority_accuracy"]?.double != nil)
    let lines = try String(contentsOfFile: folder.url.path + "/a.jsonl", encoding: .utf8).split(
      separator: "\n")
    let samples = try lines.map { try JSONValue(parsing: String($0), source: "a.jsonl")["sample"]?.int }
    #expect(samples == (0..<16).map { $0 % 2 })
  }

  @Test("greedy answers are calibrated by their tokens, and kept too") func greedy() throws {
    let folder = try TemporaryFolder()
    let arguments = [
      "eval", "Models/student-750k", "--suite", "law", "--problems", "8", "--max-new-tokens", "120",
      "--store",
      folder.url.path + "/s.sqlite", "--json",
    ]
    let first = try SwiftletProgram.run(arguments)
    let document = try first.json()
    #expect(document["calibration"]?["confidence"]?.string == "token_probability")
    #expect(document["language_consistency"]?["share"]?.double != nil)
    #expect(document["pass_at_k"] == nil && document["sampling"] == nil && document["answers"] == nil)
    let second = try SwiftletProgram.run(arguments)
    #expect(second.errors.contains("8 of 8 answers are from the store"))
    #expect(try timeless(second) == timeless(first))
    // The other precision rounds otherwise, and asks itself.
    let other = try SwiftletProgram.run(arguments + ["--precision", "bf16"])
    #expect(other.status == 0 && !other.errors.contains("from the store"))
  }

  @Test(
    "goes on after Ctrl-C and kill -9, and reports as if it had not been stopped",
    arguments: [SIGINT, SIGKILL])
  func resume(signal: Int32) throws {
    let folder = try TemporaryFolder()
    let store = folder.url.path + "/s.sqlite", other = folder.url.path + "/other.sqlite"
    let arguments = arguments(store, problems: 150)
    // Opening the store writes a few pages to its log, every answer some more.
    let stopped = try SwiftletProgram.run(arguments) { process in
      var facts = stat()
      while process.isRunning, stat(store + "-wal", &facts) != 0 || facts.st_size < 400_000 { usleep(1000) }
      kill(process.processIdentifier, signal)
    }
    #expect(stopped.output.isEmpty)
    if signal == SIGINT {
      #expect(stopped.status == 130)
      #expect(stopped.errors.contains("swiftlet: interrupted: expected 600 answers, found "))
      #expect(stopped.errors.contains("they are kept"))
    } else {
      #expect(stopped.status == SIGKILL)
    }
    let resumed = try SwiftletProgram.run(arguments)
    let whole = try SwiftletProgram.run(self.arguments(other, problems: 150))
    #expect(resumed.status == 0 && whole.status == 0)
    #expect(try timeless(resumed) == timeless(whole))
    let count = try #require(
      resumed.errors.split(separator: "\n").last.flatMap { line in
        line.split(separator: " ").compactMap { Int($0) }.first
      }, "\(resumed.errors)")
    #expect(count > 0 && count < 600, "\(resumed.errors)")
    if signal == SIGINT { #expect(stopped.errors.contains("found \(count);"), "\(stopped.errors)") }
  }

  @Test(
    "refuses options that do not belong together with 64 and one line",
    arguments: [
      (["--samples", "4"], "--samples 4 needs --temperature above 0"),
      (["--samples", "0"], "--samples must be from 1"),
      (["--samples", "4", "--temperature", "0.7", "--pass-at", "1,8"], "--pass-at 8 needs"),
      (["--temperature", "0.7", "--pass-at", "0"], "--pass-at must be"),
      (["--temperature", "0.7", "--pass-at", "1,,2"], "--pass-at must be"),
      (["--pass-at", "1"], "--pass-at needs --temperature"),
      (["--temperature=-1"], "--temperature must be"),
      (["--temperature", "nan"], "--temperature must be"),
      (["--temperature", "1e300"], "--temperature must be"),
      (["--top-p", "0.9"], "--top-p needs --temperature"),
      (["--temperature", "0.7", "--top-p", "0"], "--top-p must be"),
      (["--seed", "1"], "--seed needs --temperature"), (["--seeds", "1,2"], "--seeds needs --temperature"),
      (["--temperature", "0.7", "--seeds", "1,1"], "--seeds must be different"),
      (["--temperature", "0.7", "--seeds", "1,x"], "--seeds must be different"),
      (["--temperature", "0.7", "--seeds", "1,2", "--seed", "1"], "give one of --seed and --seeds"),
    ])
  func badOptions(_ options: [String], message: String) throws {
    let result = try SwiftletProgram.run(["eval", "Models/tiny", "--suite", "law"] + options)
    #expect(result.status == 64 && result.output.isEmpty)
    let line = try #require(result.errors.split(separator: "\n").first)
    #expect(line.hasPrefix("Error: \(message)"), "\(result.errors)")
  }

  @Test("a store that cannot be used ends with one line before anything is asked") func badStore() throws {
    let folder = try TemporaryFolder()
    let store = try folder.file("s.sqlite", String(repeating: "this is no database ", count: 100))
    let result = try SwiftletProgram.run(arguments(store))
    #expect(result.status == 73 && result.output.isEmpty)
    #expect(result.errors.contains("name another store with --store"))
  }
}
