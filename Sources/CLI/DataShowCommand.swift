import ArgumentParser
import Corpus
import Files

extension Language: ExpressibleByArgument {}

/// `swiftlet data show DOMAIN`: problems for a person to read.
struct DataShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print problems of a domain, with steps and answers.",
    discussion: """
      Example: swiftlet data show finance --n 20

      Families, levels and languages are mixed: in a long list each family comes in every language at every level. \
      No two problems share a sentence frame while there are frames left.
      """)

  @Argument(help: "finance, law, public, manufacturing, or all.")
  var domain: String

  @Option(name: .customLong("n"), help: "How many problems.")
  var count = 20

  @Option(help: "The seed of the draws.")
  var seed: UInt64 = 7

  @Option(help: "Problems of this level alone, 1 to 5.")
  var level: Int?

  @Option(help: "Problems of this language alone: en or ko.")
  var language: Language?

  @Option(help: "train, validation or test; the test side has its own phrasings.")
  var side = Side.train

  @Flag(help: "Statements put together from single sentences, as training mixes them in.")
  var composed = false

  @OptionGroup var result: ResultOptions

  func validate() throws {
    if !(1...1_000_000).contains(count) { throw ValidationError("--n must be from 1 to 1000000") }
    if let level, !(1...5).contains(level) { throw ValidationError("--level must be from 1 to 5") }
    if composed, side == .test { throw ValidationError("--composed needs --side train or validation") }
    _ = try DomainName.list(domain)
  }

  func run() throws {
    var mixed = MixedProblems(
      domains: try DomainName.list(domain), levels: level.map { [$0] } ?? Array(1...5),
      languages: language.map { [$0] } ?? Language.allCases, side: side, seed: seed,
      composedShare: composed ? 1 : 0)
    let problems = (0..<count).map { _ in mixed.next() }
    guard !result.json else {
      let list = JSONValue.array(problems.map(\.json))
      return Terminal.printResult(JSONValue.object(JSONObject([("problems", list)])).text())
    }
    for (index, problem) in problems.enumerated() {
      let place = [
        problem.family, "level \(problem.level ?? 0)", problem.language, "frame \(problem.frame)",
        problem.domain,
      ]
      Terminal.printResult("\(index + 1). " + place.joined(separator: " · "))
      Terminal.printResult(problem.prompt)
      Terminal.printResult("Steps:  " + problem.reasoning.replacing("\n", with: "\n        "))
      Terminal.printResult("Answer: \(problem.answer.text)\n")
    }
  }
}

extension Problem {
  fileprivate var json: JSONValue {
    [
      "id": .string(id), "domain": .string(domain), "task": .string(family),
      "level": level.map { .int($0) } ?? .null, "lang": .string(language),
      "phrasing": phrasing.map { .int($0) } ?? .null, "frame": .string(frame), "prompt": .string(prompt),
      "reasoning": .string(reasoning), "answer": .string(answer.text), "answer_type": .string(answer.type),
      "group": .string(group),
    ]
  }
}
