/// The model families that can be built: `model_type` of config.json.
///
/// All of them are Llamas with a difference or two, which `traits` names; see `LlamaLayer`.
public enum ArchitectureName: String, CaseIterable, Sendable {
  case llama
  case mistral
  case qwen2
  case qwen3
  case smolLM3 = "smollm3"

  /// The name transformers looks for under `architectures`.
  public var className: String {
    switch self {
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
    case .llama: Traits()
    case .mistral: Traits(slidesWindow: true)
    case .qwen2: Traits(alwaysBiasesAttention: true)
    case .qwen3: Traits(normalizesHeads: true)
    case .smolLM3: Traits(skipsPositions: true, tiesByDefault: true, defaultTheta: 2_000_000)
    }
  }

  struct Traits {
    /// Query, key and value have biases whatever config.json says, the output has none (Yang et al. 2024).
    var alwaysBiasesAttention = false
    /// Each head of queries and keys has its RMSNorm before its positions (Yang et al. 2025).
    var normalizesHeads = false
    /// Some layers turn nothing by positions: `no_rope_layers` (Yang et al. 2025, RNoPE).
    var skipsPositions = false
    /// Each token sees the last `sliding_window` ones (Jiang et al. 2023).
    var slidesWindow = false
    /// What holds where config.json does not say, as in transformers.
    var tiesByDefault = false
    var defaultTheta = 10_000.0
  }
}
