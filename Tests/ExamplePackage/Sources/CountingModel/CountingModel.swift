import Kernels
import LanguageModels
import TensorCore
import Training

/// A transformer of two layers that learns to count from 0 to 15.
public enum CountingModel {
  /// - Returns: the loss in nats per token before and after `steps` updates.
  public static func train(steps: Int) throws -> (before: Float, after: Float) {
    let configuration = ModelConfiguration(
      vocabularySize: 16, hiddenSize: 16, intermediateSize: 32, layerCount: 2, queryHeadCount: 2)
    var random = SeededRandom(seed: 1)
    let model = try Transformer(configuration, using: &random)
    let optimizer = AdamW(model.parameters)
    func loss() -> Tensor {
      let hidden = model.forward(tokens: Array(0..<15), documentLengths: [15])
      return crossEntropy(model.logits(of: hidden), labels: Array(1..<16))
    }
    let before = withoutGradient { loss().item }
    for _ in 0..<steps {
      loss().backward()
      optimizer.step(learningRate: 1e-2)
      optimizer.clearGradients()
    }
    return (before, withoutGradient { loss().item })
  }
}
