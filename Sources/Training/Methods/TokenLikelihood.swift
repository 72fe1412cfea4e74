import Kernels
import LanguageModels
import Objectives
import TensorCore

/// The log-probabilities of a batch's labels, and the way back from a slope in each of them.
///
/// The trunk runs once. Its output goes through the output layer twice, in blocks of rows: for the log-probabilities, from
/// which a loss and its slopes follow, and for the gradient of Σ slope · log π.
struct TokenLikelihood {
  /// Divides the logits.
  var temperature: Float = 1
  /// Rows whose logits exist at once; as `rows(for:)` has it when nil.
  var blockRows: Int?

  /// 512, and of a large vocabulary as many as take 64 MiB: several copies of them stand beside each other.
  private func rows(for model: any TeacherModel) -> Int {
    blockRows ?? max(64, min(512, (1 << 24) / max(1, model.configuration.vocabularySize) / 64 * 64))
  }

  /// Off the tape.
  ///
  /// - Parameters: `hidden` [labels, hidden]; `labels` [labels].
  /// - Returns: [labels] each; entropies only when asked for.
  func measure(
    _ hidden: Tensor, _ model: any TeacherModel, _ labels: [Int32], withEntropy: Bool = false
  ) -> (logProbabilities: [Double], entropies: [Double]) {
    withoutGradient {
      var logProbabilities: [Double] = []
      var entropies: [Double] = []
      let blockRows = rows(for: model)
      for first in stride(from: 0, to: labels.count, by: blockRows) {
        let range = first..<min(labels.count, first + blockRows)
        let logits = model.logits(of: slice(hidden.detached(), rows: range))
        let chosen = labelLogProbabilities(logits, labels: Array(labels[range]), temperature: temperature)
        logProbabilities += chosen.values.map(Double.init)
        if withEntropy { entropies += Objectives.entropies(logits, temperature: temperature) }
      }
      return (logProbabilities, entropies)
    }
  }

  /// Log-probabilities [labels] of a frozen model.
  func measure(_ batch: TokenBatch, frozen model: any TeacherModel) -> [Double] {
    withoutGradient { measure(model.learntStates(of: batch), model, batch.learntLabels).logProbabilities }
  }

  /// Σ slope · log π, plus what `extra` makes of each block's logits, on the tape.
  ///
  /// - Parameters: `slopes` [labels]; `extra` gets the logits of a block and its rows.
  func weighted(
    _ hidden: Tensor, _ model: Transformer, _ labels: [Int32], slopes: [Float],
    extra: (_ logits: Tensor, _ rows: Range<Int>) -> Tensor? = { _, _ in nil }
  ) -> Tensor {
    chunkedLinearLoss(hidden, model.outputWeight(), chunkRows: rows(for: model)) { logits, range in
      let chosen = labelLogProbabilities(logits, labels: Array(labels[range]), temperature: temperature)
      let likelihood = sum(multiply(chosen, Tensor([range.count, 1], Array(slopes[range]))))
      return extra(logits, range).map { likelihood + $0 } ?? likelihood
    }
  }
}
