internal import CKernels
import Glibc

/// The numbers of one AdamW update.
public struct AdamWStep: Sendable {
  public var learningRate: Float
  public var beta1: Float
  public var beta2: Float
  public var epsilon: Float
  public var weightDecay: Float
  /// Counts from 1.
  public var step: Int
  /// Multiplies the gradient first: how clipping by the global norm is applied.
  public var gradientScale: Float

  public init(
    learningRate: Float, beta1: Float = 0.9, beta2: Float = 0.95, epsilon: Float = 1e-8,
    weightDecay: Float = 0,
    step: Int, gradientScale: Float = 1
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.step = step
    self.gradientScale = gradientScale
  }
}

extension Kernels {
  /// One AdamW update of `parameter`, `firstMoment` and `secondMoment`, in place    (Loshchilov & Hutter 2019)
  ///
  /// m ← β₁m + (1−β₁)g;  v ← β₂v + (1−β₂)g²;  p ← p·(1 − ηλ) − η·m̂ / (√v̂ + ε), m̂ and v̂ without their bias to zero.
  public static func adamW(
    parameter: Buffer, gradient: Buffer, firstMoment: Buffer, secondMoment: Buffer, _ update: AdamWStep
  ) {
    let count = parameter.count
    precondition(
      gradient.count == count && firstMoment.count == count && secondMoment.count == count,
      "adamW: counts differ")
    var numbers = swiftlet_adamw(
      learning_rate: update.learningRate, beta1: update.beta1, beta2: update.beta2, epsilon: update.epsilon,
      decay: update.weightDecay, gradient_scale: update.gradientScale,
      first_correction: Float(1 / (1 - pow(Double(update.beta1), Double(update.step)))),
      second_correction: Float(1 / (1 - pow(Double(update.beta2), Double(update.step))).squareRoot()))
    let kernels = Processor.kernels
    withUnsafePointer(to: &numbers) { numbers in
      Threads.parallel(rows: count, blockSize: elementBlock) { range in
        let start = range.lowerBound
        kernels.adamw(
          parameter.pointer + start, gradient.pointer + start, firstMoment.pointer + start,
          secondMoment.pointer + start, range.count, numbers)
      }
    }
  }

  /// One step of gradient descent with momentum, in place.
  ///
  /// g ← scale·g + λp;  b ← μb + g (b = g at step 1);  p ← p − η·b, or with Nesterov p − η·(g + μb).
  /// - Parameters: `velocity` is b, and may be nil when the momentum is 0.
  public static func sgd(
    parameter: Buffer, gradient: Buffer, velocity: Buffer?, learningRate: Float, momentum: Float = 0,
    weightDecay: Float = 0, nesterov: Bool = false, step: Int = 2, gradientScale: Float = 1
  ) {
    precondition(parameter.count == gradient.count, "sgd: counts differ")
    precondition(momentum == 0 || velocity?.count == parameter.count, "sgd: momentum needs a velocity")
    Threads.parallel(rows: parameter.count, blockSize: elementBlock) { range in
      let (p, g) = (parameter.pointer, gradient.pointer)
      guard momentum != 0, let b = velocity?.pointer else {
        for i in range { p[i] -= learningRate * (gradientScale * g[i] + weightDecay * p[i]) }
        return
      }
      for i in range {
        let slope = gradientScale * g[i] + weightDecay * p[i]
        b[i] = step == 1 ? slope : momentum * b[i] + slope
        p[i] -= learningRate * (nesterov ? slope + momentum * b[i] : b[i])
      }
    }
  }
}

extension PlainKernels {
  public static func adamW(
    parameter: Buffer, gradient: Buffer, firstMoment: Buffer, secondMoment: Buffer, _ update: AdamWStep
  ) {
    let count = parameter.count
    precondition(
      gradient.count == count && firstMoment.count == count && secondMoment.count == count,
      "adamW: counts differ")
    let firstCorrection = Float(1 - pow(Double(update.beta1), Double(update.step)))
    let secondCorrection = Float((1 - pow(Double(update.beta2), Double(update.step))).squareRoot())
    for i in 0..<count {
      let g = gradient.pointer[i] * update.gradientScale
      let m = update.beta1 * firstMoment.pointer[i] + (1 - update.beta1) * g
      let v = update.beta2 * secondMoment.pointer[i] + (1 - update.beta2) * g * g
      firstMoment.pointer[i] = m
      secondMoment.pointer[i] = v
      let change = m / firstCorrection / (v.squareRoot() / secondCorrection + update.epsilon)
      parameter.pointer[i] =
        parameter.pointer[i] * (1 - update.learningRate * update.weightDecay) - update.learningRate * change
    }
  }
}
