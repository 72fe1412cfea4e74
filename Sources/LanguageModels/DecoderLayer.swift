import Kernels
import TensorCore

/// One layer of a decoder: two residual branches, of which the first mixes the tokens and the second each token alone.
protocol DecoderLayer {
  /// - Parameters: `x` [tokens, hidden]; `table` is nil in a layer that does not turn its heads by positions;
  ///   `observing` receives what the layer computes on its way.
  /// - Returns: [tokens, hidden]
  func callAsFunction(
    _ x: Tensor, _ configuration: ModelConfiguration, table: RotaryTable?, positions: [Int32],
    spans: AttentionSpans, observing: ((LayerActivation, Tensor) -> Void)?
  ) -> Tensor

  /// What its attention is made of, before heads are normalized and turned by positions.
  ///
  /// - Parameter a: the first norm's output, [tokens, hidden]
  func attentionInputs(normed a: Tensor, _ configuration: ModelConfiguration) -> AttentionInputs

  /// The norm before its attention.
  var inputNorm: Norm { get }

  /// Its linear maps, in the order in which transformers lists them.
  var projections: [Projection] { get }

  /// The same layer for decoding: a copy of its weights, which does not follow later changes.
  func packed(_ format: DecodingFormat) -> PackedTransformer.Layer
}

/// What a layer computes on its way from its input to its output.
enum LayerActivation {
  /// [tokens, hidden]: before the first norm, and after the second sum.
  case input, output
  /// [tokens, hidden]: a norm's output, of each branch in turn.
  case norm
  /// [tokens, querySize]: the attention's outputs, one head beside the other, before they are projected.
  case heads
  /// [tokens, intermediate]: what the feed-forward layer's last matrix multiplies.
  case neurons
}

/// Queries, keys and values of a layer.
public struct AttentionInputs {
  /// [tokens, querySize]
  public let queries: Tensor
  /// [tokens, keyValueSize]
  public let keys, values: Tensor
}

extension DecoderLayer {
  /// - Parameter x: the layer's input, [tokens, hidden]
  func attentionInputs(_ x: Tensor, _ configuration: ModelConfiguration) -> AttentionInputs {
    attentionInputs(normed: inputNorm(x), configuration)
  }
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
