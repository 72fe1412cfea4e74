import Kernels
import TensorCore

/// Momentum whose matrix is made nearly orthogonal before it is applied (Jordan et al. 2024), for hidden matrices.
///
/// b ← μ b + (1 − μ) g;  u = (1 − μ) g + μ b with Nesterov's form, else b
/// θ ← θ (1 − η λ) − η′ NewtonSchulz₅(u)
///
/// η′ = η sqrt(max(1, rows/columns)) (`original`) or 0.2 η sqrt(max(rows, columns)) (`matchRMSAdamW`, Liu et al. 2025:
/// the update then has the size of an AdamW update, and both share one rate). The products of the Newton–Schulz steps take the precision
/// of the run, as in the authors' own program; all else is fp32.
public final class Muon: Optimizer {
  /// How the rate is adjusted to the shape of a matrix.
  public enum Adjustment: String, CaseIterable, Sendable {
    case original
    case matchRMSAdamW = "match_rms_adamw"

    func factor(rows: Int, columns: Int) -> Float {
      switch self {
      case .original: max(1, Float(rows) / Float(columns)).squareRoot()
      case .matchRMSAdamW: 0.2 * Float(max(rows, columns)).squareRoot()
      }
    }
  }

  public let parameters: [Parameter]
  public let settings: OptimizerSettings
  private var stepCount = 0
  private var momenta: Moments

  public init(_ parameters: [Parameter], settings: OptimizerSettings = OptimizerSettings()) {
    for parameter in parameters {
      requireShape(parameter.shape.count == 2, "Muon: \(parameter.name) \(parameter.shape) is not a matrix")
    }
    self.parameters = parameters
    self.settings = settings
    momenta = Moments("muon_momentum", count: parameters.count)
  }

  /// Whether Muon should move a parameter: a matrix that is neither an embedding nor the output head.
  public static func isHiddenMatrix(_ parameter: Parameter) -> Bool {
    let outer = ["embed", "lm_head", "wte.", "wpe."]
    return parameter.shape.count == 2 && !outer.contains { parameter.name.contains($0) }
  }

  public func step(learningRate: Float, gradientScale: Float) {
    stepCount += 1
    let momentum = settings.momentum ?? 0.95
    for (index, parameter) in parameters.enumerated() {
      guard let gradient = parameter.gradient else { continue }
      if gradientScale != 1 { Kernels.scaleInPlace(gradient, gradientScale) }
      let (rows, columns) = (parameter.shape[0], parameter.shape[1])
      let buffer = momenta.buffer(index, for: parameter)
      interpolate(buffer, toward: gradient, by: 1 - momentum)
      var update = buffer
      if settings.nesterov ?? true {
        update = gradient.copy()
        interpolate(update, toward: buffer, by: momentum)
      }
      let orthogonal = Muon.orthogonalized(update, rows: rows, columns: columns)
      let value = parameter.value.buffer
      let decay = parameter.decays ? settings.weightDecay : 0
      if decay != 0 { Kernels.addInto(value, value.copy(), scale: -learningRate * decay) }
      let rate = learningRate * settings.muonAdjustment.factor(rows: rows, columns: columns)
      Kernels.addInto(value, orthogonal, scale: -rate)
    }
  }

  /// target ← target + weight (other − target)
  private func interpolate(_ target: Buffer, toward other: Buffer, by weight: Float) {
    let difference = other.copy()
    Kernels.addInto(difference, target, scale: -1)
    Kernels.addInto(target, difference, scale: weight)
  }

  /// Five Newton–Schulz steps: the singular values of `matrix` are brought near 1, its singular vectors kept.
  ///
  /// X ← X / ‖X‖;  five times X ← a X + (b A + c A²) X with A = X Xᵀ (on the shorter side)
  static func orthogonalized(_ matrix: Buffer, rows: Int, columns: Int) -> Buffer {
    let (a, b, c): (Float, Float, Float) = (3.4445, -4.775, 2.0315)
    let norm = Float(Kernels.sumOfSquares(matrix).squareRoot())
    var x = Kernels.scale(matrix, 1 / max(norm, 1e-7))
    let isTall = rows > columns
    let side = min(rows, columns)
    let gram = Buffer.uninitialized(side * side)
    let square = Buffer.uninitialized(side * side)
    for _ in 0..<5 {
      Kernels.matmul(
        x, x, m: side, n: side, k: max(rows, columns), transposeA: isTall, transposeB: !isTall, into: gram,
        precision: .current)
      Kernels.matmul(gram, gram, m: side, n: side, k: side, into: square, precision: .current)
      let polynomial = Kernels.scale(gram, b)
      Kernels.addInto(polynomial, square, scale: c)
      let next = Kernels.scale(x, a)
      if isTall {
        Kernels.matmul(
          x, polynomial, m: rows, n: columns, k: side, into: next, accumulate: true, precision: .current)
      } else {
        Kernels.matmul(
          polynomial, x, m: rows, n: columns, k: side, into: next, accumulate: true, precision: .current)
      }
      x = next
    }
    return x
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

/// Muon on hidden matrices and AdamW on the rest: embeddings, norms, biases and the output head.
public final class CombinedMuon: Optimizer {
  public let parameters: [Parameter]
  private let muon: Muon
  private let adamW: AdamW
  private let adamWRateFactor: Float

  public init(
    _ parameters: [Parameter], settings: OptimizerSettings = OptimizerSettings(),
    isHidden: (Parameter) -> Bool = Muon.isHiddenMatrix
  ) {
    self.parameters = parameters
    muon = Muon(parameters.filter(isHidden), settings: settings)
    adamW = AdamW(parameters.filter { !isHidden($0) }, settings: settings)
    adamWRateFactor = settings.adamWRateFactor
  }

  public func step(learningRate: Float, gradientScale: Float) {
    muon.step(learningRate: learningRate, gradientScale: gradientScale)
    adamW.step(learningRate: learningRate * adamWRateFactor, gradientScale: gradientScale)
  }

  public var state: OptimizerState {
    let (matrices, rest) = (muon.state, adamW.state)
    return OptimizerState(
      step: rest.step, buffers: matrices.buffers.merging(rest.buffers) { first, _ in first })
  }

  public func take(from buffers: inout [String: Buffer], step: Int) throws {
    try muon.take(from: &buffers, step: step)
    try adamW.take(from: &buffers, step: step)
  }
}
