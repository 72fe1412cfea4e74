import Evaluation

/// 1 for an answer that the verifier accepts, else 0.
public struct AccuracyReward: Reward {
  public let name = "accuracy"

  public init() {}

  public func score(_ answer: GradedAnswer) -> Double? { answer.isCorrect ? 1 : 0 }
}
