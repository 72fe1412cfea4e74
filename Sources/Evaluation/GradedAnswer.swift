import Corpus

/// One problem with what a model wrote and how it was read.
public struct GradedAnswer: Codable, Sendable {
  public let problem: Problem
  public let completion: String
  public let verification: Verification
  public let tokenCount: Int
  /// Whether the model ended by itself, rather than at the token limit.
  public let stopped: Bool

  public init(
    problem: Problem, completion: String, verification: Verification, tokenCount: Int, stopped: Bool
  ) {
    self.problem = problem
    self.completion = completion
    self.verification = verification
    self.tokenCount = tokenCount
    self.stopped = stopped
  }

  public var isCorrect: Bool { verification.verdict == .correct }
}
