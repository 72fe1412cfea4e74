import Kernels
import TensorCore

/// Stochastic gradient descent with momentum, as torch defines it.
///
/// g ← g + λ θ;  b ← g at the first update, then μ b + g;  θ ← θ − η (g + μ b with Nesterov's form, else b)
///
/// λ is coupled weight decay (0 where `Parameter.decays` is false), μ the momentum; with μ = 0 the step is −η g.
public final class SGD: Optimizer {
  public let parameters: [Parameter]
  public let settings: OptimizerSettings
  private var stepCount = 0
  private var momenta: Moments

  public init(_ parameters: [Parameter], settings: OptimizerSettings = OptimizerSettings()) {
    self.parameters = parameters
    self.settings = settings
    momenta = Moments("momentum_buffer", count: parameters.count)
  }

  public func step(learningRate: Float, gradientScale: Float) {
    stepCount += 1
    let momentum = settings.momentum ?? 0
    for (index, parameter) in parameters.enumerated() {
      guard var direction = parameter.gradient else { continue }
      if gradientScale != 1 { Kernels.scaleInPlace(direction, gradientScale) }
      let value = parameter.value.buffer
      if parameter.decays, settings.weightDecay != 0 {
        direction = direction.copy()
        Kernels.addInto(direction, value, scale: settings.weightDecay)
      }
      if momentum != 0 {
        let velocity: Buffer
        if let previous = momenta[index] {
          velocity = Kernels.scale(previous, momentum)
          Kernels.addInto(velocity, direction, scale: 1)
        } else {
          velocity = direction.copy()
        }
        momenta[index] = velocity
        if settings.nesterov ?? false {
          direction = direction.copy()
          Kernels.addInto(direction, velocity, scale: momentum)
        } else {
          direction = velocity
        }
      }
      Kernels.addInto(value, direction, scale: -learningRate)
    }
  }

  public var state: OptimizerState {
    var buffers: [String: Buffer] = [:]
    momenta.store(parameters, in: &buffers)
    return OptimizerState(step: stepCount, buffers: buffers)
  }

  public func take(from buffers: inout [String: Buffer], step: Int) throws {
    try momenta.restore(parameters, from: &buffers)
    stepCount = step
  }
}
