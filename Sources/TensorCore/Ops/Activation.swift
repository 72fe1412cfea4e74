import Kernels

/// Applies one scalar function to every element.
///
/// y = f(x);  dx = dy ⊙ f′(x).  The functions are those of `Activation`: silu x σ(x), gelu in its tanh and erf
/// forms (Hendrycks & Gimpel 2016), relu, sigmoid, log sigmoid, softplus log(1 + eˣ), tanh.
public func activation(_ kind: Activation, _ x: Tensor) -> Tensor {
  .recording(.activation, Tensor(x.shape, Kernels.activation(kind, x.buffer)), inputs: [x]) { dy in
    [Tensor(x.shape, Kernels.activationPullback(kind, dy.buffer, x.buffer))]
  }
}

extension OpCheck {
  static var activations: [OpCheck] {
    Activation.allCases.map { kind in
      OpCheck(.activation, .awayFromZero([3, 7])) { TensorCore.activation(kind, $0[0]) }
    }
  }
}
