import Files
import Foundation
import Testing

@Suite("swiftlet data")
struct DataVerbTests {
  @Test("check names the file and line of a broken record") func brokenLine() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("broken.jsonl", "{\"prompt\": \"1+1\", \"answer\": \"2\"}\n{\"prompt\":\n")
    let result = try SwiftletProgram.run("data", "check", path)
    #expect(result.status == 65)
    #expect(result.errors.contains("\(path):2: "))
    #expect(result.output.isEmpty)
  }

  @Test("check --skip-bad counts broken records and goes on") func skipsBad() throws {
    let folder = try TemporaryFolder()
    let text = """
      {"prompt": "1+1", "answer": "2", "answer_type": "number"}
      {"prompt":
      {"prompt": "1+1", "answer": "2", "answer_type": "number"}
      {"messages": [{"role": "user", "content": "몇 개?"}, {"role": "assistant", "content": "3"}]}
      {"text": "plain"}
      """
    let path = try folder.file("mixed.jsonl", text)
    let result = try SwiftletProgram.run("data", "check", path, "--skip-bad", "--json")
    #expect(result.status == 0)
    let counts = try result.json()
    #expect(counts["records"]?.int == 4)
    #expect(counts["bad_lines"]?.int == 1)
    #expect(counts["duplicates"]?.int == 1)
    #expect(counts["checkable"]?.int == 3)
    #expect(counts["by_form"]?["problem"]?.int == 2)
    #expect(counts["by_language"]?["ko"]?.int == 1)
    #expect(counts["by_answer_type"]?["number"]?.int == 2)
  }

  @Test("tokenizer train --data learns the words of the records, not their form") func tokenizerOfRecords()
    throws
  {
    let folder = try TemporaryFolder()
    let lines = (0..<60).map { #"{"prompt": "torque \#($0)", "completion": "overheating"}"# }
    let path = try folder.file("records.jsonl", lines.joined(separator: "\n"))
    let output = folder.url.path + "/tokenizer"
    let result = try SwiftletProgram.run(
      "tokenizer", "train", "--vocabulary", "300", "--data", path, "--output", output)
    #expect(result.status == 0, "\(result.errors)")
    func tokens(_ text: String) throws -> Int {
      try SwiftletProgram.run("tokenizer", "encode", output, text, "--json").json()["ids"]?.array?.count ?? 0
    }
    #expect(try tokens("overheating") == 1)
    #expect(try tokens("completion") > 5)
  }

  @Test("show prints twenty problems, no two of one sentence frame", arguments: ["finance", "law", "all"])
  func showsTwentyFrames(_ domain: String) throws {
    let result = try SwiftletProgram.run("data", "show", domain, "--n", "20", "--json")
    #expect(result.status == 0)
    let problems = try result.json()["problems"]?.array ?? []
    #expect(problems.count == 20)
    #expect(Set(problems.compactMap { $0["frame"]?.string }).count == 20)
    #expect(Set(problems.compactMap { $0["lang"]?.string }) == ["en", "ko"])
    #expect(Set(problems.compactMap { $0["level"]?.int }).count == 5)
  }

  @Test(
    "show gives every sentence frame once before one comes again, then every family in every form",
    arguments: [("finance", "train"), ("public", "test"), ("all", "train")])
  func showsManyFrames(_ domain: String, _ side: String) throws {
    let listed = try SwiftletProgram.run("data", "list", "--json").json()["domains"]?.array ?? []
    let families = listed.filter { domain == "all" || $0["domain"]?.string == domain }
      .flatMap { $0["families"]?.array ?? [] }
    let frames = families.map { family in
      let held = family["held_out_phrasings"]?.int ?? 0
      return side == "test" ? held : (family["phrasings"]?["en"]?.int ?? 0) - held
    }.reduce(0, +)
    let result = try SwiftletProgram.run("data", "show", domain, "--n", "1500", "--side", side, "--json")
    let problems = try result.json()["problems"]?.array ?? []
    #expect(problems.count == 1500)
    let shown = problems.compactMap { $0["frame"]?.string }
    #expect(Set(shown.prefix(frames)).count == frames && Set(shown).count == frames)
    // After the last new frame the families are in turn as before.
    let turns = Dictionary(grouping: problems.suffix(1000)) { $0["task"]?.string }.mapValues(\.count)
    #expect(turns.count == families.count && (turns.values.max() ?? 0) - (turns.values.min() ?? 0) <= 1)
    for (family, shown) in Dictionary(grouping: problems.suffix(1000), by: { $0["task"]?.string }) {
      let forms = Set(shown.map { "\($0["lang"]?.string ?? "?") \($0["level"]?.int ?? 0)" })
      #expect(forms.count == 10, "\(family ?? "no family") has only \(forms.sorted())")
    }
  }

  @Test("show --composed makes statements of sentences, none twice") func showsComposed() throws {
    let result = try SwiftletProgram.run("data", "show", "law", "--n", "300", "--composed", "--json")
    let problems = try result.json()["problems"]?.array ?? []
    #expect(problems.count == 300 && problems.allSatisfy { $0["phrasing"] == .null })
    #expect(Set(problems.compactMap { $0["frame"]?.string }).count == 300)
  }

  @Test("show prints for people what it prints as JSON") func showsText() throws {
    let text = try SwiftletProgram.run("data", "show", "finance", "--n", "20").output
    let problems = try SwiftletProgram.run("data", "show", "finance", "--n", "20", "--json").json()[
      "problems"]
    for problem in problems?.array ?? [] {
      #expect(text.contains(problem["prompt"]?.string ?? "no prompt"))
      #expect(text.contains("Answer: \(problem["answer"]?.string ?? "no answer")"))
    }
    #expect(text.components(separatedBy: " · frame ").count == 21)
  }

  @Test("pairs are a right and a wrong answer to one problem, which preference can learn from")
  func pairsOfAnswers() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appendingPathComponent("pairs.jsonl")
    let result = try SwiftletProgram.run(
      "data", "pairs", "Models/teacher-6m", "--suite", "law", "--n", "6", "--samples", "4", "--language",
      "en",
      "--temperature", "1.5", "--max-new-tokens", "200", "--output", file.path, "--json")
    #expect(result.status == 0, "\(result.errors)")
    let count = try #require(try result.json()["pairs"]?.int)
    let lines = String(decoding: try Data(contentsOf: file), as: UTF8.self).split(separator: "\n")
    #expect(lines.count == count && count > 0)
    for line in lines {
      let pair = try JSONValue(parsing: String(line), source: "pair")
      let right = try #require(pair["answer"]?.string)
      #expect(pair["chosen"]?.string?.contains(right) == true && pair["chosen"] != pair["rejected"])
    }
    let check = try SwiftletProgram.run("data", "check", file.path)
    #expect(check.output.contains("prompt, chosen and rejected"), "\(check.output)")
    #expect(
      try SwiftletProgram.run(
        "data", "pairs", "Models/tiny", "--suite", "law", "--output", "x", "--samples", "1"
      ).status == 64)
  }
}
