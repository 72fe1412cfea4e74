import Kernels

/// A frozen copy of a model's weights in the order in which products read them. It records nothing on the tape.
///
/// Query, key and value projections are one product, as are gate and up. Every row's result depends on its token, its
/// position and what it attends to alone: its slot's cache, or its document.
final class PackedTransformer: Sendable {
  struct Projection: Sendable {
    let weight: PackedMatrix
    let bias: Buffer?

    /// - Parameter parts: maps of the same inputs, whose outputs come side by side.
    init(_ parts: [LanguageModels.Projection], _ format: DecodingFormat) {
      let (inputs, outputs) = (parts[0].inputs, parts.map(\.outputs))
      let matrices = parts.map { part in
        part.isTransposed
          ? Kernels.transposed(part.mergedWeight, rows: inputs, columns: part.outputs) : part.mergedWeight
      }
      weight = format.packed(rows: outputs.reduce(0, +), columns: inputs) { rows in
        var (pieces, first): ([Buffer], Int) = ([], 0)
        for (matrix, count) in zip(matrices, outputs) {
          let part = rows.clamped(to: first..<first + count)
          let range = (part.lowerBound - first) * inputs..<(part.upperBound - first) * inputs
          if !range.isEmpty { pieces.append(range.count == matrix.count ? matrix : matrix.slice(range)) }
          first += count
        }
        return pieces.count == 1 ? pieces[0] : Buffer.joining(pieces)
      }
      bias = parts[0].bias == nil ? nil : Buffer.joining(parts.compactMap { $0.bias?.value.buffer })
    }

    /// - Parameter x: [rows, inputs]
    /// - Returns: [rows, outputs]
    func callAsFunction(_ x: Buffer, rows: Int) -> Buffer {
      let y = Buffer.uninitialized(rows * weight.rows)
      Kernels.matmul(x, weight, m: rows, into: y)
      return bias.map { Kernels.addRowBias(y, $0, rows: rows) } ?? y
    }

    var byteCount: Int { weight.byteCount + (bias?.byteCount ?? 0) }

    /// Adds the projection of `x` to `residual`.
    func add(_ x: Buffer, to residual: Buffer, rows: Int) -> Buffer {
      Kernels.matmul(x, weight, m: rows, into: residual, accumulate: true)
      return bias.map { Kernels.addRowBias(residual, $0, rows: rows) } ?? residual
    }
  }

  struct Norm: Sendable {
    let weight: Buffer
    /// nil for an RMSNorm.
    let bias: Buffer?
    let epsilon: Float

    init(_ norm: LanguageModels.Norm) {
      weight = norm.weight.value.buffer.copy()
      bias = norm.bias?.value.buffer.copy()
      epsilon = norm.epsilon
    }

    var byteCount: Int { weight.byteCount + (bias?.byteCount ?? 0) }

    func callAsFunction(_ x: Buffer, rows: Int) -> Buffer {
      guard let bias else { return Kernels.rmsNorm(x, weight: weight, rows: rows, epsilon: epsilon).y }
      return Kernels.layerNorm(x, weight: weight, bias: bias, rows: rows, epsilon: epsilon).y
    }
  }

  struct Layer: Sendable {
    enum FeedForward: Sendable {
      /// down · (silu(gate) ⊙ up)
      case swiGLU(gateUp: Projection, down: Projection)
      /// down · gelu(up), in its tanh form
      case gelu(up: Projection, down: Projection)
    }

    let inputNorm, feedForwardNorm: Norm
    /// Over each head of queries and keys; nil where the family has none.
    var queryNorm: Buffer?
    var keyNorm: Buffer?
    let queryKeyValue, output: Projection
    let feedForward: FeedForward

    var byteCount: Int {
      let projections =
        switch feedForward {
        case .swiGLU(let gateUp, let down): [queryKeyValue, output, gateUp, down]
        case .gelu(let up, let down): [queryKeyValue, output, up, down]
        }
      return projections.reduce(inputNorm.byteCount + feedForwardNorm.byteCount) { $0 + $1.byteCount }
        + (queryNorm?.byteCount ?? 0) + (keyNorm?.byteCount ?? 0)
    }
  }

  /// The vector of each token.
  enum TokenTable: Sendable {
    /// [vocabulary, hidden]
    case floats(Buffer)
    case stored(StoredTable)

