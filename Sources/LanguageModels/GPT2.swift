import Kernels
import TensorCore

/// One layer of GPT-2 (Radford et al. 2019): two residual branches, each behind a LayerNorm with bias.
///
/// [q, k, v] = C a, a = layerNorm(x)
/// h = x + O · attention(q, k, v)
/// y = h + D · gelu(F b), b = layerNorm(h), gelu in its tanh form
///
/// Positions are learned and stand in the input; the heads are not turned by them. All weights are stored as
/// [inputs, outputs].
struct GPT2Layer: DecoderLayer {
  let inputNorm: Norm
  /// Queries, keys and values side by side, all of them [hidden].
  let queryKeyValue: Projection
  let output: Projection
  let feedForwardNorm: Norm
  let up, down: Projection

  /// Asks `make` for each parameter in the order in which transformers lists them.
  init(_ index: Int, _ configuration: ModelConfiguration, make: ParameterMaker) throws {
    let prefix = "transformer.h.\(index)."
    let (hidden, inner) = (configuration.hiddenSize, configuration.intermediateSize)
    // Two residual additions a layer: their sum keeps its variance at depth.
    let residual = 1 / (2 * Float(configuration.layerCount)).squareRoot()
    func projection(_ name: String, _ inputs: Int, _ outputs: Int, scale: Float = 1) throws -> Projection {
      Projection(
        weight: try make(
          prefix + name + ".weight", [inputs, outputs], .normal(configuration.initializerRange * scale)),
        bias: try make(prefix + name + ".bias", [outputs], .zeros), isTransposed: true)
    }
    inputNorm = try Norm(prefix + "ln_1", configuration, make: make)
    queryKeyValue = try projection("attn.c_attn", hidden, 3 * hidden)
    output = try projection("attn.c_proj", hidden, hidden, scale: residual)
    feedForwardNorm = try Norm(prefix + "ln_2", configuration, make: make)
    up = try projection("mlp.c_fc", hidden, inner)
    down = try projection("mlp.c_proj", inner, hidden, scale: residual)
  }

  func callAsFunction(
    _ x: Tensor, _ configuration: ModelConfiguration, table: RotaryTable?, positions: [Int32],
    spans: AttentionSpans, observing: ((LayerActivation, Tensor) -> Void)?
  ) -> Tensor {
    observing?(.input, x)
    let a = inputNorm(x)
    observing?(.norm, a)
    let inputs = attentionInputs(normed: a, configuration)
    let mixed = attention(
      inputs.queries, inputs.keys, inputs.values, spans: spans, queryHeads: configuration.queryHeadCount,
      keyValueHeads: configuration.keyValueHeadCount,
      scale: 1 / Float(configuration.headDimension).squareRoot())
    observing?(.heads, mixed)
    let h = add(x, output(mixed))
    let b = feedForwardNorm(h)
    observing?(.norm, b)
    let neurons = activation(.geluTanh, up(b))
    observing?(.neurons, neurons)
    let y = add(h, down(neurons))
    observing?(.output, y)
    return y
  }

  func attentionInputs(normed a: Tensor, _ configuration: ModelConfiguration) -> AttentionInputs {
    let hidden = configuration.hiddenSize
    let qkv = queryKeyValue(a)  // [tokens, 3 · hidden]
    return AttentionInputs(
      queries: slice(qkv, columns: 0..<hidden), keys: slice(qkv, columns: hidden..<2 * hidden),
      values: slice(qkv, columns: 2 * hidden..<3 * hidden))
  }

  var projections: [Projection] { [queryKeyValue, output, up, down] }

  func packed(_ format: DecodingFormat) -> PackedTransformer.Layer {
    PackedTransformer.Layer(
      inputNorm: .init(inputNorm), feedForwardNorm: .init(feedForwardNorm),
      queryKeyValue: .init([queryKeyValue], format), output: .init([output], format),
      feedForward: .gelu(up: .init([up], format), down: .init([down], format)))
  }
}

/// What the first GPT-2 checkpoints call their tensors.
enum GPT2Checkpoint {
  /// `h.0.ln_1.weight` for `transformer.h.0.ln_1.weight`; nil for a name without that prefix.
  static func formerName(of name: String) -> String? {
    let prefix = "transformer."
    return name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : nil
  }

  /// Whether a tensor is a causal mask, which old checkpoints store beside the weights.
  static func isMask(_ name: String) -> Bool {
    name.hasSuffix(".attn.bias") || name.hasSuffix(".attn.masked_bias")
  }
}
