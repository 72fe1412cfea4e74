internal import CKernels
import Glibc

/// Functions applied element by element.
public enum Activation: String, CaseIterable, Sendable {
  /// x·σ(x)
  case silu
  /// x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³)))
  case geluTanh
  /// x/2·(1 + erf(x/√2))
  case geluErf
  case relu
  /// σ(x) = 1/(1 + e⁻ˣ)
  case sigmoid
  /// log σ(x)
  case logSigmoid
  /// log(1 + eˣ)
  case softplus
  case tanh
}

extension Kernels {
  /// f(x), element by element.
  public static func activation(_ kind: Activation, _ x: Buffer) -> Buffer {
    let y = Buffer.uninitialized(x.count)
    let kernels = Processor.kernels
    Threads.parallel(rows: x.count, blockSize: elementBlock / 4) { range in
      let (x, y) = (x.pointer, y.pointer)
      switch kind {
      case .silu: kernels.silu(y + range.lowerBound, x + range.lowerBound, range.count)
      case .geluTanh: for i in range { y[i] = 0.5 * x[i] * (1 + tanhf(geluArgument(x[i]))) }
      case .geluErf: for i in range { y[i] = 0.5 * x[i] * (1 + erff(x[i] * Float(0.5).squareRoot())) }
      case .relu: for i in range { y[i] = x[i] < 0 ? 0 : x[i] }
      case .sigmoid: for i in range { y[i] = 1 / (1 + expf(-x[i])) }
      case .logSigmoid: for i in range { y[i] = -softplus(-x[i]) }
      case .softplus: for i in range { y[i] = softplus(x[i]) }
      case .tanh: for i in range { y[i] = tanhf(x[i]) }
      }
    }
    return y
  }

  /// dy ⊙ f′(x).
  public static func activationPullback(_ kind: Activation, _ dy: Buffer, _ x: Buffer) -> Buffer {
    precondition(dy.count == x.count, "activationPullback: counts differ")
    let dx = Buffer.uninitialized(x.count)
    let kernels = Processor.kernels
    Threads.parallel(rows: x.count, blockSize: elementBlock / 4) { range in
      let (x, dy, dx) = (x.pointer, dy.pointer, dx.pointer)
      switch kind {
      case .silu:
        let start = range.lowerBound
        kernels.silu_pullback(dx + start, dy + start, x + start, range.count)
      case .geluTanh:
        for i in range {
          let t = tanhf(geluArgument(x[i]))
          let slope = geluScale * (1 + 3 * 0.044715 * x[i] * x[i])
          dx[i] = dy[i] * 0.5 * (1 + t + x[i] * (1 - t * t) * slope)
        }
      case .geluErf:
        for i in range {
          let area = 0.5 * (1 + erff(x[i] * Float(0.5).squareRoot()))
          let density = expf(-0.5 * x[i] * x[i]) * 0.398_942_28
          dx[i] = dy[i] * (area + x[i] * density)
        }
      case .relu: for i in range { dx[i] = x[i] > 0 ? dy[i] : 0 }
      case .sigmoid:
        for i in range {
          let sigmoid = 1 / (1 + expf(-x[i]))
          dx[i] = dy[i] * sigmoid * (1 - sigmoid)
        }
      case .logSigmoid: for i in range { dx[i] = dy[i] / (1 + expf(x[i])) }
      case .softplus: for i in range { dx[i] = dy[i] / (1 + expf(-x[i])) }
      case .tanh:
        for i in range {
          let t = tanhf(x[i])
          dx[i] = dy[i] * (1 - t * t)
        }
      }
    }
    return dx
  }

  private static var geluScale: Float { 0.797_884_56 }  // √(2/π)

  private static func geluArgument(_ x: Float) -> Float { geluScale * (x + 0.044715 * x * x * x) }

  /// log(1 + eˣ) without overflow.
  private static func softplus(_ x: Float) -> Float { max(x, 0) + log1pf(expf(-abs(x))) }
}
