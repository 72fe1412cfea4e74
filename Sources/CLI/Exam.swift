import Corpus
import Evaluation
import Foundation
import Text

/// The questions of one evaluation, from a suite or from records.
struct Exam {
  let name: String
  var problems: [Problem] = []
  /// Options of a choice, by the problem's id.
  var choices: [String: [String]] = [:]
  /// The group of a record that asks the same as others in other languages, by the problem's id.
  var parallelIDs: [String: String] = [:]
  /// Where a record stands, by the problem's id.
  var places: [String: String] = [:]
  var prior: AnswerPrior?
  /// The questions of the training side with their options, by which the prior is measured.
  var training: [(problem: Problem, choices: [String])] = []
  /// Lines that could not be read.
  var skipped: [String] = []
  /// Records of parallel groups that lack a language.
  var leftOut = 0
  /// Records without a question that can be checked, or without choices where those are scored.
  var notAsked = 0

  /// Held-out problems of bundled domains.
  init(suite domains: [DomainName], count: Int) {
    name = domains.count == DomainName.allCases.count ? "all" : domains.map(\.rawValue).joined(separator: ",")
    let suite = Suite(domains, count: count)
    problems = suite.problems
    prior = suite.prior()
  }

  /// Records of a file or folder, of one side (of all sides when nil).
  ///
  /// The answer prior is measured on the records of the train side.
  init(data path: String, side: Side?, skipsBad: Bool) throws {
    name = path
    let result = try RecordReader(skipsBadLines: skipsBad).read(path: path)
    skipped = result.skipped
    var sides: [Side: Int] = [:]
    for record in result.records {
      guard var problem = record.question else {
        notAsked += 1
        continue
      }
      sides[record.side(), default: 0] += 1
      if record.side() == .train { training.append((problem, record.choices)) }
      guard side == nil || record.side() == side else { continue }
      if places[problem.id] != nil { problem.id = record.place }
      problems.append(problem)
      choices[problem.id] = record.choices
      places[problem.id] = record.place
      parallelIDs[problem.id] = record.parallelID
    }
    guard !problems.isEmpty else {
      guard let side, !sides.isEmpty else {
        throw CommandError.nothingToAsk(path: path, records: result.records.count)
      }
      let counts = Side.allCases.map { "\($0.rawValue) \(sides[$0] ?? 0)" }.joined(separator: ", ")
      throw CommandError.emptySide(path: path, side: side.rawValue, counts: counts)
    }
    prior = training.isEmpty ? nil : AnswerPrior(training: training.map(\.problem))
  }

  /// Leaves out, or refuses, questions that the tokenizer cannot spell or that do not fit the context with room for an
  /// answer.
  mutating func fit(_ model: LoadedModel, _ scoring: ScoringOptions, skipsBad: Bool) throws {
    if scoring.method == .likelihood { return try fitChoices(model, scoring.form, skipsBad: skipsBad) }
    let limit = model.configuration.maximumPositions
    let (kept, refused) = try kept(skipsBad) { problem in
      let tokens = try model.promptTokens([ChatMessage(role: "user", content: problem.prompt)]).count
      guard tokens >= limit else { return true }
      throw CommandError.promptTooLong(
        place: places[problem.id] ?? problem.id, tokens: tokens, limit: limit)
    }
    guard !kept.isEmpty else { throw CommandError.nothingToAsk(path: name, records: problems.count) }
    (problems, skipped) = (kept, skipped + refused)
  }
}
