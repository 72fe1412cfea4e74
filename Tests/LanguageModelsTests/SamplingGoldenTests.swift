import Foundation
import GoldenVectors
import Kernels
import LanguageModels
import Testing

/// Sampling against transformers' logits processors.
@Suite("Golden sampling") struct SamplingGoldenTests {
  @Test func matchesLogitsProcessors() throws {
    try GoldenGroup("sampling/sampling").run { golden in
      let parameters = try parameters(golden)
      let logits = try golden.array("logits")
      let (rows, columns) = (logits.shape[0], logits.shape[1])
      let history = try golden.array("input_ids").int32s
      let length = history.count / rows
      let scores = try golden.array("scores").floats
      for row in 0..<rows {
        let x = Buffer(Array(try logits.floats[row * columns..<(row + 1) * columns]))
        parameters.applyHistory(
          to: x, row: 0, columns: columns, tokens: Array(history[row * length..<(row + 1) * length]))
        let candidates = parameters.candidates(x).filter { x[Int($0.token)].isFinite }
        let expected = scores[row * columns..<(row + 1) * columns]
        let kept = expected.indices.filter { expected[$0].isFinite }.map { Int32($0 - expected.startIndex) }
        let tokens = candidates.map(\.token).sorted()
        // Among equal logits at the cut, which ones the reference keeps follows from its unstable sort.
        let least = kept.map { x[Int($0)] }.min()
        for token in Set(tokens).symmetricDifference(kept) where x[Int(token)] != least {
          throw GoldenError("row \(row): tokens \(tokens), expected \(kept)")
        }
        try requireClose(
          tokens.map { Double(x[Int($0)] / parameters.temperature) }.sorted(),
          expected.filter(\.isFinite).map { Double($0) }.sorted(), tolerance: 1e-5, "scores of row \(row)")
        guard golden.has("probs") else { continue }
        let reference = try golden.array("probs").doubles[row * columns..<(row + 1) * columns]
        try requireClose(
          candidates.map(\.probability).sorted(), reference.filter { $0 > 0 || parameters.keepsAll }.sorted(),
          tolerance: 1e-5, "probabilities of row \(row)")
      }
    }
  }

  private func parameters(_ golden: GoldenCase) throws -> SamplingParameters {
    var parameters = SamplingParameters()
    for key in golden["settings"]?.object?.keys ?? [] {
      let value = Float(golden["settings"]?[key]?.double ?? .nan)
      switch key {
      case "temperature": parameters.temperature = value
      case "top_k": parameters.topK = Int(value)
      case "top_p": parameters.topP = value
      case "min_p": parameters.minP = value
      case "repetition_penalty": parameters.repetitionPenalty = value
      case "no_repeat_ngram_size": parameters.noRepeatNGramSize = Int(value)
      case "typical_p": parameters.typicalP = value
      case "epsilon_cutoff": parameters.epsilonCutoff = value
      default: throw GoldenError("unknown setting \(key)")
      }
    }
    return parameters
  }
}

extension SamplingParameters {
  /// Nothing is cut, so that even a probability of 0 in the reference belongs to a candidate.
  fileprivate var keepsAll: Bool {
    topK == 0 && topP == 1 && minP == 0 && typicalP == 1 && epsilonCutoff == 0
  }
}
