import ArgumentParser
import Corpus
import Files
import Kernels

extension Language: ExpressibleByArgument {}

/// `swiftlet data show DOMAIN`: problems for a person to read.
struct DataShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print problems of a domain, with steps and answers.",
    discussion: """
      Example: swiftlet data show finance --n 20

      Families, levels and languages are mixed. No two problems share a sentence frame while there are frames left.
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
    if count < 1 { throw ValidationError("--n must be 1 or more") }
    if let level, !(1...5).contains(level) { throw ValidationError("--level must be from 1 to 5") }
    if composed, side == .test { throw ValidationError("--composed needs --side train or validation") }
    _ = try DomainName.list(domain)
  }

  func run() throws {
    var draw = MixedDraw(
      domains: try DomainName.list(domain), levels: level.map { [$0] } ?? Array(1...5),
      languages: language.map { [$0] } ?? Language.allCases, side: side, seed: seed,
      composedShare: composed ? 1 : 0)
    let problems = (0..<count).map { _ in draw.next() }
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

/// Problems in turn over families, languages and levels, of frames that were not drawn yet.
private struct MixedDraw {
  private let families: [(domain: DomainName, family: any ProblemFamily)]
  private let levels: [Int]
  private let languages: [Language]
  private let generator: ProblemGenerator
  private var random: SeededRandom
  private var turn = 0
  private var seen = Set<String>()
  private var usedUp = Set<Turn>()

  private struct Turn: Hashable {
    let family: String
    let language: Language
  }

  init(
    domains: [DomainName], levels: [Int], languages: [Language], side: Side, seed: UInt64,
    composedShare: Double
  ) {
    let perDomain = domains.map { domain in domain.families.map { (domain, $0) } }
    // One family of each domain after the other, so that the first problems show all domains.
    let longest = perDomain.map(\.count).max() ?? 0
    families = (0..<longest).flatMap { index in perDomain.compactMap { index < $0.count ? $0[index] : nil } }
    self.levels = levels
    self.languages = languages
    generator = ProblemGenerator(
      domains: domains, languages: languages, levels: levels, side: side, seed: seed,
      composedShare: composedShare)
    random = SeededRandom(seed: seed)
  }

  /// A family whose frames are used up passes its turn on; when all are, frames come again. To pass costs no draws: else
  /// each problem after the last new frame would cost a thousand of every family.
  mutating func next() -> Problem {
    let start = turn
    for _ in 0..<families.count * languages.count {
      defer { turn += 1 }
      guard !isUsedUp() else { continue }
      for _ in 0..<1000 {
        let problem = draw()
        if seen.insert(problem.frame).inserted { return problem }
      }
    }
    turn = start
    defer { turn += 1 }
    return draw()
  }

  private var language: Language { languages[(turn + turn / families.count) % languages.count] }

  private mutating func draw() -> Problem {
    let (domain, family) = families[turn % families.count]
    return generator.problem(
      of: family, domain: domain, level: levels[turn % levels.count], language: language, using: &random)
  }

  /// Whether the family whose turn it is has no phrasing left in this turn's language.
  private mutating func isUsedUp() -> Bool {
    let family = families[turn % families.count].family
    let key = Turn(family: family.name, language: language)
    if usedUp.contains(key) { return true }
    guard let numbers = generator.phrasingNumbers(of: family, language: language),
      numbers.allSatisfy({ seen.contains(Problem.frame(family.name, phrasing: $0)) })
    else { return false }
    usedUp.insert(key)
    return true
  }
}

extension Problem {
  /// The sentence frame: a family's phrasing, whose Korean and English forms count as one. A statement put
  /// together from single sentences is a frame of its own.
  fileprivate var frame: String {
    phrasing.map { Problem.frame(family, phrasing: $0) } ?? "\(family)/composed \(id)"
  }

  fileprivate static func frame(_ family: String, phrasing: Int) -> String { "\(family)/\(phrasing)" }

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
