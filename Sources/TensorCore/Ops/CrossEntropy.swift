import Kernels

/// The negative log-probability of the labels, by a fused log-softmax.
///
/// ℓ = (1 − s) (−log p[label]) + s mean over classes of −log p, p = softmax(logits);
/// dlogits = p − (1 − s) onehot(label) − s / classes    (s: label smoothing, Szegedy et al. 2016)
///
/// - Parameters: `logits` [..., classes]; `labels`, one per row, −100 where the row is ignored (no loss, no gradient);
///   `labelSmoothing` in 0..<1.
/// - Returns: a scalar, or [rows] when `reduction` is `.none`. The mean of no labels at all is 0.
public func crossEntropy(
  _ logits: Tensor, labels: [Int32], labelSmoothing: Float = 0, reduction: Reduction = .mean
) -> Tensor {
  requireLabels(labels, logits, op: "crossEntropy")
  let (losses, dLogits) = Kernels.crossEntropy(
    logits.buffer, labels: labels, rows: logits.rows, columns: logits.columns, labelSmoothing: labelSmoothing)
  return .reducing(
    .crossEntropy, losses: losses, gradients: dLogits, of: logits,
    counted: labels.count { $0 != ignoredLabel }, reduction)
}

extension OpCheck {
  static var crossEntropies: [OpCheck] {
    [(Reduction.mean, Float(0)), (.sum, 0.1), (.none, 0), (.dividedBy(7), 0.2)].map { reduction, smoothing in
      OpCheck(.crossEntropy, .normal([4, 6])) {
        TensorCore.crossEntropy(
          $0[0], labels: [5, -100, 0, 3], labelSmoothing: smoothing, reduction: reduction)
      }
    }
  }
}
