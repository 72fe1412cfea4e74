import Kernels
import TensorCore

/// Adam with decoupled weight decay (Loshchilov & Hutter 2019).
///
/// m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²
/// θ ← θ (1 − η λ) − η (m / (1 − β₁ᵗ)) / (sqrt(v / (1 − β₂ᵗ)) + ε)
///
/// η: learning rate, λ: weight decay (0 where `Parameter.decays` is false), t: updates of this optimizer.
public final class AdamW: Optimizer {
  public let parameters: [Parameter]
  public let settings: OptimizerSettings
  private var stepCount = 0
  private var first: Moments
  private var second: Moments

  public init(_ parameters: [Parameter], settings: OptimizerSettings = OptimizerSettings()) {
    self.parameters = parameters
    self.settings = settings
    first = Moments("exp_avg", count: parameters.count)
    second = Moments("exp_avg_sq", count: parameters.count)
  }

  public func step(learningRate: Float, gradientScale: Float) {
    stepCount += 1
    for (index, parameter) in parameters.enumerated() {
      guard let gradient = parameter.gradient else { continue }
      let update = AdamWStep(
        learningRate: learningRate, beta1: settings.beta1, beta2: settings.beta2, epsilon: settings.epsilon,
        weightDecay: parameter.decays ? settings.weightDecay : 0, step: stepCount,
        gradientScale: gradientScale)
      Kernels.adamW(
        parameter: parameter.value.buffer, gradient: gradient,
        firstMoment: first.buffer(index, for: parameter),
        secondMoment: second.buffer(index, for: parameter), update)
    }
  }

  public var state: OptimizerState {
    var buffers: [String: Buffer] = [:]
    first.store(parameters, in: &buffers)
    second.store(parameters, in: &buffers)
    return OptimizerState(step: stepCount, buffers: buffers)
  }

  public func take(from buffers: inout [String: Buffer], step: Int) throws {
    try first.restore(parameters, from: &buffers)
    try second.restore(parameters, from: &buffers)
    stepCount = step
  }
}
