import Corpus

/// What most of the answers to one problem say (self-consistency, Wang et al. 2023).
///
/// Answers that cannot be read do not vote; of answers with as many votes the one given first wins.
public struct MajorityVote: Sendable, Equatable {
  /// In canonical form; nil when no answer could be read.
  public let answer: String?
  public let votes: Int
  /// All answers, those that did not vote too.
  public let samples: Int
  public let isCorrect: Bool

  /// The share of the answers that gave the majority's; 0 when none could be read.
  public var share: Double { samples == 0 ? 0 : Double(votes) / Double(samples) }

  /// - Parameter answers: to one problem, in the order in which they were given.
  public init(_ answers: [GradedAnswer]) {
    var counts: [String: Int] = [:]
    for answer in answers { if let vote = MajorityVote.vote(of: answer) { counts[vote, default: 0] += 1 } }
    let most = counts.values.max() ?? 0
    // The first of those with the most votes; a dictionary has no order.
    let winner = answers.first { MajorityVote.vote(of: $0).map { counts[$0] == most } ?? false }
    answer = winner?.verification.parsed
    votes = most
    samples = answers.count
    isCorrect = winner?.isCorrect ?? false
  }

  /// What is the same for equal answers: 7 and 7.0 are one.
  private static func vote(of answer: GradedAnswer) -> String? {
    guard let parsed = answer.verification.parsed else { return nil }
    guard case .number = answer.problem.answer, let number = Double(parsed) else { return parsed }
    return "\(number)"
  }
}
