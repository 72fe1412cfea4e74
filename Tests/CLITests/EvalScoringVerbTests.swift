import Files
import Foundation
import Testing

@Suite("eval by log-probabilities")
struct EvalScoringVerbTests {
  private static let student = "Models/student-750k"

  /// Two questions in three languages each, one of yes and no, one without choices.
  private static func records(without missing: String = "") -> String {
    var lines: [String] = []
    for (id, answer) in [("t1", "A"), ("t2", "B")] {
      for (language, question) in [("en", "Which valve?"), ("de", "Welches Ventil?"), ("ko", "어느 밸브?")]
      where "\(id)-\(language)" != missing {
        lines.append(
          """
          {"id":"\(id)-\(language)","lang":"\(language)","prompt":"\(question) A. x B. yy","answer":"\(answer)",\
          "answer_type":"choice","choices":["x","yy"],"parallel_id":"\(id)"}
          """)
      }
    }
    lines.append(#"{"id":"b","lang":"en","prompt":"Yes or No?","answer":"No","answer_type":"boolean"}"#)
    lines.append(#"{"id":"n","lang":"en","prompt":"How many?","answer":"4","answer_type":"number"}"#)
    return lines.joined(separator: "\n")
  }

  @Test("scores choices, by language, beside another model") func likelihood() throws {
    let folder = try TemporaryFolder()
    let data = try folder.file("data.jsonl", Self.records())
    let samples = folder.url.path + "/samples.jsonl"
    let result = try SwiftletProgram.run(
      "eval", Self.student, "--data", data, "--method", "likelihood", "--score", "texts", "--against",
      Self.student, "--mutual-information", "--samples-out", samples, "--json")
    #expect(result.status == 0, "\(result.errors)")
    let json = try result.json()
    #expect(json["problems"]?.int == 7 && json["not_asked"]?.int == 1 && json["unparsed"]?.int == 0)
    #expect(json["method"]?.string == "likelihood")
    for name in ["acc", "acc_norm", "acc_bytes", "acc_mutual_info", "exact_match"] {
      #expect(json[name]?.double != nil && json[name + "_stderr"]?.double != nil, "\(name)")
      #expect(json[name + "_interval"]?["high"]?.double != nil, "\(name)")
    }
    #expect(json["acc"] == json["accuracy"])
    #expect(json["against"]?["acc"] == json["acc"] && json["against"]?["mcnemar_p"]?.double == 1)
    let rows = try #require(json["languages"]?["rows"]?.array)
    #expect(rows.map { $0["language"]?.string } == ["en", "de", "ko"])
    for row in rows {
      let (value, interval) = (row["rescaled_accuracy"]?.double ?? 9, row["rescaled_accuracy_interval"])
      #expect(interval?["low"]?.double ?? 9 <= value && interval?["high"]?.double ?? -9 >= value)
    }
    #expect(rows.map { $0["alike_with_english_interval"]?["high"]?.double != nil } == [false, true, true])
    #expect(json["languages"]?["agreement"]?["mean_of_pairs_interval"]?["low"]?.double != nil)
    #expect(json["languages"]?["agreement"]?["groups"]?.int == 2)
    #expect(json["languages"]?["agreement"]?["matrix"]?.array?.count == 3)
    let lines = try String(contentsOfFile: samples, encoding: .utf8).split(separator: "\n")
    let first = try JSONValue(parsing: String(lines[0]), source: samples)
    #expect(lines.count == 7 && first["loglikelihoods"]?.array?.count == 2)

    let plain = try SwiftletProgram.run(
      "eval", Self.student, "--data", data, "--method", "likelihood", "--problems", "4")
    #expect(plain.status == 0, "\(plain.errors)")
    #expect(plain.output.contains("of 4 problems") && plain.output.contains("acc_norm"))
    #expect(
      plain.output.contains("    RA   95 % interval  RA/en  alike en  95 % interval\n"), "\(plain.output)")
    #expect(plain.output.contains(/mean with English \d+\.\d % \(\d+\.\d to \d+\.\d\)/), "\(plain.output)")
    #expect(plain.output.contains("answered alike, % of 1 parallel questions"), "\(plain.output)")
    #expect(plain.output.contains("mean RA of the languages but English "), "\(plain.output)")
    let others = Self.records().split(separator: "\n").filter { !$0.contains(#""lang":"en""#) }
    let elsewhere = try folder.file("elsewhere.jsonl", others.joined(separator: "\n") + "\n")
    let foreign = try SwiftletProgram.run(
      "eval", Self.student, "--data", elsewhere, "--method", "likelihood", "--skip-bad")
    #expect(foreign.status == 0, "\(foreign.errors)")
    #expect(foreign.output.contains("; no question is in English"), "\(foreign.output)")
    #expect(!plain.output.contains("how the answers were read") && !plain.output.contains("acc_mutual_info"))
  }

  @Test("a missed gate ends with 3, and is a failure for a CI server") func gates() throws {
    let folder = try TemporaryFolder()
    let data = try folder.file("data.jsonl", Self.records())
    let junit = folder.url.path + "/junit.xml"
    let arguments = [
      "eval", Self.student, "--data", data, "--method", "likelihood", "--junit", junit, "--gate",
      "acc >= 0",
    ]
    let passed = try SwiftletProgram.run(arguments)
    #expect(
      passed.status == 0 && passed.output.contains("\ngate passed: acc >= 0.0, found "), "\(passed.errors)")
    let missed = try SwiftletProgram.run(
      arguments + ["--gate", "by_language/ko > 1", "--gate", "by_language/fr > 0", "--json"])
    #expect(missed.status == 3, "\(missed.errors)")
    let gates = try #require(try missed.json()["gates"]?.array)
    #expect(gates.map { $0["passed"]?.bool } == [true, false, false])
    #expect(gates[1]["value"]?.double != nil && gates[2]["value"] == .null)
    let report = try String(contentsOfFile: junit, encoding: .utf8)
    #expect(
      report.contains("<testsuite name=\"\(Self.student)\" tests=\"4\" failures=\"2\" errors=\"0\""),
      "\(report)")
    #expect(report.contains("found no such metric"))
    let mistyped = try SwiftletProgram.run(arguments + ["--gate", "acc"])
    #expect(mistyped.status == 64 && mistyped.errors.contains("acc"), "\(mistyped.errors)")
  }

  @Test("records without answers are no suite: 65 and one line, by answers and by choices")
  func nothingToAsk() throws {
    let folder = try TemporaryFolder()
    let data = try folder.file(
      "data.jsonl", #"{"prompt": "What is 1 plus 1?"}"# + "\n" + #"{"text": "One and one make two."}"#)
    for method in ["generate", "likelihood"] {
      let result = try SwiftletProgram.run(
        "eval", Self.student, "--data", data, "--method", method, "--json")
      #expect(result.status == 65 && result.output.isEmpty, "\(result.errors)")
      #expect(
        result.errors.contains(
          "\(data): expected records with a question and an answer, found none among 2 records"),
        "\(result.errors)")
      #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }
  }

  @Test("generated answers get the table by language too") func generated() throws {
    let folder = try TemporaryFolder()
    let data = try folder.file("data.jsonl", Self.records())
    let result = try SwiftletProgram.run(
      "eval", Self.student, "--data", data, "--max-new-tokens", "2", "--json")
    let json = try result.json()
    #expect(json["method"]?.string == "generate" && json["problems"]?.int == 8 && json["acc"] == nil)
    #expect(json["languages"]?["agreement"]?["languages"]?.array?.count == 3)
  }

  @Test("a parallel group that lacks a language is one line, or left out") func missingLanguage() throws {
    let folder = try TemporaryFolder()
    let data = try folder.file("data.jsonl", Self.records(without: "t2-ko"))
    for method in ["likelihood", "generate"] {
      let arguments =
        [
          "eval", Self.student, "--data", data, "--method", method, "--json",
        ] + (method == "generate" ? ["--max-new-tokens", "1"] : [])
      let refused = try SwiftletProgram.run(arguments)
      #expect(refused.status == 65 && refused.output.isEmpty)
      #expect(refused.errors.split(separator: "\n").count == 1)
      #expect(refused.errors.contains("parallel_id t2: expected records in en, de, ko, found none in ko"))
      let skipped = try SwiftletProgram.run(arguments + ["--skip-bad"])
      #expect(skipped.status == 0)
      #expect(skipped.errors.contains("left out: 2 records of 1 parallel groups"), "\(skipped.errors)")
      #expect(try skipped.json()["skipped"]?.int == 2)
      #expect(try skipped.json()["languages"]?["agreement"]?["groups"]?.int == 1)
    }
  }

  @Test("two collections in other languages stand in one folder") func collections() throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("first.jsonl", Self.records())
    let lines = Self.records().split(separator: "\n").filter { $0.contains("parallel_id") }
    _ = try folder.file(
      "second.jsonl",
      lines.map {
        $0.replacing("\"t", with: "\"s").replacing("\"en\"", with: "\"et\"").replacing("-en\"", with: "-et\"")
      }.joined(separator: "\n"))
    let result = try SwiftletProgram.run(
      "eval", Self.student, "--data", folder.url.path, "--method", "likelihood", "--json")
    #expect(result.status == 0, "\(result.errors)")
    #expect(try result.json()["languages"]?["agreement"]?["groups"]?.int == 4)
  }

  @Test("a record whose choices cannot be scored is one line, or left out") func badChoices() throws {
    let folder = try TemporaryFolder()
    let bad = [
      (#"{"prompt":"Q","answer":"C","answer_type":"choice","choices":["a","b"]}"#, "found \"C\""),
      (#"{"prompt":"Q","answer":"A","answer_type":"choice"}"#, "found 0"),
      (
        "{\"prompt\":\"\(String(repeating: "word 47 ", count: 2000))\",\"answer\":\"yes\",\"answer_type\":\"boolean\"}",
        "max_position_embeddings"
      ),
    ]
    for (index, (line, message)) in bad.enumerated() {
      let data = try folder.file("\(index).jsonl", Self.records() + "\n" + line)
      let arguments = ["eval", Self.student, "--data", data, "--method", "likelihood", "--json"]
      let refused = try SwiftletProgram.run(arguments)
      #expect(refused.status == 65 && refused.errors.contains("\(index).jsonl:9: "), "\(refused.errors)")
      #expect(refused.errors.contains(message) && refused.errors.split(separator: "\n").count == 1)
      let skipped = try SwiftletProgram.run(arguments + ["--skip-bad"])
      #expect(skipped.status == 0, "\(skipped.errors)")
      #expect(try skipped.json()["problems"]?.int == 7 && skipped.json()["skipped"]?.int == 1)
    }
    let text = try folder.file("none.jsonl", #"{"prompt":"Q","answer":"4","answer_type":"number"}"#)
    let nothing = try SwiftletProgram.run("eval", Self.student, "--data", text, "--method", "likelihood")
    #expect(nothing.status == 65 && nothing.errors.contains("none among 1 questions"))
  }

  @Test("measures plain texts in windows") func texts() throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("a.txt", String(repeating: "The takt time is 47 s.\n", count: 40))
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent("more"), withIntermediateDirectories: true)
    _ = try folder.file("more/b.jsonl", "{\"text\":\"금리는 3 %이다.\"}\n{\"text\":\"\"}\n")
    let arguments = ["eval", Self.student, "--text", folder.url.path, "--json"]
    let rolling = try SwiftletProgram.run(arguments + ["--window", "64"])
    #expect(rolling.status == 0, "\(rolling.errors)")
    let json = try rolling.json()
    #expect(json["documents"]?.int == 3 && json["words"]?.int == 243)
    #expect(json["bytes"]?.int == 40 * 23 + "금리는 3 %이다.".utf8.count)
    let bits = try #require(json["bits_per_byte"]?.double)
    let byteLikelihood = try #require(json["byte_perplexity"]?.double)
    #expect(abs(bits - log2(byteLikelihood)) < 1e-9)
    #expect(json["word_perplexity"]?.double != nil && json["token_perplexity"]?.double != nil)
    #expect(json["window"]?.int == 64 && json["stride"]?.int == 64)

    let strided = try SwiftletProgram.run(
      arguments + ["--window", "64", "--stride", "16", "--against", Self.student]
    ).json()
    #expect(strided["tokens"] == json["tokens"])
    #expect(strided["bits_per_byte"] != json["bits_per_byte"])
    #expect(strided["against"]?["difference"]?.double == 0)
    #expect(strided["against"]?["difference_interval"]?["low"]?.double == 0)
    #expect(strided["against"]?["difference_interval"]?["high"]?.double == 0)
    let other = try SwiftletProgram.run(
      "eval", Self.student, "--text", folder.url.path, "--against", "Models/teacher-6m")
    #expect(
      other.output.contains(
        /difference [+-]\d\.\d{4} bits per byte, 95 % interval [+-]\d\.\d{4} to [+-]\d\.\d{4} \(/),
      "\(other.output)")
    let single = try SwiftletProgram.run(
      "eval", Self.student, "--text", folder.url.path + "/a.txt", "--against", Self.student)
    #expect(single.output.contains("bits per byte; of one document there is no interval"), "\(single.output)")
    let plain = try SwiftletProgram.run("eval", Self.student, "--text", folder.url.path + "/a.txt")
    #expect(plain.status == 0 && plain.output.contains("bits per byte"), "\(plain.errors)")
  }

  @Test("texts that cannot be read are one line, or left out") func badTexts() throws {
    let folder = try TemporaryFolder()
    let good = #"{"text":"A valve."}"#
    let bad = [
      (#"{"text":3}"#, "a string"), (#"{"prompt":"Q"}"#, "a record with \"text\""), ("{", "expected "),
    ]
    for (index, (line, message)) in bad.enumerated() {
      let file = try folder.file("\(index).jsonl", good + "\n" + line)
      let refused = try SwiftletProgram.run("eval", Self.student, "--text", file)
      #expect(refused.status == 65 && refused.errors.contains("\(index).jsonl:2: "), "\(refused.errors)")
      #expect(refused.errors.contains(message) && refused.errors.split(separator: "\n").count == 1)
      let skipped = try SwiftletProgram.run("eval", Self.student, "--text", file, "--skip-bad", "--json")
      #expect(try skipped.json()["documents"]?.int == 1 && skipped.json()["skipped"]?.int == 1)
    }
    let latin = folder.url.appendingPathComponent("latin.txt")
    try Data([0xE9, 0x74, 0xE9]).write(to: latin)
    let bytes = try SwiftletProgram.run("eval", Self.student, "--text", latin.path)
    #expect(bytes.status == 65 && bytes.errors.contains("latin.txt: expected UTF-8 text"), "\(bytes.errors)")
    let empty = try folder.file("empty.txt", "")
    #expect(try SwiftletProgram.run("eval", Self.student, "--text", empty).status == 65)
    #expect(try SwiftletProgram.run("eval", Self.student, "--text", "no/such.txt").status == 66)
    let long = try SwiftletProgram.run(
      "eval", Self.student, "--text", folder.url.path, "--window", "999999", "--skip-bad")
    #expect(long.status == 64 && long.errors.contains("--window"), "\(long.errors)")
  }

  @Test(
    "refuses wrong usage with 64",
    arguments: [
      ["--text", "a.txt", "--data", "b"], ["--text", "a.txt", "--method", "likelihood"],
      ["--method", "guess"],
      ["--data", "b", "--window", "8"], ["--text", "a.txt", "--window", "8", "--stride", "9"],
      ["--text", "a.txt", "--stride", "0"], ["--text", "a.txt", "--problems", "3"],
      ["--data", "b", "--score", "words"],
      ["--data", "b", "--mutual-information"],
      ["--data", "b", "--score", "texts"], ["--text", "a.txt", "--score", "texts"],
      ["--text", "a.txt", "--max-new-tokens", "3"],
      ["--data", "b", "--method", "likelihood", "--max-new-tokens", "3"],
    ])
  func usage(_ arguments: [String]) throws {
    let result = try SwiftletProgram.run(["eval", Self.student] + arguments)
    #expect(result.status == 64 && result.output.isEmpty, "\(result.errors)")
  }
}
