internal import CKernels
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
    precondition(logits.count == rows * columns && labels.count == rows, "crossEntropy: shapes differ")
    for label in labels {
      precondition(
        label == ignoredLabel || (label >= 0 && Int(label) < columns),
        "crossEntropy: a label is beyond the vocabulary")
    }
    let losses = Buffer.uninitialized(rows)
    let dLogits = Buffer.uninitialized(logits.count)
    let kernels = Processor.kernels
    labels.withUnsafeBufferPointer { labels in
      Threads.parallel(rows: rows, blockSize: vocabularyBlock(columns)) { range in
        let row = range.lowerBound
        kernels.cross_entropy(
          losses.pointer + row, dLogits.pointer + row * columns, logits.pointer + row * columns,
          labels.baseAddress! + row, range.count, columns, labelSmoothing)
      }
    }
    return (losses, dLogits)
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
