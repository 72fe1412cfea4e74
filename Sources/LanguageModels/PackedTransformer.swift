import Kernels

/// A frozen copy of a model's weights in the order in which decoding reads them. It records nothing on the tape.
///
/// Query, key and value projections are one product, as are gate and up. Every row's result depends on its token, its
/// position and its slot's cache alone.
final class PackedTransformer: Sendable {
  struct Projection: Sendable {
    let weight: PackedMatrix
    let bias: Buffer?

    init(_ parts: [LlamaLayer.Projection], _ precision: Precision) {
      let outputs = parts.map { $0.weight.shape[0] }.reduce(0, +)
      let inputs = parts[0].weight.shape[1]
      weight = PackedMatrix(
        Buffer.joining(parts.map(\.weight.value.buffer)), rows: outputs, columns: inputs, precision: precision
      )
      bias = parts[0].bias == nil ? nil : Buffer.joining(parts.compactMap { $0.bias?.value.buffer })
    }

    /// - Parameter x: [rows, inputs]
    /// - Returns: [rows, outputs]
    func callAsFunction(_ x: Buffer, rows: Int) -> Buffer {
      let y = Buffer.uninitialized(rows * weight.rows)
      Kernels.matmul(x, weight, m: rows, into: y)
      return bias.map { Kernels.addRowBias(y, $0, rows: rows) } ?? y
    }

    /// Adds the projection of `x` to `residual`.
    func add(_ x: Buffer, to residual: Buffer, rows: Int) -> Buffer {
      Kernels.matmul(x, weight, m: rows, into: residual, accumulate: true)
      return bias.map { Kernels.addRowBias(residual, $0, rows: rows) } ?? residual
    }
  }

  struct Layer: Sendable {
    let inputNorm, feedForwardNorm: Buffer
    /// Over each head of queries and keys; nil where the family has none.
    let queryNorm, keyNorm: Buffer?
    let queryKeyValue, output, gateUp, down: Projection

    init(_ layer: LlamaLayer, _ precision: Precision) {
      inputNorm = layer.inputNorm.value.buffer.copy()
      feedForwardNorm = layer.feedForwardNorm.value.buffer.copy()
      queryNorm = layer.queryNorm?.value.buffer.copy()
      keyNorm = layer.keyNorm?.value.buffer.copy()
      queryKeyValue = Projection([layer.query, layer.key, layer.value], precision)
      output = Projection([layer.output], precision)
      gateUp = Projection([layer.gate, layer.up], precision)
      down = Projection([layer.down], precision)
    }
  }

  let configuration: ModelConfiguration
  let precision: Precision
  let embedding: Buffer
  let layers: [Layer]
  let finalNorm: Buffer
  let head: PackedMatrix
  /// Turns nothing: the table of layers without positions, as long as the model's own.
  private let still: RotaryTable

  /// - Parameter contextLength: the positions of the tables that `logits` is given.
  init(_ model: Transformer, precision: Precision, contextLength: Int) {
    configuration = model.configuration
    self.precision = precision
    embedding = model.embedding.value.buffer.copy()
    layers = model.layers.map { Layer($0, precision) }
    finalNorm = model.finalNorm.value.buffer.copy()
    head = PackedMatrix(
      model.outputWeight.value.buffer, rows: configuration.vocabularySize,
      columns: configuration.hiddenSize, precision: precision)
    let turns =
      configuration.layersWithoutPositions.isEmpty
      ? 0 : contextLength * configuration.headDimension / 2
    still = RotaryTable(cos: .repeating(1, count: turns), sin: .zeros(turns))
  }

  /// Empty caches, one per layer.
  func caches(slots: Int, capacity: Int) -> [KeyValueCache] {
    layers.map { _ in
      KeyValueCache(
        slots: slots, capacity: capacity, queryHeads: configuration.queryHeadCount,
        keyValueHeads: configuration.keyValueHeadCount, headDimension: configuration.headDimension,
        precision: precision, window: configuration.slidingWindow)
    }
  }

