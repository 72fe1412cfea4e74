import Kernels
import TensorCore

/// One layer of a Llama (Touvron et al. 2023): two residual branches, each behind an RMSNorm.
///
/// h = x + O · attention(rope(Q a), rope(K a), V a),   a = rmsNorm(x)
/// y = h + D · (silu(G b) ⊙ U b),                      b = rmsNorm(h)
struct LlamaLayer {
  /// A linear map [outputs, inputs] with its optional bias [outputs].
  struct Projection {
    let weight: Parameter
    let bias: Parameter?

    func callAsFunction(_ x: Tensor) -> Tensor { linear(x, weight(), bias: bias?()) }
  }

  let inputNorm: Parameter
  let query, key, value, output: Projection
  let feedForwardNorm: Parameter
  let gate, up, down: Projection

  /// Asks `make` for each parameter in the order in which transformers lists them.
  init(_ index: Int, _ configuration: ModelConfiguration, make: ParameterMaker) throws {
    let prefix = "model.layers.\(index)."
    let (hidden, inner) = (configuration.hiddenSize, configuration.intermediateSize)
    let (queries, keys) = (configuration.querySize, configuration.keyValueSize)
    // Two residual additions a layer: their sum keeps its variance at depth (Radford et al. 2019).
    let residual = 1 / (2 * Float(configuration.layerCount)).squareRoot()
    func projection(
      _ name: String, _ outputs: Int, _ inputs: Int, bias: Bool, scale: Float = 1
    ) throws -> Projection {
      Projection(
        weight: try make(
          prefix + name + ".weight", [outputs, inputs], .normal(configuration.initializerRange * scale)),
        bias: bias ? try make(prefix + name + ".bias", [outputs], .zeros) : nil)
    }
    let attentionBias = configuration.attentionBias
    query = try projection("self_attn.q_proj", queries, hidden, bias: attentionBias)
    key = try projection("self_attn.k_proj", keys, hidden, bias: attentionBias)
    value = try projection("self_attn.v_proj", keys, hidden, bias: attentionBias)
    output = try projection("self_attn.o_proj", hidden, queries, bias: attentionBias, scale: residual)
    gate = try projection("mlp.gate_proj", inner, hidden, bias: configuration.mlpBias)
    up = try projection("mlp.up_proj", inner, hidden, bias: configuration.mlpBias)
    down = try projection("mlp.down_proj", hidden, inner, bias: configuration.mlpBias, scale: residual)
    inputNorm = try make(prefix + "input_layernorm.weight", [hidden], .ones)
    feedForwardNorm = try make(prefix + "post_attention_layernorm.weight", [hidden], .ones)
  }

  /// - Parameter x: [tokens, hidden]
  /// - Returns: [tokens, hidden]
  func callAsFunction(
    _ x: Tensor, _ configuration: ModelConfiguration, table: RotaryTable, positions: [Int32],
    spans: AttentionSpans
  ) -> Tensor {
    let (queryHeads, keyHeads) = (configuration.queryHeadCount, configuration.keyValueHeadCount)
    let a = rmsNorm(x, weight: inputNorm(), epsilon: configuration.rmsNormEpsilon)
    let q = rope(query(a), table: table, positions: positions, heads: queryHeads)  // [tokens, querySize]
    let k = rope(key(a), table: table, positions: positions, heads: keyHeads)  // [tokens, keyValueSize]
    let mixed = attention(
      q, k, value(a), spans: spans, queryHeads: queryHeads, keyValueHeads: keyHeads,
      scale: 1 / Float(configuration.headDimension).squareRoot())
    let h = add(x, output(mixed))
    let b = rmsNorm(h, weight: feedForwardNorm(), epsilon: configuration.rmsNormEpsilon)
    return add(h, down(swiGLU(gate: gate(b), up: up(b))))
  }
}
