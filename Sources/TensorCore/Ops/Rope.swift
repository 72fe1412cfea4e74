import Kernels

/// Turns each pair of a head's elements by an angle that grows with the token's position.
///
/// (y₁, y₂) = (x₁ cos θ − x₂ sin θ, x₂ cos θ + x₁ sin θ), θ = position · frequency of the pair    (Su et al. 2021)
///
/// `convention` says which elements form a pair: halves of the head (Llama, Qwen), neighbours (GPT-J), or neighbours
/// on input and halves on output (DeepSeek-V3). The gradient turns back by the same angle.
///
/// - Parameters: `x` [tokens, heads · headDimension] or [tokens, heads, headDimension]; `positions` [tokens], each
///   below the table's positions; `table` for this head dimension.
/// - Returns: the shape of `x`.
public func rope(
  _ x: Tensor, table: RotaryTable, positions: [Int32], heads: Int, convention: RotaryConvention = .half
) -> Tensor {
  let headDimension = x.shape.dropFirst().reduce(1, *) / max(1, heads)
  requireShape(
    x.shape.first == positions.count && heads > 0 && x.count == positions.count * heads * headDimension
      && headDimension.isMultiple(of: 2) && table.cos.count.isMultiple(of: max(1, headDimension / 2)),
    "rope: x \(x.shape), \(positions.count) positions, \(heads) heads, a table of \(table.cos.count) cosines")
  requireRows(positions, below: table.cos.count / max(1, headDimension / 2), op: "rope")
  func turn(_ buffer: Buffer, inverse: Bool) -> Tensor {
    Tensor(
      x.shape,
      Kernels.rope(
        buffer, table, positions: positions, heads: heads, headDimension: headDimension,
        convention: convention, inverse: inverse))
  }
  return .recording(.rope, turn(x.buffer, inverse: false), inputs: [x]) { dy in
    [turn(dy.buffer, inverse: true)]
  }
}

extension OpCheck {
  static var ropes: [OpCheck] {
    [RotaryConvention.half, .interleaved, .deepseekInterleave].map { convention in
      OpCheck(.rope, .normal([3, 2 * 8])) {
        let rotary = RotaryEmbedding(headDimension: 8, theta: 100, scaling: .none)
        return TensorCore.rope(
          $0[0], table: rotary.table(positionCount: 8), positions: [0, 7, 3], heads: 2, convention: convention
        )
      }
    }
  }
}
