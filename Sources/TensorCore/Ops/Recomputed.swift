import Kernels

/// `body(x)` without its activations: they are computed a second time when the gradient arrives.
///
/// Trades one more forward pass of `body` for its memory (activation checkpointing, Chen et al. 2016). Gradients of `x`
/// and of the parameters that `body` uses are those of `body(x)`, bit for bit: `body` must give the same values each time.
///
/// - Parameter x: of any shape; must require a gradient itself, as hidden states behind an embedding do.
public func recomputed(_ x: Tensor, _ body: @escaping (Tensor) -> Tensor) -> Tensor {
  guard Tape.isRecording, x.requiresGradient else { return body(x) }
  let precision = Precision.current
  let y = withoutGradient { body(x) }.detached()
  let values = x.detached()
  return .recording(.recomputed, y, inputs: [x]) { dy in
    let input = Parameter(name: "recomputed input", value: values)
    Precision.$current.withValue(precision) { body(input()).backward(dy) }
    return [input.gradient.map { Tensor(values.shape, $0) }]
  }
}

extension OpCheck {
  static var recomputed: OpCheck {
    OpCheck(.recomputed, .normal([3, 4]), .normal([5, 4])) { inputs in
      TensorCore.recomputed(inputs[0]) { x in
        TensorCore.swiGLU(gate: TensorCore.linear(x, inputs[1]), up: TensorCore.linear(x, inputs[1]))
      }
    }
  }
}
