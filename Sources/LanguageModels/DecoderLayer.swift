import Kernels
import TensorCore

/// One layer of a decoder: two residual branches, of which the first mixes the tokens and the second each token alone.
protocol DecoderLayer {
  /// - Parameters: `x` [tokens, hidden]; `table` is nil in a layer that does not turn its heads by positions.
  /// - Returns: [tokens, hidden]
  func callAsFunction(
    _ x: Tensor, _ configuration: ModelConfiguration, table: RotaryTable?, positions: [Int32],
    spans: AttentionSpans
  ) -> Tensor

  /// What its attention is made of, before heads are normalized and turned by positions.
  ///
  /// - Parameter x: the layer's input, [tokens, hidden]
  func attentionInputs(_ x: Tensor, _ configuration: ModelConfiguration) -> AttentionInputs

  /// Its linear maps, in the order in which transformers lists them.
  var projections: [Projection] { get }

  /// The same layer for decoding: a copy of its weights, which does not follow later changes.
  func packed(_ format: DecodingFormat) -> PackedTransformer.Layer
}

/// Queries, keys and values of a layer.
public struct AttentionInputs {
  /// [tokens, querySize]
  public let queries: Tensor
  /// [tokens, keyValueSize]
  public let keys, values: Tensor
}

extension ArchitectureName {
  /// A layer of the family, with its parameters from `make`.
  func layer(
    _ index: Int, _ configuration: ModelConfiguration, make: ParameterMaker
  ) throws -> any DecoderLayer {
    switch self {
    case .gpt2: try GPT2Layer(index, configuration, make: make)
    case .llama, .mistral, .qwen2, .qwen3, .smolLM3: try LlamaLayer(index, configuration, make: make)
    }
  }
}
