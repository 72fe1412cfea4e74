import Kernels

/// How the losses of the rows become one number.
public enum Reduction: Sendable, Equatable {
  /// No reduction: the result is [rows], with 0 in ignored rows.
  case none
  /// Divided by the number of rows that are not ignored; 0 when all are.
  case mean
  case sum
  /// The sum divided by a count of the caller's, such as the tokens of a whole step of several micro-batches.
  case dividedBy(Float)
}

extension Tensor {
  /// Reduces per-row losses whose gradients with respect to `input` are known already.
  ///
  /// L = f Σ ℓ_r with f = 1, 1/counted or 1/n;  dx_r = dL f ∂ℓ_r/∂x_r
  ///
  /// - Parameters: `losses` [rows]; `counted`, the number of rows that are not ignored; `gradients`, the shape of
  ///   `input`, holds ∂ℓ_r/∂x_r in row r.
  static func reducing(
    _ op: OpName, losses: Buffer, gradients: Buffer, of input: Tensor, counted: Int, _ reduction: Reduction
  ) -> Tensor {
    let factor: Float
    switch reduction {
    case .none:
      return .recording(op, Tensor([losses.count], losses), inputs: [input]) { dy in
        [Tensor(input.shape, Kernels.scaleRows(gradients, dy.buffer))]
      }
    case .mean: factor = 1 / Float(max(1, counted))
    case .sum: factor = 1
    case .dividedBy(let count): factor = 1 / count
    }
    let total = Tensor(Float(Kernels.sum(losses) * Double(factor)))
    return .recording(op, total, inputs: [input]) { dy in
      // In place: this closure runs once and holds the only reference.
      Kernels.scaleInPlace(gradients, factor * dy.item)
      return [Tensor(input.shape, gradients)]
    }
  }
}

/// The label of a row that takes no part in a loss: −100.
public let ignoredLabel = Kernels.ignoredLabel

/// Stops when a label is neither a class nor ignored, or when there is not one label per row.
func requireLabels(_ labels: [Int32], _ logits: Tensor, op: String) {
  requireShape(labels.count == logits.rows, "\(op): logits \(logits.shape), \(labels.count) labels")
  for label in labels where label != ignoredLabel && (label < 0 || Int(label) >= logits.columns) {
    requireShape(false, "\(op): label \(label) is neither in 0..<\(logits.columns) nor \(ignoredLabel)")
  }
}
