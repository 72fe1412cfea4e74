import Kernels
import TensorCore

/// One layer of a Llama (Touvron et al. 2023) or of a relative: two residual branches, each behind an RMSNorm.
///
/// Qwen3 puts an RMSNorm over each head of Q a and K a; SmolLM3 leaves rope out in some layers.
///
/// h = x + O · attention(rope(Q a), rope(K a), V a),   a = rmsNorm(x)
/// y = h + D · (silu(G b) ⊙ U b),                      b = rmsNorm(h)
struct LlamaLayer: DecoderLayer {
  let inputNorm: Norm
  let query, key, value, output: Projection
  /// Over each head, before positions; nil where the family has none.
  let queryNorm, keyNorm: Parameter?
  let feedForwardNorm: Norm
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
    let bias = configuration.hasInputBias
    query = try projection("self_attn.q_proj", queries, hidden, bias: bias)
    key = try projection("self_attn.k_proj", keys, hidden, bias: bias)
    value = try projection("self_attn.v_proj", keys, hidden, bias: bias)
    output = try projection(
      "self_attn.o_proj", hidden, queries, bias: configuration.hasOutputBias, scale: residual)
    func headNorm(_ name: String) throws -> Parameter? {
      guard configuration.architecture.traits.normalizesHeads else { return nil }
      return try make(prefix + "self_attn.\(name).weight", [configuration.headDimension], .ones)
    }
    queryNorm = try headNorm("q_norm")
    keyNorm = try headNorm("k_norm")
    gate = try projection("mlp.gate_proj", inner, hidden, bias: configuration.mlpBias)
    up = try projection("mlp.up_proj", inner, hidden, bias: configuration.mlpBias)
    down = try projection("mlp.down_proj", hidden, inner, bias: configuration.mlpBias, scale: residual)
    inputNorm = try Norm(prefix + "input_layernorm", configuration, make: make)
    feedForwardNorm = try Norm(prefix + "post_attention_layernorm", configuration, make: make)
  }

  func callAsFunction(
    _ x: Tensor, _ configuration: ModelConfiguration, table: RotaryTable?, positions: [Int32],
    spans: AttentionSpans, observing: ((LayerActivation, Tensor) -> Void)?
  ) -> Tensor {
    observing?(.input, x)
    let (queryHeads, keyHeads) = (configuration.queryHeadCount, configuration.keyValueHeadCount)
    let a = inputNorm(x)
    observing?(.norm, a)
    let inputs = attentionInputs(normed: a, configuration)
    func placed(_ x: Tensor, _ norm: Parameter?, heads: Int) -> Tensor {
      var x = x
      if let norm {
        let rows = x.reshaped([x.rows * heads, configuration.headDimension])
        x = rmsNorm(rows, weight: norm(), epsilon: configuration.rmsNormEpsilon).reshaped(x.shape)
      }
      return table.map { rope(x, table: $0, positions: positions, heads: heads) } ?? x
    }
    let q = placed(inputs.queries, queryNorm, heads: queryHeads)  // [tokens, querySize]
    let k = placed(inputs.keys, keyNorm, heads: keyHeads)  // [tokens, keyValueSize]
    let mixed = attention(
      q, k, inputs.values, spans: spans, queryHeads: queryHeads, keyValueHeads: keyHeads,
      scale: 1 / Float(configuration.headDimension).squareRoot())
    observing?(.heads, mixed)
    let h = add(x, output(mixed))
    let b = feedForwardNorm(h)
    observing?(.norm, b)
    let neurons = swiGLU(gate: gate(b), up: up(b))
    observing?(.neurons, neurons)
    let y = add(h, down(neurons))
    observing?(.output, y)
    return y
  }

  func attentionInputs(normed a: Tensor, _ configuration: ModelConfiguration) -> AttentionInputs {
    AttentionInputs(queries: query(a), keys: key(a), values: value(a))
  }

  var projections: [Projection] { [query, key, value, output, gate, up, down] }

  func packed(_ format: DecodingFormat) -> PackedTransformer.Layer {
    PackedTransformer.Layer(
      inputNorm: .init(inputNorm), feedForwardNorm: .init(feedForwardNorm),
      queryNorm: queryNorm?.value.buffer.copy(), keyNorm: keyNorm?.value.buffer.copy(),
      queryKeyValue: .init([query, key, value], format), output: .init([output], format),
      feedForward: .swiGLU(gateUp: .init([gate, up], format), down: .init([down], format)))
  }
}
