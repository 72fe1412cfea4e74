import ArgumentParser
import Corpus
import Files
import Foundation
import Kernels

/// `swiftlet data list|show|check|pairs`.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Look at the bundled problems and at files of records, and make pairs of answers.",
    discussion: "Example: swiftlet data show finance --n 20",
    subcommands: [DataListCommand.self, DataShowCommand.self, DataCheckCommand.self, DataPairsCommand.self])
}

/// `swiftlet data list`: what can be trained and measured without any file.
struct DataListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the domains and their families of problems.",
    discussion: "Example: swiftlet data list --json")

  @OptionGroup var result: ResultOptions

  func run() {
    let domains = DomainName.allCases.map { domain in
      (domain, domain.families.map { FamilyFacts($0, domain: domain) })
    }
    guard !result.json else {
      let list = domains.map { domain, families -> JSONValue in
        ["domain": .string(domain.rawValue), "families": .array(families.map(\.json))]
      }
      return Terminal.printResult(JSONValue.object(JSONObject([("domains", .array(list))])).text())
    }
    for (domain, families) in domains {
      Terminal.printResult(
        "\(domain.rawValue): \(families.count) families, levels 1 to 5, English and Korean")
      for family in families { Terminal.printResult("  " + family.line) }
    }
  }
}

/// What a family offers; the answer types are those of problems of every level.
private struct FamilyFacts {
  let name: String
  let phrasings: [Language: Int]
  let answerTypes: [String]

  init(_ family: any ProblemFamily, domain: DomainName) {
    name = family.name
    phrasings = family.phrasings.mapValues(\.count)
    var types = Set<String>()
    var random = SeededRandom(seed: 1)
    for level in 1...5 {
      for _ in 0..<8 { types.insert(family.scenario(level: level, using: &random).answer.type) }
    }
    answerTypes = types.sorted()
  }

  private var counts: [(language: Language, count: Int)] {
    Language.allCases.map { ($0, phrasings[$0] ?? 0) }
  }

  var line: String {
    let words = counts.map { "\($0.count) \($0.language.rawValue)" }.joined(separator: ", ")
    return name.padding(toLength: max(26, name.count + 1), withPad: " ", startingAt: 0)
      + "phrasings \(words); answers: \(answerTypes.joined(separator: ", "))"
  }

  var json: JSONValue {
    [
      "name": .string(name),
      "phrasings": .object(JSONObject(counts.map { ($0.language.rawValue, .int($0.count)) })),
      "held_out_phrasings": .int(ProblemGenerator.heldOutPhrasings),
      "answer_types": .array(answerTypes.map { .string($0) }),
    ]
  }
}
