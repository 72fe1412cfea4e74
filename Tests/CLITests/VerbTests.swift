import Foundation
import Testing

@Suite("Every verb")
struct VerbTests {
  static let verbs: [[String]] = [
    ["distill"], ["runs", "list"], ["runs", "show"], ["runs", "samples"], ["runs", "compare"],
    ["runs", "audit"], ["runs", "plot"], ["train"], ["sweep"],
    ["eval"], ["generate"],
    ["chat"], ["logits"], ["import"], ["export"], ["signals"], ["plan"], ["env"], ["data", "list"],
    ["data", "show"], ["data", "check"],
    ["data", "pairs"], ["tokenizer", "train"], ["tokenizer", "encode"],
    ["tokenizer", "decode"], ["bench", "matmul"], ["bench", "ops"], ["bench", "train"], ["bench", "distill"],
    ["bench", "generate"], ["bench", "grpo"],
  ]

  @Test("shows an example", arguments: verbs)
  func helpHasExample(_ verb: [String]) throws {
    let help = try SwiftletProgram.run(verb + ["--help"])
    #expect(help.status == 0)
    let words = help.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let start = try #require(words.range(of: "Example: "))
    let end = try #require(words.range(of: "USAGE:"))
    #expect(
      words[start.upperBound..<end.lowerBound].contains("swiftlet " + verb.joined(separator: " ") + " "))
  }

  @Test("is listed in the help") func listed() throws {
    let help = try SwiftletProgram.run("--help").output
    for verb in Set(Self.verbs.map { $0[0] }) { #expect(help.contains("  \(verb) ")) }
  }

  @Test("refuses a kernel variant that there is not, with 64") func unknownVariant() throws {
    let result = try SwiftletProgram.run(["env"], environment: ["SWIFTLET_KERNELS": "v9"])
    #expect(result.status == 64)
    #expect(result.errors.contains("SWIFTLET_KERNELS") && result.errors.contains("v9"))
    #expect(try SwiftletProgram.run(["env"], environment: ["SWIFTLET_KERNELS": "base"]).status == 0)
  }

  @Test("a measurement below the baseline exits with 3") func baselineGate() throws {
    let folder = try TemporaryFolder()
    func run(_ baseline: String, _ speed: Double) throws -> SwiftletProgram.Result {
      let file = try folder.file(
        baseline, "{\"config\":\"T\",\"precision\":\"fp32\",\"threads\":1,\"tokens_per_second\":\(speed)}")
      return try SwiftletProgram.run(
        "bench", "train", "--config", "T", "--precision", "fp32", "--threads", "1", "--steps", "2", "--json",
        "--baseline", file)
    }
    #expect(try run("slow.json", 1).status == 0)
    let missed = try run("fast.json", 1e12)
    #expect(missed.status == 3 && missed.errors.contains("slower: "), "\(missed.errors)")
    #expect(try missed.json()["config"]?.string == "T")
  }

  @Test(
    "refuses wrong usage with 64",
    arguments: [
      ["frobnicate"], ["eval", "Models/tiny"], ["eval", "Models/tiny", "--suite", "sport"],
      ["data", "show", "finance", "--level", "9"], ["data", "show", "law", "--composed", "--side", "test"],
      ["logits", "Models/tiny", "--tokens", "a"], ["distill", "fnance"],
      ["eval", "Models/tiny", "--suite", "law", "--problems", "9223372036854775807"],
      ["data", "show", "law", "--n", "9223372036854775807"],
      ["tokenizer", "train", "--domains", "law", "--languages", "xx", "--output", "no/such/place"],
      ["tokenizer", "train", "--domains", "law", "--documents=-1", "--output", "no/such/place"],
      ["signals", "Models/tiny/recipes/ci.yaml", "--temperature", "1e-60", "--output", "no/such/place"],
    ])
  func wrongUsage(_ arguments: [String]) throws {
    let result = try SwiftletProgram.run(arguments)
    #expect(result.status == 64)
    #expect(result.output.isEmpty)
  }

  @Test(
    "names what is missing with 66",
    arguments: [
      ["data", "check", "no/such/file.jsonl"], ["plan", "no/such/recipe.yaml"],
      ["generate", "no/such/model", "--prompt", "x"], ["eval", "no/such/model", "--suite", "law"],
    ])
  func missingInput(_ arguments: [String]) throws {
    let result = try SwiftletProgram.run(arguments)
    #expect(result.status == 66)
    #expect(result.errors.contains("no/such/"))
    #expect(result.errors.split(separator: "\n").count == 1)
    #expect(result.output.isEmpty)
  }

  @Test(
    "prints exactly one JSON document",
    arguments: [
      ["env"], ["data", "list"], ["data", "show", "law", "--n", "3"],
      ["tokenizer", "encode", "Models/tiny", "47×36"], ["tokenizer", "decode", "Models/tiny", "72", "105"],
    ])
  func oneDocument(_ arguments: [String]) throws {
    let result = try SwiftletProgram.run(arguments + ["--json"])
    #expect(result.status == 0)
    #expect(try result.json().object != nil)
  }
}
