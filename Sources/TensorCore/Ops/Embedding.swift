import Kernels

/// Looks up one row of `table` for each token.
///
/// y[i] = E[ids[i]];  dE[id] = Σ of dy[i] over all i with ids[i] = id
///
/// - Parameters: `ids` [tokens], each in 0..<vocabulary (checked); `table` [vocabulary, hidden].
/// - Returns: [tokens, hidden]
public func embedding(_ ids: [Int32], table: Tensor) -> Tensor {
  requireShape(table.shape.count == 2, "embedding: table \(table.shape)")
  let (vocabulary, hidden) = (table.shape[0], table.shape[1])
  requireRows(ids, below: vocabulary, op: "embedding")
  let y = Kernels.gather(table.buffer, ids: ids, columns: hidden)
  return .recording(.embedding, Tensor([ids.count, hidden], y), inputs: [table]) { dy in
    let dTable = Buffer.zeros(vocabulary * hidden)
    Kernels.scatterAdd(into: dTable, dy.buffer, ids: ids, columns: hidden)
    return [Tensor(table.shape, dTable)]
  }
}

/// Stops when an index lies outside 0..<count.
func requireRows(_ indices: [Int32], below count: Int, op: String) {
  for index in indices where index < 0 || Int(index) >= count {
    requireShape(false, "\(op): index \(index) outside 0..<\(count)")
  }
}

extension OpCheck {
  static var embedding: OpCheck {
    OpCheck(.embedding, .normal([5, 3])) { TensorCore.embedding([1, 4, 1, 0], table: $0[0]) }
  }
}
