import Corpus
import Evaluation

/// 1 for `<think>` steps `</think>` and then an answer, each once and neither empty, else 0.
public struct FormatReward: Reward {
  public let name = "format"

  public init() {}

  public func score(_ answer: GradedAnswer) -> Double? {
    let text = answer.completion
    guard text.hasPrefix("<think>"), text.ranges(of: "<think>").count == 1 else { return 0 }
    let parts = text.split(separator: "</think>", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return 0 }
    let isWhole =
      parts[0].dropFirst("<think>".count).contains { !$0.isWhitespace }
      && parts[1].contains { !$0.isWhitespace }
    return isWhole ? 1 : 0
  }
}
