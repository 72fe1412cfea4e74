import GoldenVectors
import Kernels
import TensorCore
import Testing
import Training

/// Optimizers, clipping and schedules against torch and transformers.
@Suite struct OptimizerGoldenTests {
  @Test func adamWMatchesTorch() throws {
    try GoldenGroup("optim/adamw").run { golden in
      var settings = OptimizerSettings()
      let betas = try #require(golden["betas"]?.array).compactMap(\.double)
      (settings.beta1, settings.beta2) = (Float(betas[0]), Float(betas[1]))
      settings.epsilon = try golden.float("eps")
      settings.weightDecay = try golden.float("weight_decay")
      let rates = try #require(golden["lr"]?.array).compactMap(\.double)
      let parameter = try parameter(golden)
      let optimizer = AdamW([parameter], settings: settings)
      try follow(golden, parameter, optimizer, tolerance: 1e-5) { rates[$0] }
      for moment in ["exp_avg", "exp_avg_sq"] {
        let buffer = try #require(optimizer.state.buffers["\(moment).p"])
        try requireClose(buffer.array(), golden.array(moment), tolerance: 1e-5)
      }
    }
  }

  @Test func sgdMatchesTorch() throws {
    try GoldenGroup("optim/sgd").run { golden in
      var settings = OptimizerSettings()
      settings.momentum = golden["momentum"]?.double.map { Float($0) }
      settings.weightDecay = Float(golden["weight_decay"]?.double ?? 0)
      settings.nesterov = golden["nesterov"]?.bool
      let rate = try golden.double("lr")
      let parameter = try parameter(golden)
      try follow(golden, parameter, SGD([parameter], settings: settings), tolerance: 1e-5) { _ in rate }
    }
  }

  @Test func muonMatchesItsEquations() throws {
    try GoldenGroup("optim/muon").run { golden in
      var settings = OptimizerSettings()
      settings.momentum = try golden.float("momentum")
      settings.weightDecay = try golden.float("weight_decay")
      settings.nesterov = try golden.bool("nesterov")
      let adjustment = golden["adjust_lr_fn"]?.string ?? "original"
      settings.muonAdjustment = try #require(Muon.Adjustment(rawValue: adjustment))
      let rate = try golden.double("lr")
      let parameter = try parameter(golden)
      let optimizer = Muon([parameter], settings: settings)
      try follow(golden, parameter, optimizer, tolerance: 1e-4) { _ in rate }
      // torch runs the Newton–Schulz steps in bfloat16.
      let torch = try golden.array("p_steps_torch").floats.suffix(parameter.count)
      try requireClose(
        parameter.value.values, torch.map { Double($0) }, tolerance: 5e-2, "\(golden.name) p_steps_torch")
    }
  }

  @Test func clippingMatchesTorch() throws {
    try GoldenGroup("optim/clip_grad_norm").run { golden in
      let parameters = try (0..<3).map { index in
        let array = try golden.array("grad\(index)")
        let parameter = Parameter(name: "p\(index)", value: .zeros(array.shape))
        parameter.gradient = Buffer(try array.floats)
        return parameter
      }
      let norm: GradientNorm = golden["norm_type"]?.string == "inf" ? .infinity : .l2
      let clipping = GradientClipping(parameters, maxNorm: try golden.double("max_norm"), norm: norm)
      try requireClose(clipping.norm, golden.array("total_norm").doubles[0], tolerance: 1e-5, "total norm")
      for (index, parameter) in parameters.enumerated() {
        try requireClose(
          (parameter.gradient?.array() ?? []).map { $0 * clipping.scale }, golden.array("clipped\(index)"),
          tolerance: 1e-5)
      }
    }
  }

  @Test func schedulesMatchTransformers() throws {
    try GoldenGroup("optim/schedules").run { golden in
      let (warmup, total) = (try golden.int("num_warmup_steps"), try golden.int("num_training_steps"))
      let schedule: LearningRateSchedule
      switch golden.name {
      case "constant_with_warmup": schedule = .constantWithWarmup(warmupSteps: warmup)
      case "linear_with_warmup": schedule = .linear(warmupSteps: warmup, totalSteps: total)
      case "cosine_with_warmup", "cosine_no_warmup":
        schedule = .cosine(
          warmupSteps: warmup, totalSteps: total, cycles: try golden.double("num_cycles"))
      case "cosine_with_min_lr":
        schedule = .cosineWithMinimum(
          warmupSteps: warmup, totalSteps: total, minimumRatio: try golden.double("min_lr_rate"))
      case "inverse_sqrt": schedule = .inverseSquareRoot(warmupSteps: warmup)
      case let name where name.hasPrefix("wsd_"):
        let decay = try #require(LearningRateSchedule.Decay(rawValue: golden.string("decay_type")))
        schedule = .warmupStableDecay(
          warmupSteps: warmup, stableSteps: try golden.int("num_stable_steps"),
          decaySteps: try golden.int("num_decay_steps"), decay: decay,
          minimumRatio: try golden.double("min_lr_ratio"))
      case let name: throw GoldenError("unknown schedule \(name)")
      }
      let base = try golden.double("base_lr")
      let expected = try #require(golden["lr"]?.array).compactMap(\.double)
      for (step, rate) in expected.enumerated() {
        let found = base * schedule.factor(step: step)
        guard abs(found - rate) <= 1e-7 * base else {
          throw GoldenError("step \(step): expected \(rate), found \(found)")
        }
      }
    }
  }

  private func parameter(_ golden: GoldenCase) throws -> Parameter {
    let start = try golden.array("p0")
    return Parameter(name: "p", value: Tensor(start.shape, try start.floats))
  }

  /// Steps through the case's gradients and compares the parameter after every one.
  private func follow(
    _ golden: GoldenCase, _ parameter: Parameter, _ optimizer: some Optimizer, tolerance: Double,
    rate: (Int) -> Double
  ) throws {
    let gradients = try golden.array("grad").floats
    let expected = try golden.array("p_steps").doubles
    let count = parameter.count
    for step in 0..<gradients.count / count {
      parameter.gradient = Buffer(Array(gradients[step * count..<(step + 1) * count]))
      optimizer.step(learningRate: Float(rate(step)))
      try requireClose(
        parameter.value.values, Array(expected[step * count..<(step + 1) * count]), tolerance: tolerance,
        "\(golden.name) step \(step)")
    }
  }
}
