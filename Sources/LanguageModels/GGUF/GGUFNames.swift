import Kernels

/// Where GGUF keeps a Llama's weights: its names, and its order of the rows of queries and keys.
package enum GGUFNames {
  /// `blk.0.attn_q.weight` for `model.layers.0.self_attn.q_proj.weight`; nil for a name that no Llama has.
  package static func name(of parameter: String) -> String? {
    switch parameter {
    case "model.embed_tokens.weight": return "token_embd.weight"
    case "model.norm.weight": return "output_norm.weight"
    case "lm_head.weight": return "output.weight"
    default: break
    }
    let parts = parameter.split(separator: ".")
    guard parts.count >= 5, parts[0] == "model", parts[1] == "layers", let suffix = parts.last else {
      return nil
    }
    let inner = parts[3..<parts.count - 1].joined(separator: ".")
    guard let name = layerNames[inner] else { return nil }
    return "blk.\(parts[2]).\(name).\(suffix)"
  }

  private static let layerNames = [
    "input_layernorm": "attn_norm", "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output", "post_attention_layernorm": "ffn_norm",
    "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down",
  ]

  /// How many heads a parameter's rows belong to, where rotary positions turn them; nil elsewhere.
  static func turnedHeads(of parameter: String, _ configuration: ModelConfiguration) -> Int? {
    if parameter.contains(".self_attn.q_proj.") { return configuration.queryHeadCount }
    if parameter.contains(".self_attn.k_proj.") { return configuration.keyValueHeadCount }
    return nil
  }

  /// Rows of each head from halves (transformers: x₀…, y₀…) to pairs (ggml: x₀ y₀ x₁ y₁ …), or back.
  ///
  /// - Parameter values: [heads · size, columns], or [heads · size] for a bias.
  package static func reordered(_ values: Buffer, heads: Int, columns: Int, toPairs: Bool) -> Buffer {
    let size = values.count / columns / heads
    let source = values.array()
    var target = source
    for head in 0..<heads {
      for pair in 0..<size / 2 {
        for side in 0..<2 {
          let half = (head * size + side * (size / 2) + pair) * columns
          let together = (head * size + 2 * pair + side) * columns
          let (from, to) = toPairs ? (half, together) : (together, half)
          target.replaceSubrange(to..<to + columns, with: source[from..<from + columns])
        }
      }
    }
    return Buffer(target)
  }
}
