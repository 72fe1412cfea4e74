import Kernels

/// A trained array: its value, its accumulated gradient and what the optimizer may do with it.
public final class Parameter {
  /// The name under which it is stored, such as `model.layers.0.mlp.up_proj.weight`.
  public let name: String
  /// The value; optimizers write to its buffer in place. Replacing it must keep the shape.
  public var value: Tensor {
    didSet {
      requireShape(
        value.shape == oldValue.shape, "\(name): shape \(oldValue.shape), new value \(value.shape)")
    }
  }
  /// The sum of the gradients of all backward passes since `gradient` was last set to nil.
  public var gradient: Buffer?
  /// Whether weight decay applies; false for norms, biases and embeddings as recipes ask.
  public var decays: Bool
  /// A frozen parameter is a constant: no tape, no gradient.
  public var requiresGradient = true

  public init(name: String, value: Tensor, decays: Bool = true) {
    self.name = name
    self.value = value.detached()
    self.decays = decays
  }

  public var shape: [Int] { value.shape }
  public var count: Int { value.count }

  /// The value as a leaf of the tape.
  public var tensor: Tensor {
    guard requiresGradient, Tape.isRecording else { return value }
    return Tensor(value.shape, value.buffer, node: TapeNode(leaf: self))
  }

  public func callAsFunction() -> Tensor { tensor }

  /// Adds one gradient. The stored buffer is never shared, since clipping and optimizers write to it.
  func accumulate(_ contribution: inout Buffer?) {
    requireShape(
      contribution?.count ?? count == count,
      "\(name): a gradient of \(contribution?.count ?? 0) elements for shape \(shape)")
    if gradient == nil, !isKnownUniquelyReferenced(&contribution) { contribution = contribution?.copy() }
    accumulateGradient(&contribution, into: &gradient)
  }
}
