import Kernels
import TensorCore

/// A model that never changes and reads whole documents, as a teacher does.
///
/// The weights of its products lie packed in the order in which they are read, without the numbers in fp32 beside them: a
/// quarter (8 bits) or half (bf16) of what a `Transformer` holds of them, and nothing to pack at a step. The table of tokens
/// stays beside them as it was stored. It records nothing on the tape.
public final class FrozenTransformer {
  public let configuration: ModelConfiguration
  /// What products multiply by.
  public let format: DecodingFormat
  private let model: PackedTransformer
  private var table: GrowingRotaryTable

  /// Documents are read together up to this many tokens: what a layer computes of them stays in the processor's caches.
  private static let tokensAtOnce = 512

  /// A copy of a model in memory, which must fit the format (`DecodingFormat.requireFit`).
  public convenience init(_ model: Transformer, format: DecodingFormat) {
    self.init(
      PackedTransformer(model, format: format, cache: format.cachePrecision, contextLength: 0), format)
  }

  /// Packs the weights as they are read.
  ///
  /// - Throws: as `Generator.init(reading:)`.
  public convenience init(reading model: StoredModel, format: DecodingFormat) throws {
    self.init(try model.packed(format, cache: format.cachePrecision, contextLength: 0), format)
  }

  private init(_ model: PackedTransformer, _ format: DecodingFormat) {
    configuration = model.configuration
    self.format = format
    self.model = model
    table = GrowingRotaryTable(configuration)
  }

  /// What the weights take.
  public var weightBytes: Int { model.weightBytes }

  /// Hidden states after the final norm of causal documents that do not see each other.
  ///
  /// - Parameters:
  ///   - tokens: ids below the vocabulary size, [tokens]
  ///   - documentLengths: each at most `maximumPositions`, together as many as there are tokens
  ///   - rows: the tokens whose states are wanted, ascending
  /// - Returns: [rows, hidden]
  public func forward(tokens: [Int32], documentLengths: [Int], rows: [Int32]) -> Tensor {
    requireShape(
      tokens.count == documentLengths.reduce(0, +),
      "forward: \(tokens.count) tokens, documents of \(documentLengths)")
    let states = Buffer.uninitialized(rows.count * configuration.hiddenSize)
    var (document, token, row) = (0, 0, 0)
    while document < documentLengths.count {
      var (lengths, end): ([Int], Int) = ([], token)
      repeat {
        lengths.append(documentLengths[document])
        end += documentLengths[document]
        document += 1
      } while document < documentLengths.count && end + documentLengths[document] - token <= Self.tokensAtOnce
      let first = row
      while row < rows.count, Int(rows[row]) < end { row += 1 }
      if row > first {
        let part = read(
          Array(tokens[token..<end]), positions: lengths.flatMap { 0..<Int32($0) },
          .causal(documentLengths: lengths), chosen: rows[first..<row].map { $0 - Int32(token) })
        states.replace(from: first * configuration.hiddenSize, with: part)
      }
      token = end
    }
    return Tensor([rows.count, configuration.hiddenSize], states)
  }

  /// Hidden states after the final norm of texts that may branch, all read at once.
  ///
  /// - Parameters:
  ///   - tokens: ids below the vocabulary size, [tokens]
  ///   - positions: each token's place in its document, below `maximumPositions`, [tokens]
  ///   - spans: the tokens that each token sees
  ///   - rows: the tokens whose states are wanted, in any order, also several times
  /// - Returns: [rows, hidden]
  public func forward(
    tokens: [Int32], positions: [Int32], spans: AttentionSpans, rows: [Int32]
  ) -> Tensor {
    requireShape(
      tokens.count == positions.count && tokens.count == spans.queryCount,
      "forward: \(tokens.count) tokens, \(positions.count) positions, \(spans.queryCount) spans")
    return Tensor(
      [rows.count, configuration.hiddenSize], read(tokens, positions: positions, spans, chosen: rows))
  }

  /// - Returns: [chosen, hidden]
  private func read(_ tokens: [Int32], positions: [Int32], _ spans: AttentionSpans, chosen: [Int32]) -> Buffer
  {
    model.states(
      tokens: tokens, positions: positions,
      reach: .spans(
        configuration.slidingWindow.map { spans.keepingLast($0) } ?? spans,
        precision: format == .fp32 ? .fp32 : .bf16), chosen: chosen,
      table: table.covering(Int(positions.max() ?? -1) + 1))
  }

  /// Scores of every next token.
  ///
  /// - Parameter hiddenStates: [rows, hidden], from `forward`, or some of its rows
  /// - Returns: [rows, vocabulary]
  public func logits(of hiddenStates: Tensor) -> Tensor {
    Tensor(
      [hiddenStates.rows, configuration.vocabularySize],
      model.logits(of: hiddenStates.buffer, rows: hiddenStates.rows))
  }
}
