import Kernels

/// The record of one op: how a gradient of its output becomes gradients of its inputs.
///
/// A node lives as long as a tensor or a later node refers to it. `backward` drops its closure, and with it the
/// saved activations, as soon as the gradient has passed.
final class TapeNode {
  enum Pullback {
    /// Gives each input's gradient.
    case fresh((Tensor) -> [Tensor?])
    /// Gives each input's gradient with what had arrived there before.
    case adding((Tensor, _ sums: [Buffer?]) -> [Tensor?])
  }

  let op: OpName
  /// The nodes of the inputs; nil where no gradient is needed.
  var inputs: [TapeNode?]
  /// The parameter whose gradient a leaf feeds; nil for the result of an op.
  let parameter: Parameter?
  private var pullback: Pullback?
  private var gradient: Buffer?
  private let shape: [Int]

  init(_ op: OpName, shape: [Int], inputs: [TapeNode?], pullback: Pullback) {
    self.op = op
    self.shape = shape
    self.inputs = inputs
    self.pullback = pullback
    parameter = nil
  }

  init(leaf parameter: Parameter) {
    op = .parameter
    shape = parameter.value.shape
    inputs = []
    self.parameter = parameter
  }

  /// Moves in the first gradient to arrive and adds later ones, in place where nobody else holds the buffer.
  func accumulate(_ contribution: inout Buffer?) {
    if let parameter {
      parameter.accumulate(&contribution)
    } else {
      accumulateGradient(&contribution, into: &gradient)
    }
  }

  /// Hands the arrived gradient to the pullback and the results to the inputs, then forgets everything saved.
  func propagate() {
    guard parameter == nil else { return }
    guard let run = pullback else {
      fatalError("backward: the gradient of \(op.rawValue) was already taken; record the forward pass again")
    }
    pullback = nil
    let inputs = self.inputs
    self.inputs = []
    guard gradient != nil else { return }  // No path from here to the loss had a gradient.
    var contributions = takeContributions(run, of: inputs)
    requireShape(
      contributions.count == inputs.count,
      "\(op.rawValue): the pullback gave \(contributions.count) gradients for \(inputs.count) inputs")
    for (index, input) in inputs.enumerated() {
      input?.accumulate(&contributions[index])
    }
  }

  /// In a function of its own, so that the arrived gradient is released before its parts are handed on.
  @inline(never)
  private func takeContributions(_ pullback: Pullback, of inputs: [TapeNode?]) -> [Buffer?] {
    guard let arrived = gradient.take() else { return [] }
    let gradients =
      switch pullback {
      case .fresh(let run): run(Tensor(shape, arrived))
      case .adding(let run): run(Tensor(shape, arrived), inputs.map { $0?.takeSum() })
      }
    return gradients.map { $0?.buffer }
  }

  /// Takes out the gradient that has arrived so far, in a buffer that nobody else holds.
  private func takeSum() -> Buffer? {
    if let parameter { return parameter.gradient.take() }
    if !isKnownUniquelyReferenced(&gradient) { gradient = gradient?.copy() }
    return gradient.take()
  }
}

/// Adds `contribution` to `gradient`, or moves it in when it is the first; takes it from the caller either way.
///
/// A buffer that someone else holds too (`add` hands the same one to both inputs) is never written to.
func accumulateGradient(_ contribution: inout Buffer?, into gradient: inout Buffer?) {
  guard gradient != nil else {
    gradient = contribution.take()
    return
  }
  guard let added = contribution.take() else { return }
  if !isKnownUniquelyReferenced(&gradient) { gradient = gradient?.copy() }
  if let gradient { Kernels.addInto(gradient, added, scale: 1) }
}

enum Tape {
  /// False inside `withoutGradient`.
  @TaskLocal static var isRecording = true

  /// The nodes that `root` depends on, every node after all of its inputs. Iterative: models are hundreds deep.
  static func topologicalOrder(from root: TapeNode) -> [TapeNode] {
    var order: [TapeNode] = []
    var seen: Set<ObjectIdentifier> = [ObjectIdentifier(root)]
    var stack: [(node: TapeNode, nextInput: Int)] = [(root, 0)]
    while let (node, next) = stack.last {
      if next == node.inputs.count {
        order.append(node)
        stack.removeLast()
        continue
      }
      stack[stack.count - 1].nextInput += 1
      if let input = node.inputs[next], seen.insert(ObjectIdentifier(input)).inserted {
        stack.append((input, 0))
      }
    }
    return order
  }
}

/// Runs `body` without recording: its results are constants and nothing is saved for a backward pass.
public func withoutGradient<Result>(_ body: () throws -> Result) rethrows -> Result {
  try Tape.$isRecording.withValue(false, operation: body)
}

extension Tensor {
  /// Attaches the pullback of `op` to its result `y`.
  ///
  /// The pullback maps dL/dy to dL/dinput for each input, in order; it may give nil for an input that does not require
  /// a gradient. It runs at most once. Recording an op that has no pullback traps: no gradient is dropped in silence.
  public static func recording(
    _ op: OpName, _ y: Tensor, inputs: [Tensor], pullback: ((Tensor) -> [Tensor?])?
  ) -> Tensor {
    recording(op, y, inputs: inputs, pullback.map { .fresh($0) })
  }

  /// Attaches a pullback that adds to what has arrived at its inputs, which saves a pass over memory for each.
  ///
  /// `sums` holds, for each input, the gradient from the ops after it that have had their turn, nil if there is none
  /// yet. The pullback owns these buffers: it returns each with its own gradient added, in place or not.
  public static func recording(
    _ op: OpName, _ y: Tensor, inputs: [Tensor],
    addingPullback: @escaping (_ dy: Tensor, _ sums: [Buffer?]) -> [Tensor?]
  ) -> Tensor {
    recording(op, y, inputs: inputs, .adding(addingPullback))
  }

  private static func recording(
    _ op: OpName, _ y: Tensor, inputs: [Tensor], _ pullback: TapeNode.Pullback?
  ) -> Tensor {
    guard Tape.isRecording, inputs.contains(where: \.requiresGradient) else { return y }
    guard let pullback else {
      fatalError("\(op.rawValue): has no pullback; detach its inputs or run it in withoutGradient")
    }
    let node = TapeNode(op, shape: y.shape, inputs: inputs.map(\.node), pullback: pullback)
    return Tensor(y.shape, y.buffer, node: node)
  }

  /// Adds the gradients of this scalar to every parameter that it depends on.
  public func backward() {
    requireShape(count == 1, "backward: shape \(shape) is not a scalar; pass a seed of that shape")
    backward(Tensor(shape, [1]))
  }

  /// Adds the gradients of Σ seed·self to every parameter that self depends on.
  ///
  /// One recorded pass serves one call: the saved activations are dropped on the way.
  public func backward(_ seed: Tensor) {
    requireShape(seed.shape == shape, "backward: seed \(seed.shape), tensor \(shape)")
    guard let node else { fatalError("backward: this tensor depends on no parameter") }
    var order = Tape.topologicalOrder(from: node)
    var start: Buffer? = seed.buffer
    node.accumulate(&start)
    while let last = order.popLast() { last.propagate() }
  }
}

extension Optional {
  /// Moves the value out and leaves nil, so that the caller holds the only reference.
  mutating func take() -> Wrapped? {
    let value = self
    self = nil
    return value
  }
}
