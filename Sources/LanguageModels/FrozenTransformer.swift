import Kernels
import TensorCore

/// A model that never changes and reads whole documents, as a teacher does.
///
/// Its weights lie packed in the order in which products read them, without the numbers in fp32 beside them: a quarter
/// (8 bits) or half (bf16) of a `Transformer`'s memory, and nothing to pack at a step. It records nothing on the tape.
public final class FrozenTransformer: Sendable {
  public let configuration: ModelConfiguration
  /// What products multiply by.
  public let format: DecodingFormat
  private let model: PackedTransformer
  private let table: RotaryTable

  /// Documents are read together up to this many tokens: what a layer computes of them stays in the processor's caches.
  private static let tokensAtOnce = 512

  /// A copy of a model in memory.
  public convenience init(_ model: Transformer, format: DecodingFormat) {
    self.init(
      PackedTransformer(
        model, format: format, cache: format.cachePrecision,
        contextLength: model.configuration.maximumPositions), format)
  }

  /// Packs the weights as they are read.
  ///
  /// - Throws: as `Generator.init(reading:)`.
  public convenience init(reading model: StoredModel, format: DecodingFormat) throws {
    self.init(
      try model.packed(
        format, cache: format.cachePrecision, contextLength: try model.configuration().maximumPositions),
      format)
  }

  private init(_ model: PackedTransformer, _ format: DecodingFormat) {
    configuration = model.configuration
    self.format = format
    self.model = model
    table = configuration.rotary.table(positionCount: configuration.maximumPositions)
  }

  /// What the weights take.
  public var weightBytes: Int { Int(Double(configuration.parameterCount) * format.bytesPerWeight) }

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
    requireShape(
      documentLengths.allSatisfy { $0 <= configuration.maximumPositions },
      "forward: a document of \(documentLengths.max() ?? 0) tokens, context of \(configuration.maximumPositions)"
    )
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
          Array(tokens[token..<end]), lengths, chosen: rows[first..<row].map { $0 - Int32(token) })
        states.replace(from: first * configuration.hiddenSize, with: part)
      }
      token = end
    }
    return Tensor([rows.count, configuration.hiddenSize], states)
  }

  /// - Returns: [chosen, hidden]
  private func read(_ tokens: [Int32], _ lengths: [Int], chosen: [Int32]) -> Buffer {
    model.states(
      tokens: tokens, positions: lengths.flatMap { 0..<Int32($0) },
      reach: .documents(lengths: lengths, precision: format == .fp32 ? .fp32 : .bf16), chosen: chosen,
      table: table)
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
