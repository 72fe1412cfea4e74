/// Where a model's trained numbers are.
public struct ParameterBreakdown: Equatable, Sendable {
  /// The table of tokens, and that of positions where there is one.
  public var embedding: Int
  /// All layers' projections of queries, keys, values and outputs.
  public var attention: Int
  /// All layers' feed-forward matrices.
  public var feedForward: Int
  /// All norms.
  public var norms: Int
  /// The output layer; 0 when it is the table of tokens.
  public var output: Int

  public var total: Int { embedding + attention + feedForward + norms + output }

  /// Each part with the name that plans print.
  public var parts: [(name: String, count: Int)] {
    [
      ("embedding", embedding), ("attention", attention), ("feed-forward", feedForward), ("norms", norms),
      ("output", output),
    ]
  }
}

extension ModelConfiguration {
  /// The trained numbers by what they belong to.
  public var parametersByComponent: ParameterBreakdown {
    let attention = hiddenSize * (2 * querySize + 2 * keyValueSize)
    let attentionBiases =
      (hasInputBias ? querySize + 2 * keyValueSize : 0) + (hasOutputBias ? hiddenSize : 0)
    let matrices = architecture.traits.gatesFeedForward ? 3 : 2
    let mlpBiases = mlpBias ? (matrices - 1) * intermediateSize + hiddenSize : 0
    let norm = architecture.traits.centersRows ? 2 * hiddenSize : hiddenSize
    let headNorms = architecture.traits.normalizesHeads ? 2 * headDimension : 0
    let positions = architecture.traits.learnsPositions ? maximumPositions * hiddenSize : 0
    return ParameterBreakdown(
      embedding: vocabularySize * hiddenSize + positions,
      attention: layerCount * (attention + attentionBiases),
      feedForward: layerCount * (matrices * hiddenSize * intermediateSize + mlpBiases),
      norms: layerCount * (2 * norm + headNorms) + norm,
      output: tiesEmbeddings ? 0 : vocabularySize * hiddenSize)
  }
}
