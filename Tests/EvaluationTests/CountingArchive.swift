import Evaluation
import Files

/// Keeps answers in memory.
final class CountingArchive<Answer>: AnswerArchive {
  let identity: JSONObject
  private(set) var answers: [AnswerKey: Answer] = [:]
  private(set) var kept = 0
  private(set) var found = 0

  init(weights: String = "w", answers: [AnswerKey: Answer] = [:]) {
    identity = JSONObject([("weights", .string(weights))])
    self.answers = answers
  }

  func answer(to key: AnswerKey) -> Answer? {
    if answers[key] != nil { found += 1 }
    return answers[key]
  }

  func keep(_ answer: Answer, as key: AnswerKey) {
    kept += 1
    answers[key] = answer
  }
}
