import GoldenVectors
import Kernels
import TensorCore
import Testing

/// Layers against torch in float64.
@Suite struct LayerGoldenTests {
  @Test func linearMatchesTorch() throws {
    try GoldenGroup("layers/linear").run { golden in
      let bias = try golden.bool("bias")
      try verify(golden, inputs: bias ? ["x", "w", "b"] : ["x", "w"]) {
        linear($0[0], $0[1], bias: bias ? $0[2] : nil)
      }
    }
  }

  @Test func activationsMatchTorch() throws {
    let kinds: [String: Activation] = [
      "silu": .silu, "gelu_tanh": .geluTanh, "gelu_erf": .geluErf, "relu": .relu, "sigmoid": .sigmoid,
      "log_sigmoid": .logSigmoid, "softplus": .softplus, "tanh": .tanh,
    ]
    #expect(kinds.count == Activation.allCases.count)
    try GoldenGroup("layers/pointwise").run { golden in
      let kind = try #require(kinds[golden.name])
      try verify(golden, inputs: ["x"]) { activation(kind, $0[0]) }
    }
  }

  @Test func feedForwardBlocksMatchTorch() throws {
    try GoldenGroup("layers/mlp").run { golden in
      switch try golden.string("kind") {
      case "swiglu":
        try verify(golden, inputs: ["x", "wg", "wu", "wd"]) {
          linear(swiGLU(gate: linear($0[0], $0[1]), up: linear($0[0], $0[2])), $0[3])
        }
      case "gelu_tanh":
        try verify(golden, inputs: ["x", "w1", "b1", "w2", "b2"]) {
          linear(activation(.geluTanh, linear($0[0], $0[1], bias: $0[2])), $0[3], bias: $0[4])
        }
      case let kind: throw GoldenError("unknown kind \(kind)")
      }
    }
  }

  @Test func embeddingAndTiedHeadMatchTorch() throws {
    try GoldenGroup("layers/embedding").run { golden in
      let ids = try golden.array("ids").int32s
      if golden.has("labels") {
        let labels = try golden.array("labels").int32s
        let epsilon = try golden.float("eps")
        try verify(golden, inputs: ["e", "w"], seed: nil) {
          let hidden = rmsNorm(embedding(ids, table: $0[0]), weight: $0[1], epsilon: epsilon)
          return crossEntropy(linear(hidden, $0[0]), labels: labels)
        }
      } else {
        let shape = try golden.array("dy").shape
        try verify(golden, inputs: ["e"]) { embedding(ids, table: $0[0]).reshaped(shape) }
      }
    }
  }

  @Test func rmsNormMatchesTorch() throws {
    try GoldenGroup("layers/rmsnorm").run { golden in
      let epsilon = try golden.float("eps")
      try verify(golden, inputs: ["x", "w"]) { rmsNorm($0[0], weight: $0[1], epsilon: epsilon) }
    }
  }

  @Test func layerNormMatchesTorch() throws {
    try GoldenGroup("layers/layernorm").run { golden in
      let epsilon = try golden.float("eps")
      try verify(golden, inputs: ["x", "w", "b"]) {
        layerNorm($0[0], weight: $0[1], bias: $0[2], epsilon: epsilon)
      }
    }
  }

  @Test func crossEntropyMatchesTorch() throws {
    try GoldenGroup("layers/cross_entropy").run { golden in
      switch golden.name {
      case "softmax": try verify(golden, inputs: ["x"]) { softmax($0[0]) }
      case "log_softmax": try verify(golden, inputs: ["x"]) { logSoftmax($0[0]) }
      default:
        let labels = try golden.array("labels").int32s
        let smoothing = try golden.float("label_smoothing")
        let reduction: Reduction = try golden.string("reduction") == "mean" ? .mean : .sum
        let tolerance = golden.name.contains("offset") ? 1e-4 : 1e-5
        try verify(golden, inputs: ["logits"], seed: nil, tolerance: tolerance) {
          crossEntropy($0[0], labels: labels, labelSmoothing: smoothing, reduction: reduction)
        }
      }
    }
  }
}
