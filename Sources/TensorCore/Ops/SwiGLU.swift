import Kernels

/// The gated unit between the projections of a Llama feed-forward block.
///
/// y = silu(gate) ⊙ up, silu(x) = x σ(x)    (Shazeer 2020, without the projections)
///
/// - Parameters: `gate`, `up` of one shape.
/// - Returns: the same shape.
public func swiGLU(gate: Tensor, up: Tensor) -> Tensor {
  requireShape(gate.shape == up.shape, "swiGLU: gate \(gate.shape), up \(up.shape)")
  let y = Kernels.swiGLU(gate: gate.buffer, up: up.buffer)
  return .recording(.swiGLU, Tensor(gate.shape, y), inputs: [gate, up]) { dy in
    let (dGate, dUp) = Kernels.swiGLUPullback(dy.buffer, gate: gate.buffer, up: up.buffer)
    return [Tensor(gate.shape, dGate), Tensor(up.shape, dUp)]
  }
}

extension OpCheck {
  static var swiGLU: OpCheck {
    OpCheck(.swiGLU, .normal([3, 9]), .normal([3, 9])) { TensorCore.swiGLU(gate: $0[0], up: $0[1]) }
  }
}
