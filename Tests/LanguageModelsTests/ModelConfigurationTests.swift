import Files
import Kernels
import LanguageModels
import TensorCore
import Testing

@Suite("Model configuration") struct ModelConfigurationTests {
  static let base = """
    {"model_type": "llama", "hidden_size": 32, "intermediate_size": 72, "num_hidden_layers": 2,
     "num_attention_heads": 4, "num_key_value_heads": 2, "vocab_size": 160, "eos_token_id": [2, 3]}
    """

  private func configuration(changing key: String, to value: JSONValue?) throws -> ModelConfiguration {
    guard case .object(var object) = try JSONValue(parsing: Self.base, source: "test") else {
      throw LanguageModelError.missingKey(file: "test", key: key)
    }
    object[key] = value
    return try ModelConfiguration(.object(object), file: "config.json")
  }

  @Test func defaultsAreThoseOfTransformers() throws {
    let configuration = try configuration(changing: "bos_token_id", to: nil)
    #expect(configuration.headDimension == 8 && configuration.maximumPositions == 2048)
    #expect(configuration.ropeTheta == 10_000 && configuration.rmsNormEpsilon == 1e-6)
    #expect(!configuration.tiesEmbeddings && configuration.endTokens == [2, 3])
    #expect(configuration.beginToken == nil)
  }

  /// transformers takes 4096 where the key is missing.
  @Test(arguments: [(JSONValue.int(7), 7), (.null, nil), (nil, 4096)] as [(JSONValue?, Int?)])
  func theWindowOfMistralIsReadAsTransformersDoes(written: JSONValue?, window: Int?) throws {
    var object = JSONObject([
      ("model_type", "mistral"), ("hidden_size", 32), ("num_attention_heads", 4), ("vocab_size", 40),
      ("intermediate_size", 64), ("num_hidden_layers", 1),
    ])
    if let written { object["sliding_window"] = written }
    let configuration = try ModelConfiguration(.object(object))
    #expect(configuration.slidingWindow == window)
    #expect(try ModelConfiguration(configuration.json()).slidingWindow == window)
  }

  static let wrong: [(String, JSONValue?, String)] = [
    (
      "model_type", "mamba",
      "config.json: expected model_type gpt2, llama, mistral, qwen2, qwen3, smollm3, found \"mamba\""
    ),
    ("hidden_size", nil, "config.json: expected the key hidden_size, found none"),
    ("hidden_size", "32", "config.json: expected hidden_size to be a whole number, found a string"),
    ("hidden_size", 0, "config.json: expected hidden_size from 1 to 1048576, found 0"),
    ("hidden_size", 34, "hidden_size to be a multiple of num_attention_heads 4, or a head_dim, found 34"),
    ("num_attention_heads", -4, "num_attention_heads from 1 to 16384, found -4"),
    (
      "num_key_value_heads", 3,
      "config.json: expected num_attention_heads 4 to be a multiple of num_key_value_heads, found 3"
    ),
    ("num_key_value_heads", 0, "num_key_value_heads from 1 to 16384, found 0"),
    ("head_dim", 7, "an even head_dim (rotary positions turn pairs), found 7"),
    ("rms_norm_eps", -1.0, "rms_norm_eps between 0 and 1, found -1.0"),
    ("eos_token_id", 160, "eos_token_id below vocab_size 160, found 160"),
    ("eos_token_id", 99_999_999_999, "token ids of 32 bits"),
    ("hidden_act", "relu", "hidden_act \"silu\""),
    ("vocab_size", 99_999_999_999, "vocab_size from 1 to 16777216, found 99999999999"),
    ("quantization_config", ["bits": 4], "no quantization_config"),
    (
      "rope_scaling", ["type": "dynamic", "factor": 2.0],
      "rope_type default, linear, llama3 or yarn, found \"dynamic\""
    ),
    ("rope_scaling", ["type": "linear", "factor": 0.5], "a RoPE factor of at least 1, found 0.5"),
    ("rope_scaling", ["rope_type": "llama3", "factor": 8.0], "the key low_freq_factor, found none"),
    ("rope_parameters", ["rope_theta": "big"], "rope_theta to be a number, found a string"),
    ("tie_word_embeddings", 1, "tie_word_embeddings to be true or false, found the number 1"),
  ]

