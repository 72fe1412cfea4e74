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

  /// Its linear maps, in the order in which transformers lists them.
  var projections: [Projection] { get }

  /// The same layer for decoding: a copy of its weights, which does not follow later changes.
  func packed(_ format: DecodingFormat) -> PackedTransformer.Layer
}