  /// The RMSNorm of each head of queries and keys, where the layer has one.
  private func normalizedHeads(_ qkv: Buffer, _ layer: Layer, rows: Int) -> Buffer {
    let width = configuration.querySize + 2 * configuration.keyValueSize
    for (norm, first, columns) in [
      (layer.queryNorm, 0, configuration.querySize),
      (layer.keyNorm, configuration.querySize, configuration.keyValueSize),
    ] {
      guard let norm else { continue }
      let heads = Buffer.uninitialized(rows * columns)
      Kernels.copyColumns(
        qkv, width: width, from: first, into: heads, width: columns, at: 0, columns: columns, rows: rows)
      let normed = Kernels.rmsNorm(
        heads, weight: norm, rows: heads.count / configuration.headDimension,
        epsilon: configuration.rmsNormEpsilon
      ).y
      Kernels.copyColumns(
        normed, width: columns, from: 0, into: qkv, width: width, at: first, columns: columns, rows: rows)
    }
    return qkv
  }

  /// Runs the tokens through all layers, each seeing its own slot up to its own position, and gives the logits of
  /// the rows `chosen`; the last layer is finished for those alone.
  ///
  /// - Parameters: `tokens`, `positions`, `slots` [rows]; the positions of a slot before a row's own are in the cache
  ///   or among the rows.
  /// - Returns: [chosen, vocabulary]
  func logits(
    tokens: [Int32], positions: [Int32], slots: [Int32], chosen: [Int32], caches: [KeyValueCache],
    table: RotaryTable
  ) -> Buffer {
    let (hidden, epsilon) = (configuration.hiddenSize, configuration.rmsNormEpsilon)
    var (rows, positions, slots) = (tokens.count, positions, slots)
    var x = Kernels.gather(embedding, ids: tokens, columns: hidden)  // [rows, hidden]
    for (index, layer) in layers.enumerated() {
      let a = Kernels.rmsNorm(x, weight: layer.inputNorm, rows: rows, epsilon: epsilon).y
      var q = Kernels.place(
        normalizedHeads(layer.queryKeyValue(a, rows: rows), layer, rows: rows), in: caches[index],
        table: configuration.layersWithoutPositions.contains(index) ? still : table, positions: positions,
        slots: slots)
      if index == layers.count - 1 {
        x = Kernels.gather(x, ids: chosen, columns: hidden)
        q = Kernels.gather(q, ids: chosen, columns: configuration.querySize)
        (positions, slots) = (chosen.map { positions[Int($0)] }, chosen.map { slots[Int($0)] })
        rows = chosen.count
      }
      // [rows, querySize]
      let mixed = Kernels.attend(q, to: caches[index], positions: positions, slots: slots)
      x = layer.output.add(mixed, to: x, rows: rows)
      let b = Kernels.rmsNorm(x, weight: layer.feedForwardNorm, rows: rows, epsilon: epsilon).y
      let inner = Kernels.swiGLU(
        rows: layer.gateUp(b, rows: rows), width: configuration.intermediateSize)  // [rows, intermediate]
      x = layer.down.add(inner, to: x, rows: rows)
    }
    let normed = Kernels.rmsNorm(x, weight: finalNorm, rows: rows, epsilon: epsilon).y
    let logits = Buffer.uninitialized(rows * configuration.vocabularySize)
    Kernels.matmul(normed, head, m: rows, into: logits)
    return logits
  }
}

extension Buffer {
  /// The elements of several buffers, one after another.
  static func joining(_ parts: [Buffer]) -> Buffer {
    let whole = Buffer.uninitialized(parts.reduce(0) { $0 + $1.count })
    var start = 0
    for part in parts {
      whole.replace(from: start, with: part)
      start += part.count
    }
    return whole
  }
}
