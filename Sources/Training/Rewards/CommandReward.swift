import Evaluation
import Files
import Foundation

/// What a program of the user says: it reads answers as JSON Lines and writes a score a line.
///
/// Standard input has one object an answer, in order: `id`, `prompt`, `completion`, `answer`, `answer_type`, `domain`, `task`,
/// `level`, `lang`, `correct` (as our verifier reads it), `tokens`, `truncated`. For each the program writes a number, null
/// where it has no opinion, or `{"reward": …}` with one of these. It runs once for all the answers that are drawn together.
///
/// An answer without a readable score, because the program crashed, wrote nonsense or took too long, gets none and is
/// counted as a failure.
public struct CommandReward: Reward {
  public let command: String
  public let name: String
  public let timeoutSeconds: Double

  public init(_ command: String, name: String = "command", timeoutSeconds: Double = 60) {
    self.command = command
    self.name = name
    self.timeoutSeconds = timeoutSeconds
  }

  public func score(_ answer: GradedAnswer) -> Double? { scores([answer]).values[0] }

  public func scores(_ answers: [GradedAnswer]) -> RewardScores {
    guard !answers.isEmpty else { return RewardScores([]) }
    let input = answers.map { CommandReward.line($0).text() + "\n" }.joined()
    let ran = FilterProcess(
      command: command, timeoutSeconds: timeoutSeconds, maximumBytes: 65_536 + 4096 * answers.count
    ).run(input)
    let lines = ran.output.split(separator: "\n").filter { !$0.allSatisfy(\.isWhitespace) }
    guard lines.count <= answers.count else {
      // No line can be told to belong to an answer.
      return RewardScores(
        answers.map { _ in nil }, failures: answers.count,
        reason: ran.failure ?? "\(lines.count) lines for \(answers.count) answers")
    }
    var scores = RewardScores(answers.map { _ in nil })
    for index in answers.indices {
      guard index < lines.count else {
        scores.failures += 1
        scores.reason = scores.reason ?? ran.failure ?? "\(lines.count) lines for \(answers.count) answers"
        continue
      }
      switch CommandReward.reading(String(lines[index])) {
      case .some(let value): scores.values[index] = value
      case .none:
        scores.failures += 1
        scores.reason = scores.reason ?? "\"\(lines[index].prefix(80))\" instead of a score"
      }
    }
    return scores
  }

  private static func line(_ answer: GradedAnswer) -> JSONValue {
    let problem = answer.problem
    return [
      "id": .string(problem.id), "prompt": .string(problem.prompt), "completion": .string(answer.completion),
      "answer": .string(problem.answer.text), "answer_type": .string(problem.answer.type),
      "domain": .string(problem.domain), "task": .string(problem.family),
      "level": problem.level.map { .int($0) } ?? .null, "lang": .string(problem.language),
      "correct": .bool(answer.isCorrect), "tokens": .int(answer.tokenCount),
      "truncated": .bool(!answer.stopped),
    ]
  }

  /// The score of a line, an inner nil for null; an outer nil for a line that is none of the forms.
  private static func reading(_ line: String) -> Double?? {
    guard let value = try? JSONValue(parsing: line, source: "reward") else { return .none }
    let score = value.object == nil ? value : value["reward"]
    guard let score else { return .none }
    if score.isNull { return .some(nil) }
    guard let number = score.double, number.isFinite else { return .none }
    return .some(number)
  }
}
