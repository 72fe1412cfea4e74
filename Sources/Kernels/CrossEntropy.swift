import Glibc

extension Kernels {
  /// The label of a position that has no loss.
  public static let ignoredLabel: Int32 = -100

  /// −log softmax(logits)[label] for each row, and its gradient.
  ///
  /// With label smoothing s the target is (1 − s) on the label plus s/columns everywhere.
  /// - Parameters: `logits` [rows, columns]; `labels` [rows], −100 for none.
  /// - Returns: `losses` [rows], 0 where the label is −100; `dLogits` [rows, columns], each row the gradient of its
  ///   own loss (zeros where there is none): not divided by any count.
  public static func crossEntropy(
    _ logits: Buffer, labels: [Int32], rows: Int, columns: Int, labelSmoothing: Float = 0
  ) -> (losses: Buffer, dLogits: Buffer) {
    PlainKernels.crossEntropy(
      logits, labels: labels, rows: rows, columns: columns, labelSmoothing: labelSmoothing)
  }
}

extension PlainKernels {
  public static func crossEntropy(
    _ logits: Buffer, labels: [Int32], rows: Int, columns: Int, labelSmoothing: Float = 0
  ) -> (losses: Buffer, dLogits: Buffer) {
    precondition(logits.count == rows * columns && labels.count == rows, "crossEntropy: shapes differ")
    let losses = Buffer.zeros(rows)
    let dLogits = Buffer.zeros(logits.count)
    let uniform = Double(labelSmoothing) / Double(max(columns, 1))
    for row in 0..<rows where labels[row] != Kernels.ignoredLabel {
      let label = Int(labels[row])
      precondition(label >= 0 && label < columns, "crossEntropy: a label is beyond the vocabulary")
      let (x, dx) = (logits.pointer + row * columns, dLogits.pointer + row * columns)
      let logSumExp = logSumExp(x, columns)
      var loss = (1 - Double(labelSmoothing)) * (logSumExp - Double(x[label]))
      for i in 0..<columns {
        let logProbability = Double(x[i]) - logSumExp
        loss -= uniform * logProbability
        dx[i] = Float(exp(logProbability) - uniform)
      }
      dx[label] -= 1 - labelSmoothing
      losses.pointer[row] = Float(loss)
    }
    return (losses, dLogits)
  }
}
