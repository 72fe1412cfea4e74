import Files
import GoldenVectors
import Kernels
import TensorCore
import Testing

/// Rotary embeddings against the functions of transformers.
@Suite struct RotaryGoldenTests {
  @Test func rotaryEmbeddingMatchesTransformers() throws {
    let conventions: [String: RotaryConvention] = [
      "half": .half, "interleaved": .interleaved, "deepseek_interleave": .deepseekInterleave,
    ]
    try GoldenGroup("layers/rope").run { golden in
      let rotary = try embedding(golden)
      try requireClose(rotary.inverseFrequencies, golden.array("inv_freq"), tolerance: 1e-6)
      try requireClose(
        rotary.attentionFactor, golden.double("attention_factor"), tolerance: 1e-9, "attention factor")
      let positions = try golden.array("positions").int32s
      let table = rotary.table(positionCount: Int(positions.max() ?? 0) + 1)
      let convention = try #require(conventions[golden.string("convention")])
      for name in ["q", "k"] {
        let heads = try golden.array(name).shape[1]
        try verify(golden, inputs: [name], output: "y\(name)", seed: "dy\(name)", arrange: flatTokens) {
          rope($0[0], table: table, positions: positions, heads: heads, convention: convention)
        }
      }
    }
  }

  private func embedding(_ golden: GoldenCase) throws -> RotaryEmbedding {
    let parameters = try #require(golden["rope_parameters"])
    func number(_ key: String) throws -> Double { try #require(parameters[key]?.double, "\(key)") }
    let scaling: RotaryScaling
    switch parameters["rope_type"]?.string {
    case "default": scaling = .none
    case "linear": scaling = .linear(factor: try number("factor"))
    case "llama3":
      scaling = .llama3(
        factor: try number("factor"), lowFrequencyFactor: try number("low_freq_factor"),
        highFrequencyFactor: try number("high_freq_factor"),
        originalContext: Int(try number("original_max_position_embeddings")))
    case "yarn":
      scaling = .yarn(
        factor: try number("factor"), originalContext: Int(try number("original_max_position_embeddings")),
        betaFast: try number("beta_fast"), betaSlow: try number("beta_slow"))
    case let type: throw GoldenError("rope_type \(type ?? "missing")")
    }
    return RotaryEmbedding(
      headDimension: try golden.int("head_dim"), theta: try number("rope_theta"), scaling: scaling)
  }
}