  @Test(arguments: wrong) func namesWhatIsWrong(key: String, value: JSONValue?, message: String) throws {
    let error = #expect(throws: LanguageModelError.self) { try configuration(changing: key, to: value) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "no error")")
    #expect(error?.exitCode == .badData)
  }

  @Test func readsBackWhatItWrites() throws {
    let scalings: [RotaryScaling] = [
      .none, .linear(factor: 2),
      .llama3(factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalContext: 64),
      .yarn(factor: 4, originalContext: 64),
      .yarn(
        factor: 4, originalContext: 64, betaFast: 16, betaSlow: 2, attentionFactor: 1.5, magnitudeScale: 0.7,
        magnitudeScaleAllDimensions: 0.8, truncates: false),
    ]
    for scaling in scalings {
      let written = ModelConfiguration(
        vocabularySize: 100, hiddenSize: 24, intermediateSize: 40, layerCount: 3, queryHeadCount: 4,
        keyValueHeadCount: 2, headDimension: 10, rmsNormEpsilon: 1e-6, tiesEmbeddings: false,
        attentionBias: true, mlpBias: true, maximumPositions: 300, ropeTheta: 5000, ropeScaling: scaling,
        beginToken: 1, endTokens: [2, 5], padToken: 0, initializerRange: 0.03)
      let text = written.json(dtype: "bfloat16").text(isPretty: true)
      #expect(text.contains("\"rms_norm_eps\": 1e-06"))
      let read = try ModelConfiguration(JSONValue(parsing: text, source: "config.json"))
      #expect(read == written)
    }
  }

  @Test func countsParametersAndOperations() throws {
    var random = SeededRandom(seed: 1)
    for (ties, bias) in [(true, false), (false, true)] {
      let configuration = ModelConfiguration(
        vocabularySize: 50, hiddenSize: 16, intermediateSize: 24, layerCount: 2, queryHeadCount: 2,
        keyValueHeadCount: 1, headDimension: 6, tiesEmbeddings: ties, attentionBias: bias, mlpBias: bias)
      let model = try Transformer(configuration, using: &random)
      #expect(model.parameterCount == configuration.parameterCount)
      let flops = 6 * Double(configuration.parameterCount) + 12 * 2 * 12 * 100
      #expect(configuration.trainingFLOPsPerToken(sequenceLength: 100) == flops)
      let undecayed = model.parameters.filter { !$0.decays }.map(\.name)
      #expect(undecayed.contains("model.embed_tokens.weight") && undecayed.contains("model.norm.weight"))
      #expect(undecayed.allSatisfy { $0.contains("norm") || $0.contains("embed") || $0.hasSuffix("bias") })
    }
  }

  @Test func freshWeightsFollowTheSeed() throws {
    let configuration = ModelConfiguration(
      vocabularySize: 400, hiddenSize: 64, intermediateSize: 96, layerCount: 2, queryHeadCount: 4)
    var (first, second) = (SeededRandom(seed: 3), SeededRandom(seed: 3))
    let a = try Transformer(configuration, using: &first)
    let b = try Transformer(configuration, using: &second)
    let c = try Transformer(configuration, using: &second)
    #expect(zip(a.parameters, b.parameters).allSatisfy { $0.value.values == $1.value.values })
    #expect(a.parameters[0].value.values != c.parameters[0].value.values)
    func deviation(_ name: String) -> Double {
      let values = a.parameters.first { $0.name == name }?.value
      return values.map { (Kernels.sumOfSquares($0.buffer) / Double($0.count)).squareRoot() } ?? 0
    }
    #expect(abs(deviation("model.embed_tokens.weight") - 0.02) < 0.0005)
    // Two residual additions in each of two layers: divided by sqrt(4).
    #expect(abs(deviation("model.layers.1.mlp.down_proj.weight") - 0.01) < 0.0005)
    #expect(deviation("model.norm.weight") == 1)
  }
}
