import ArgumentParser
import Experiments
import Files
import Foundation

/// `swiftlet runs audit RUN`: where the verifier and the rewards disagree on stored answers.
struct RunsAuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Where the verifier and the rewards disagree on the answers that a run learnt from.",
    discussion: """
      Example: swiftlet runs audit t2k8 --limit 5

      The verifier accepts what it reads as correct, a reward what it gives more than the middle of its range.
      """)
  @OptionGroup var options: StoreOptions
  @OptionGroup var result: ResultOptions
  @Argument(help: "The id, or its beginning.") var id: String
  @Option(help: "Answers of one update; of all when not given.") var step: Int?
  @Option(help: "Answers shown of each kind of disagreement.") var limit = 3

  func validate() throws {
    guard limit >= 0 else { throw ValidationError("--limit must be 0 or more") }
  }

  func run() throws {
    let store = try options.openExisting()
    let run = try store.run(named: id)
    let answers = try store.rollouts(of: run.id, step: step)
    guard !answers.isEmpty else { throw StoreError.noAnswers(run: run.id, step: step) }
    let audit = try RewardAudit(answers)
    if result.json { return Terminal.printResult(json(audit, run: run.id).text()) }
    Terminal.printResult(
      "\(answers.count) answers, of \(audit.unparsable) the verifier could read nothing")
    for name in audit.constant { Terminal.printResult("\(name): the same for every answer, left out") }
    for pair in audit.pairs {
      Terminal.printResult(
        "\(pair.first) and \(pair.second): agree on \(String(format: "%.1f", 100 * pair.agreement)) % of "
          + "\(pair.judged); \(pair.onlyFirst.count) accepted by \(pair.first) alone, \(pair.onlySecond.count) by "
          + "\(pair.second) alone")
    }
    for pair in audit.pairs {
      show(pair.onlyFirst, acceptedBy: pair.first, not: pair.second, of: audit)
      show(pair.onlySecond, acceptedBy: pair.second, not: pair.first, of: audit)
    }
  }

  private func show(_ indices: [Int], acceptedBy judge: String, not other: String, of audit: RewardAudit) {
    for index in indices.prefix(limit) {
      let row = audit.answers[index]
      Terminal.printResult(
        "\naccepted by \(judge), not by \(other): step \(row.step), \(row.verdict), expected \(row.answer), "
          + "rewards \(row.rewards)\n\(row.prompt)\n\(row.completion)")
    }
  }

  private func json(_ audit: RewardAudit, run: String) -> JSONValue {
    func answers(_ indices: [Int]) -> JSONValue {
      .array(
        indices.prefix(limit).map { index in
          let row = audit.answers[index]
          return [
            "step": .int(row.step), "prompt": .string(row.prompt), "completion": .string(row.completion),
            "answer": .string(row.answer), "verdict": .string(row.verdict),
            "rewards": (try? JSONValue(parsing: row.rewards, source: "rewards")) ?? .null,
          ]
        })
    }
    return [
      "run": .string(run), "answers": .int(audit.answers.count), "unparsable": .int(audit.unparsable),
      "constant": .array(audit.constant.map { .string($0) }),
      "pairs": .array(
        audit.pairs.map { pair in
          [
            "first": .string(pair.first), "second": .string(pair.second), "judged": .int(pair.judged),
            "agreement": .double(pair.agreement), "both_accept": .int(pair.bothAccept),
            "neither_accepts": .int(pair.neitherAccepts), "only_first": .int(pair.onlyFirst.count),
            "only_second": .int(pair.onlySecond.count), "only_first_answers": answers(pair.onlyFirst),
            "only_second_answers": answers(pair.onlySecond),
          ]
        }),
    ]
  }
}
