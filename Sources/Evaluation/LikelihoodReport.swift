import Foundation

/// What the log-likelihoods of all questions amount to.
public struct LikelihoodReport: Sendable, Equatable {
  /// The share of right choices by one rule.
  public struct Measure: Sendable, Equatable {
    public let correct: Int
    public let questions: Int
    public let interval: WilsonInterval

    public var accuracy: Double { questions == 0 ? 0 : Double(correct) / Double(questions) }

    /// The sample's standard deviation / √n, as lm-evaluation-harness prints it: sqrt(p(1 − p) / (n − 1)); 0 for one
    /// question.
    public var standardError: Double {
      questions < 2 ? 0 : (accuracy * (1 - accuracy) / Double(questions - 1)).squareRoot()
    }

    init(_ verdicts: [Bool]) {
      correct = verdicts.count { $0 }
      questions = verdicts.count
      interval = WilsonInterval(successes: correct, trials: questions)
    }
  }

  public let scores: [ChoiceScores]

  public init(_ scores: [ChoiceScores]) { self.scores = scores }

  /// nil for the rule whose numbers were not measured on every question.
  public func measure(_ rule: ChoiceRule) -> Measure? {
    let verdicts = scores.compactMap { $0.isCorrect(by: rule) }
    return verdicts.count == scores.count ? Measure(verdicts) : nil
  }

  /// The share of questions to which greedy decoding begins with a right choice.
  public var exactMatch: Measure { Measure(scores.map(\.isExactMatch)) }

  /// The right choices' mean share among the choices.
  public var rightProbability: Double {
    let shares = scores.map { score in
      let shares = score.normalizedProbabilities
      return score.right.sorted().reduce(0) { $0 + shares[$1] }
    }
    return scores.isEmpty ? 0 : shares.reduce(0, +) / Double(scores.count)
  }

  /// The mean distance of the best log-likelihood from the second, in nats.
  public var meanMargin: Double {
    scores.isEmpty ? 0 : scores.reduce(0) { $0 + ($1.margin(by: .sum) ?? 0) } / Double(scores.count)
  }

  /// Questions whose best log-likelihood several choices share; the first of them was taken.
  public var ties: Int { scores.count { $0.choices.count > 1 && $0.margin(by: .sum) == 0 } }
}