    /// - Returns: [tokens, hidden]
    func gather(_ tokens: [Int32], hidden: Int) -> Buffer {
      switch self {
      case .floats(let table): Kernels.gather(table, ids: tokens, columns: hidden)
      case .stored(let table): table.gather(tokens)
      }
    }
  }

  let configuration: ModelConfiguration
  let cachePrecision: CachePrecision
  let embedding: TokenTable
  /// [positions, hidden]; nil where heads are turned by positions instead.
  let positionTable: Buffer?
  let layers: [Layer]
  let finalNorm: Norm
  let head: PackedMatrix
  /// Turns nothing: the table of layers without positions, as long as the model's own.
  private let still: RotaryTable

  /// - Parameter contextLength: the positions of the tables that `logits` is given; 0 where it is never called.
  init(
    _ configuration: ModelConfiguration, cache: CachePrecision, contextLength: Int, embedding: TokenTable,
    positionTable: Buffer?, layers: [Layer], finalNorm: Norm, head: PackedMatrix
  ) {
    self.configuration = configuration
    cachePrecision = cache
    self.embedding = embedding
    self.positionTable = positionTable
    self.layers = layers
    self.finalNorm = finalNorm
    self.head = head
    let turnsAll = layers.indices.allSatisfy(configuration.turnsHeads)
    let turns = turnsAll ? 0 : contextLength * configuration.headDimension / 2
    still = RotaryTable(cos: .repeating(1, count: turns), sin: .zeros(turns))
  }

  /// A copy of a model in memory.
  convenience init(_ model: Transformer, format: DecodingFormat, cache: CachePrecision, contextLength: Int) {
    let configuration = model.configuration
    self.init(
      configuration, cache: cache, contextLength: contextLength,
      embedding: .floats(model.embedding.value.buffer.copy()),
      positionTable: model.positionTable?.value.buffer.copy(), layers: model.layers.map { $0.packed(format) },
      finalNorm: Norm(model.finalNorm),
      head: format.packed(rows: configuration.vocabularySize, columns: configuration.hiddenSize) {
        let hidden = configuration.hiddenSize
        return model.outputWeight.value.buffer.slice($0.lowerBound * hidden..<$0.upperBound * hidden)
      })
  }

  /// What the weights take.
  var weightBytes: Int {
    let table =
      switch embedding {
      case .floats(let buffer): buffer.byteCount
      case .stored(let table): table.byteCount
      }
    return layers.reduce(
      table + head.byteCount + finalNorm.byteCount + (positionTable?.byteCount ?? 0)
    ) { $0 + $1.byteCount }
  }

  /// Empty caches, one per layer.
  func caches(slots: Int, capacity: Int) -> [KeyValueCache] {
    layers.map { _ in
      KeyValueCache(
        slots: slots, capacity: capacity, queryHeads: configuration.queryHeadCount,
        keyValueHeads: configuration.keyValueHeadCount, headDimension: configuration.headDimension,
        precision: cachePrecision, window: configuration.slidingWindow)
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
      let heads = columnsOf(qkv, from: first, count: columns, rows: rows)
      let normed = Kernels.rmsNorm(
        heads, weight: norm, rows: heads.count / configuration.headDimension,
        epsilon: configuration.rmsNormEpsilon
      ).y
      Kernels.copyColumns(
        normed, width: columns, from: 0, into: qkv, width: width, at: first, columns: columns, rows: rows)
    }
    return qkv
  }

  /// Some of the columns of queries, keys and values, [rows, count].
  private func columnsOf(_ qkv: Buffer, from first: Int, count: Int, rows: Int) -> Buffer {
    let part = Buffer.uninitialized(rows * count)
    Kernels.copyColumns(
      qkv, width: configuration.querySize + 2 * configuration.keyValueSize, from: first, into: part,
      width: count,
      at: 0, columns: count, rows: rows)
    return part
  }

  /// What the rows of a pass attend to.
  enum Reach {
    /// Each its own slot up to its own position; the positions before are in the cache, one for each layer, or among
    /// the rows.
    case slots([Int32], of: [KeyValueCache])
    /// Each what its span says; what they see stands whole among the rows.
    case spans(AttentionSpans, precision: Precision)
  }

