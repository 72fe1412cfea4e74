import Foundation
import Kernels
import TensorCore

/// How far a stored copy of a model is from the model: what rounding its weights costs.
public struct Parity: Sendable, Equatable {
  /// The mean over positions of KL(model ‖ copy), in nats.
  public let divergence: Double
  /// The largest difference of two logits.
  public let largestDifference: Double
  /// How many of the prompts both continue alike, token for token, when greedy.
  public let sameContinuations: Int
  public let prompts: Int

  /// Compares the two on `prompts`, none of them empty, with their greedy continuations by the model.
  ///
  /// - Throws: what generation throws for a prompt that does not fit the context.
  public init(of copy: Transformer, with model: Transformer, prompts: [[Int32]], newTokens: Int = 48) throws {
    let requests = prompts.map {
      GenerationRequest(
        prompt: $0, maximumNewTokens: newTokens, sampling: .greedy, stopTokens: model.configuration.endTokens)
    }
    let expected = try Generator(model).generate(requests).map(\.tokens)
    let found = try Generator(copy).generate(requests).map(\.tokens)
    var sum = 0.0, count = 0, largest = 0.0, hasNaN = false
    for (prompt, continuation) in zip(prompts, expected) {
      let tokens = prompt + continuation
      let (p, q) = (Parity.logProbabilities(model, tokens), Parity.logProbabilities(copy, tokens))
      for (a, b) in zip(p.logits, q.logits) {
        hasNaN = hasNaN || a.isNaN || b.isNaN
        largest = max(largest, abs(Double(a) - Double(b)))
      }
      for (a, b) in zip(p.normalized, q.normalized) { sum += exp(Double(a)) * (Double(a) - Double(b)) }
      count += tokens.count
    }
    divergence = sum.isNaN ? .infinity : max(0, sum / Double(max(1, count)))
    largestDifference = hasNaN ? .infinity : largest
    sameContinuations = zip(expected, found).count { $0 == $1 }
    self.prompts = prompts.count
  }

  private static func logProbabilities(
    _ model: Transformer, _ tokens: [Int32]
  ) -> (logits: [Float], normalized: [Float]) {
    withoutGradient {
      let logits = model.logits(of: model.forward(tokens: tokens, documentLengths: [tokens.count]))
      return (logits.values, logSoftmax(logits).values)
    }
  }
}
