import Corpus

/// The baseline that reads no problem: it gives, for each family, level and language, the commonest training answer.
public struct AnswerPrior: Sendable {
  private let commonest: [String: String]

  /// Counts answers over problems of the training side.
  public init(training problems: [Problem]) {
    var counts: [String: [String: Int]] = [:]
    for problem in problems {
      counts[AnswerPrior.key(problem), default: [:]][problem.answer.text, default: 0] += 1
    }
    // Ties go to the answer that sorts first, so that the baseline does not depend on hashing.
    commonest = counts.mapValues { $0.max { ($0.value, $1.key) < ($1.value, $0.key) }!.key }
  }

  public func answer(to problem: Problem) -> String? { commonest[AnswerPrior.key(problem)] }

  public func accuracy(on problems: [Problem]) -> Double {
    guard !problems.isEmpty else { return 0 }
    let right = problems.count { problem in
      guard let answer = answer(to: problem) else { return false }
      // The word of an option is read among the options alone, which are not here.
      return answer == problem.answer.text
        || Verifier.verify(answer, against: problem.answer).verdict == .correct
    }
    return Double(right) / Double(problems.count)
  }

  private static func key(_ problem: Problem) -> String {
    "\(problem.family) \(problem.level ?? 0) \(problem.language)"
  }
}
