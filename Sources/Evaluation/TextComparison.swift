import Foundation

/// Two models on the same texts: how many bits per byte the first needs more than the second, with a percentile bootstrap
/// interval over the texts, of which both models' figures are drawn together.
public struct TextComparison: Sendable, Equatable {
  /// Σ (bits of the first − bits of the second) / Σ bytes; negative where the first predicts better.
  public let difference: Double
  /// At 95 %; nil of a single text, beside which there is none to draw.
  public let interval: ConfidenceInterval?

  /// - Parameters: each model's measures of text i, both of as many texts.
  /// - Returns: nil where no text has a byte.
  public init?(_ first: [TextPerplexity], _ second: [TextPerplexity]) {
    precondition(first.count == second.count, "TextComparison: \(first.count) and \(second.count) texts")
    let texts = zip(first, second).filter { $0.0.bytes > 0 }
    guard !texts.isEmpty else { return nil }
    let bits = texts.map { ($1.logLikelihood - $0.logLikelihood) / log(2) }
    let bytes = texts.map { Double($0.0.bytes) }
    difference = bits.reduce(0, +) / bytes.reduce(0, +)
    guard texts.count > 1 else {
      interval = nil
      return
    }
    interval = ConfidenceInterval(
      draws: NestedBootstrap(groups: texts.indices.map(String.init), seeds: 1).draws {
        $0.mean([bits]) / $0.mean([bytes])
      })
  }
}
