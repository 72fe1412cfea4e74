import Kernels
import TensorCore

/// Changes parameters by their gradients. One call of `step` is one update.
public protocol Optimizer: AnyObject {
  /// The parameters that are updated; one without a gradient is left alone.
  var parameters: [Parameter] { get }

  /// Updates every parameter that has a gradient, multiplied by `gradientScale`. The gradients may be written to; the
  /// caller sets them to nil afterwards.
  func step(learningRate: Float, gradientScale: Float)

  /// What a checkpoint must hold besides the parameters, so that a resumed run gives the same bits.
  var state: OptimizerState { get }

  /// Takes its buffers out of a checkpoint's and leaves the others, which belong to a partner.
  ///
  /// - Throws: `OptimizerError` when a buffer is of another size.
  func take(from buffers: inout [String: Buffer], step: Int) throws
}

extension Optimizer {
  /// Takes over the state of a checkpoint.
  ///
  /// - Throws: `OptimizerError` when a buffer is of another size or of another optimizer.
  public func restore(_ state: OptimizerState) throws {
    var rest = state.buffers
    try take(from: &rest, step: state.step)
    if let name = rest.keys.min() { throw OptimizerError.unexpected(name: name) }
  }
}

/// The memory of an optimizer: moments by `kind.parameter name`, and the number of updates made.
public struct OptimizerState {
  public var step: Int
  public var buffers: [String: Buffer]

  public init(step: Int, buffers: [String: Buffer]) {
    self.step = step
    self.buffers = buffers
  }
}

extension Optimizer {
  /// An update by the gradients as they are.
  public func step(learningRate: Float) { step(learningRate: learningRate, gradientScale: 1) }

  /// Forgets all gradients.
  public func clearGradients() {
    for parameter in parameters { parameter.gradient = nil }
  }
}

/// A checkpoint's optimizer state that does not fit the run.
public enum OptimizerError: Diagnostic, Equatable {
  case missing(name: String)
  case unexpected(name: String)
  case sizeMismatch(name: String, expected: Int, found: Int)

  public var place: String {
    switch self {
    case .missing(let name), .unexpected(let name), .sizeMismatch(let name, _, _): "optimizer state \(name)"
    }
  }

  public var expected: String {
    switch self {
    case .missing: "a stored buffer"
    case .unexpected: "only buffers of this run's parameters and optimizer"
    case .sizeMismatch(_, let expected, _): "\(expected) elements"
    }
  }

  public var found: String {
    switch self {
    case .missing: "none"
    case .unexpected: "one more buffer"
    case .sizeMismatch(_, _, let found): "\(found)"
    }
  }

  public var nextStep: String { "resume with the recipe that wrote the checkpoint" }

  public var exitCode: ExitCode { .badData }
}

/// The optimizers that a recipe can name (`training.optim`).
public enum OptimizerName: String, CaseIterable, Sendable {
  case adamW = "adamw"
  case sgd
  case muon

  /// Makes the optimizer for these parameters.
  ///
  /// - Parameter isHidden: which parameters are hidden matrices in the sense of Muon; by default the two-dimensional
  ///   ones that are neither an embedding nor the output head by their Hugging Face names.
  public func make(
    _ parameters: [Parameter], settings: OptimizerSettings = OptimizerSettings(),
    isHidden: (Parameter) -> Bool = Muon.isHiddenMatrix
  ) -> any Optimizer {
    switch self {
    case .adamW: AdamW(parameters, settings: settings)
    case .sgd: SGD(parameters, settings: settings)
    case .muon: CombinedMuon(parameters, settings: settings, isHidden: isHidden)
    }
  }
}

/// The numbers of a recipe that optimizers read; each takes those that it knows.
public struct OptimizerSettings: Sendable, Equatable {
  /// Decoupled for AdamW and Muon, added to the gradient for SGD. Skipped where `Parameter.decays` is false.
  public var weightDecay: Float = 0.01
  /// Decay of the first and second moments of AdamW.
  public var beta1: Float = 0.9
  public var beta2: Float = 0.999
  /// Added to the root of the second moment of AdamW.
  public var epsilon: Float = 1e-8
  /// Momentum of SGD and Muon; nil takes 0 and 0.95.
  public var momentum: Float?
  /// nil takes false for SGD and true for Muon.
  public var nesterov: Bool?
  /// How Muon adjusts its rate to the shape of a matrix.
  public var muonAdjustment = Muon.Adjustment.matchRMSAdamW
  /// The rate of the AdamW part of `muon` as a multiple of the step's rate.
  public var adamWRateFactor: Float = 1

  public init() {}
}

/// One buffer per parameter, none until it is first touched.
struct Moments {
  let kind: String
  private var buffers: [Buffer?]

  init(_ kind: String, count: Int) {
    self.kind = kind
    buffers = Array(repeating: nil, count: count)
  }

  subscript(index: Int) -> Buffer? {
    get { buffers[index] }
    set { buffers[index] = newValue }
  }

  /// The parameter's buffer, a new one of zeros where there is none.
  mutating func buffer(_ index: Int, for parameter: Parameter) -> Buffer {
    if let buffer = buffers[index] { return buffer }
    let fresh = Buffer.zeros(parameter.count)
    buffers[index] = fresh
    return fresh
  }

  /// Adds the buffers that exist to a checkpoint. They are copies: training goes on while it is written.
  func store(_ parameters: [Parameter], in buffers: inout [String: Buffer]) {
    for (parameter, buffer) in zip(parameters, self.buffers) {
      buffers["\(kind).\(parameter.name)"] = buffer?.copy()
    }
  }

  /// Takes its buffers out of `buffers`; what is not there starts at zero again.
  mutating func restore(_ parameters: [Parameter], from buffers: inout [String: Buffer]) throws {
    for (index, parameter) in parameters.enumerated() {
      let name = "\(kind).\(parameter.name)"
      let buffer = buffers.removeValue(forKey: name)
      if let buffer, buffer.count != parameter.count {
        throw OptimizerError.sizeMismatch(name: name, expected: parameter.count, found: buffer.count)
      }
      self.buffers[index] = buffer?.copy()
    }
  }
}