  /// Attention of the rows `chosen`, or of all.
  ///
  /// - Parameter qkv: queries, keys and values of all rows.
  /// - Returns: [chosen, querySize]
  private func mixed(
    _ qkv: Buffer, layer: Int, reach: Reach, positions: [Int32], chosen: [Int32]?, table: RotaryTable
  ) -> Buffer {
    let (queries, keys) = (configuration.querySize, configuration.keyValueSize)
    func rowsChosen(of x: Buffer) -> Buffer {
      chosen.map { Kernels.gather(x, ids: $0, columns: queries) } ?? x
    }
    switch reach {
    case .slots(let slots, let caches):
      let turning = configuration.turnsHeads(layer: layer) ? table : still
      let q = Kernels.place(qkv, in: caches[layer], table: turning, positions: positions, slots: slots)
      func chosenOnes(of numbers: [Int32]) -> [Int32] { chosen?.map { numbers[Int($0)] } ?? numbers }
      return Kernels.attend(
        rowsChosen(of: q), to: caches[layer], positions: chosenOnes(of: positions),
        slots: chosenOnes(of: slots))
    case .spans(let spans, let precision):
      func turned(from first: Int, heads: Int) -> Buffer {
        let count = heads * configuration.headDimension
        let part = columnsOf(qkv, from: first, count: count, rows: positions.count)
        guard configuration.turnsHeads(layer: layer) else { return part }
        return Kernels.rope(
          part, table, positions: positions, heads: heads, headDimension: configuration.headDimension)
      }
      func seen(_ x: Buffer) -> Buffer {
        spans.keyTokens.map { Kernels.gather(x, ids: $0, columns: keys) } ?? x
      }
      return rowsChosen(
        of: Kernels.attention(
          turned(from: 0, heads: configuration.queryHeadCount),
          seen(turned(from: queries, heads: configuration.keyValueHeadCount)),
          seen(columnsOf(qkv, from: queries + keys, count: keys, rows: positions.count)), spans: spans,
          queryHeads: configuration.queryHeadCount, keyValueHeads: configuration.keyValueHeadCount,
          headDimension: configuration.headDimension, precision: precision
        ).y)
    }
  }

  /// Runs the tokens through all layers and gives the states of the rows `chosen` after the final norm; the last layer
  /// is finished for those alone.
  ///
  /// - Parameters: `tokens`, `positions` [rows].
  /// - Returns: [chosen, hidden]
  func states(
    tokens: [Int32], positions: [Int32], reach: Reach, chosen: [Int32], table: RotaryTable
  ) -> Buffer {
    let hidden = configuration.hiddenSize
    var rows = tokens.count
    var x = embedding.gather(tokens, hidden: hidden)  // [rows, hidden]
    if let positionTable {
      x = Kernels.add(x, Kernels.gather(positionTable, ids: positions, columns: hidden))
    }
    for (index, layer) in layers.enumerated() {
      let a = layer.inputNorm(x, rows: rows)
      let isLast = index == layers.count - 1
      // [rows, querySize]
      let mixed = mixed(
        normalizedHeads(layer.queryKeyValue(a, rows: rows), layer, rows: rows), layer: index, reach: reach,
        positions: positions, chosen: isLast ? chosen : nil, table: table)
      if isLast {
        x = Kernels.gather(x, ids: chosen, columns: hidden)
        rows = chosen.count
      }
      x = layer.output.add(mixed, to: x, rows: rows)
      let b = layer.feedForwardNorm(x, rows: rows)
      switch layer.feedForward {
      case .swiGLU(let gateUp, let down):
        let inner = Kernels.swiGLU(
          rows: gateUp(b, rows: rows), width: configuration.intermediateSize)  // [rows, intermediate]
        x = down.add(inner, to: x, rows: rows)
      case .gelu(let up, let down):
        x = down.add(Kernels.activation(.geluTanh, up(b, rows: rows)), to: x, rows: rows)
      }
    }
    return finalNorm(x, rows: rows)
  }

  /// The logits of the rows `chosen`, each of which sees its own slot up to its own position.
  ///
  /// - Parameter slots: [rows]
  /// - Returns: [chosen, vocabulary]
  func logits(
    tokens: [Int32], positions: [Int32], slots: [Int32], chosen: [Int32], caches: [KeyValueCache],
    table: RotaryTable
  ) -> Buffer {
    let states = states(
      tokens: tokens, positions: positions, reach: .slots(slots, of: caches), chosen: chosen, table: table)
    return logits(of: states, rows: chosen.count)
  }

  /// - Parameter states: of `rows` tokens, [rows, hidden]
  /// - Returns: [rows, vocabulary]
  func logits(of states: Buffer, rows: Int) -> Buffer {
    let logits = Buffer.uninitialized(rows * configuration.vocabularySize)
    Kernels.matmul(states, head, m: rows, into: logits)
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
