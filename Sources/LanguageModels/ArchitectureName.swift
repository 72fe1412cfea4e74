/// The model families that can be built: `model_type` of config.json.
///
/// All but GPT-2 are Llamas with a difference or two, which `traits` names; see `LlamaLayer` and `GPT2Layer`.
public enum ArchitectureName: String, CaseIterable, Sendable {
  case gpt2
  case llama
  case mistral
  case qwen2
  case qwen3
  case smolLM3 = "smollm3"

  /// The name transformers looks for under `architectures`.
  public var className: String {
    switch self {
    case .gpt2: "GPT2LMHeadModel"
    case .llama: "LlamaForCausalLM"
    case .mistral: "MistralForCausalLM"
    case .qwen2: "Qwen2ForCausalLM"
    case .qwen3: "Qwen3ForCausalLM"
    case .smolLM3: "SmolLM3ForCausalLM"
    }
  }

  /// What sets the family apart from Llama.
  var traits: Traits {
    switch self {
    case .gpt2:
      Traits(learnsPositions: true, centersRows: true, gatesFeedForward: false, tiesByDefault: true)
    case .llama: Traits()
    case .mistral: Traits(slidesWindow: true)
    case .qwen2: Traits(alwaysBiasesAttention: true)
    case .qwen3: Traits(normalizesHeads: true)
    case .smolLM3: Traits(skipsPositions: true, tiesByDefault: true, defaultTheta: 2_000_000)
    }
  }

  /// Where a checkpoint keeps what all families have.
  var embeddingName: String { self == .gpt2 ? "transformer.wte.weight" : "model.embed_tokens.weight" }
  var finalNormName: String { self == .gpt2 ? "transformer.ln_f" : "model.norm" }

  struct Traits {
    /// Query, key and value have biases whatever config.json says, the output has none (Yang et al. 2024).
    var alwaysBiasesAttention = false
    /// Each head of queries and keys has its RMSNorm before its positions (Yang et al. 2025).
    var normalizesHeads = false
    /// Some layers turn nothing by positions: `no_rope_layers` (Yang et al. 2025, RNoPE).
    var skipsPositions = false
    /// Each token sees the last `sliding_window` ones (Jiang et al. 2023).
    var slidesWindow = false
    /// A vector for each position is added to the token's, and no head is turned by its position.
    var learnsPositions = false
    /// The norms are LayerNorms with bias, not RMSNorms.
    var centersRows = false
    /// The feed-forward layer multiplies by a gate: three matrices instead of two.
    var gatesFeedForward = true
    /// What holds where config.json does not say, as in transformers.
    var tiesByDefault = false
    var defaultTheta = 10_000.0
  }
}
