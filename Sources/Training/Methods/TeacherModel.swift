import LanguageModels
import TensorCore

/// A frozen model that says what it expects behind the tokens of a batch.
public protocol TeacherModel {
  var configuration: ModelConfiguration { get }
  /// What its weights take in memory.
  var weightBytes: Int { get }
  /// Hidden states at the rows with a label, [labels, hidden].
  func learntStates(of batch: TokenBatch) -> Tensor
  /// - Parameter hiddenStates: some of the rows that `learntStates` gives, [rows, hidden]
  /// - Returns: [rows, vocabulary]
  func logits(of hiddenStates: Tensor) -> Tensor
}

/// Where terms look into the teacher's layers.
extension Transformer: TeacherModel {
  public var weightBytes: Int { 4 * parameterCount }
  public func learntStates(of batch: TokenBatch) -> Tensor { batch.learntStates(of: self) }
}

extension FrozenTransformer: TeacherModel {
  public func learntStates(of batch: TokenBatch) -> Tensor {
    guard batch.isPlain else {
      return forward(
        tokens: batch.tokens, positions: batch.positions, spans: batch.spans, rows: batch.learntRows)
    }
    return forward(tokens: batch.tokens, documentLengths: batch.documentLengths, rows: batch.learntRows)
  }
}
