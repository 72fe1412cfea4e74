import Foundation

/// By what an answer is chosen among the continuations of a question; named as lm-evaluation-harness names them.
public enum ChoiceRule: String, CaseIterable, Codable, Sendable {
  /// The largest log-likelihood, the sum over the continuation's tokens.
  case sum = "acc"
  /// … divided by its characters (Unicode code points).
  case perCharacter = "acc_norm"
  /// … divided by its UTF-8 bytes.
  case perByte = "acc_bytes"
  /// … less its log-likelihood without the question.
  case mutualInformation = "acc_mutual_info"
}

/// The log-likelihoods of one question's choices, and what each rule chooses by them (lm-evaluation-harness 0.4.13,
/// `multiple_choice`). Among equals the first choice is taken.
public struct ChoiceScores: Sendable, Equatable {
  /// The continuations, as the model reads them.
  public let choices: [String]
  /// Σ ln p(token | question, tokens before it) of each choice.
  public let logLikelihoods: [Double]
  /// The same without the question; nil where it was not measured.
  public let unconditional: [Double]?
  /// Whether greedy decoding would write the choice.
  public let isGreedy: [Bool]
  /// The right choices, mostly one.
  public let right: Set<Int>

  /// - Parameters: one entry for each of at least one choice.
  public init(
    choices: [String], logLikelihoods: [Double], unconditional: [Double]? = nil, isGreedy: [Bool],
    right: Set<Int>
  ) {
    precondition(
      !choices.isEmpty && logLikelihoods.count == choices.count && isGreedy.count == choices.count
        && (unconditional ?? logLikelihoods).count == choices.count,
      "ChoiceScores: \(choices.count) choices, \(logLikelihoods.count) scores")
    self.choices = choices
    self.logLikelihoods = logLikelihoods
    self.unconditional = unconditional
    self.isGreedy = isGreedy
    self.right = right
  }

  /// What the rule compares; nil for the rule whose numbers were not measured.
  public func scores(by rule: ChoiceRule) -> [Double]? {
    switch rule {
    case .sum: logLikelihoods
    case .perCharacter: zip(logLikelihoods, choices).map { $0 / Double(max(1, $1.unicodeScalars.count)) }
    case .perByte: zip(logLikelihoods, choices).map { $0 / Double(max(1, $1.utf8.count)) }
    case .mutualInformation: unconditional.map { zip(logLikelihoods, $0).map { $0 - $1 } }
    }
  }

  /// The index of the choice with the largest score, the first among equals.
  public func choice(by rule: ChoiceRule) -> Int? {
    scores(by: rule).map { scores in
      var best = 0
      for index in scores.indices where scores[index] > scores[best] { best = index }
      return best
    }
  }

  public func isCorrect(by rule: ChoiceRule) -> Bool? { choice(by: rule).map(right.contains) }

  /// How far the best score lies above the second; 0 is a tie, which went to the first choice.
  public func margin(by rule: ChoiceRule) -> Double? {
    scores(by: rule).map { scores in
      let sorted = scores.sorted(by: >)
      return sorted.count > 1 ? sorted[0] - sorted[1] : 0
    }
  }

  /// Whether greedy decoding would write a right choice.
  public var isExactMatch: Bool { right.contains { isGreedy[$0] } }

  /// The softmax of the log-likelihoods: each choice's share among the choices.
  public var normalizedProbabilities: [Double] {
    let largest = logLikelihoods.max() ?? 0
    let weights = logLikelihoods.map { exp($0 - largest) }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }
}
