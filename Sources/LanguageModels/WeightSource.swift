import Kernels
import TensorCore

/// The numbers of a model where they are stored, read one parameter at a time.
///
/// Parameters go by their names in the Hugging Face checkpoint, whatever the file calls them.
protocol WeightSource {
  var configuration: ModelConfiguration { get }

  /// The numbers of a parameter in fp32.
  ///
  /// - Throws: `LanguageModelError` or `WeightsError` for a tensor that is missing, of another shape or not finite.
  func values(_ parameter: String, shape: [Int]) throws -> Buffer

  /// A matrix in the bytes of its file; throws as `values`.
  func table(_ parameter: String, shape: [Int]) throws -> StoredTable

  /// - Throws: for a tensor that belongs to none of `parameters`.
  func requireNone(beside parameters: Set<String>) throws
}

extension WeightSource {
  /// The whole model in fp32.
  func transformer() throws -> Transformer {
    var used: Set<String> = []
    let model = try Transformer(configuration) { name, shape in
      used.insert(name)
      return try values(name, shape: shape)
    }
    try requireNone(beside: used)
    return model
  }

  /// The model in the order in which products read it, one layer after another: fp32 copies of no more than a layer
  /// are in memory at a time, and the table of tokens stays as it is stored.
  func packed(
    _ format: DecodingFormat, cache: CachePrecision, contextLength: Int
  ) throws -> PackedTransformer {
    try format.requireFit(configuration)
    var used: Set<String> = []
    func parameter(_ name: String, _ shape: [Int], _: Initialization) throws -> Parameter {
      used.insert(name)
      return Parameter(name: name, value: Tensor(shape, try values(name, shape: shape)))
    }
    let architecture = configuration.architecture
    let shape = [configuration.vocabularySize, configuration.hiddenSize]
    used.insert(architecture.embeddingName)
    let embedding = try table(architecture.embeddingName, shape: shape)
    var head = embedding
    if !configuration.tiesEmbeddings {
      used.insert(Transformer.headName)
      head = try table(Transformer.headName, shape: shape)
    }
    let positions =
      architecture.traits.learnsPositions
      ? try parameter(
        Transformer.positionTableName, [configuration.maximumPositions, configuration.hiddenSize], .zeros)
      : nil
    let layers = try (0..<configuration.layerCount).map {
      try architecture.layer($0, configuration, make: parameter).packed(format)
    }
    let norm = try Norm(architecture.finalNormName, configuration, make: parameter)
    let packed = PackedTransformer(
      configuration, cache: cache, contextLength: contextLength, embedding: .stored(embedding),
      positionTable: positions?.value.buffer, layers: layers, finalNorm: PackedTransformer.Norm(norm),
      head: format.packed(rows: head.rows, columns: head.columns, values: head.values))
    try requireNone(beside: used)
    return packed
  }
}
