import Kernels
import TensorCore
import Testing
import Training

@Suite struct OptimizerTests {
  private func parameters() -> [Parameter] {
    var random = SeededRandom(seed: 11)
    let shapes = [
      ("model.embed_tokens.weight", [7, 4]), ("model.layers.0.mlp.up_proj.weight", [6, 4]),
      ("model.norm.weight", [4]),
    ]
    return shapes.map { Parameter(name: $0, value: OpCheck.Draw.normal($1).tensor(using: &random)) }
  }

  private func setGradients(_ parameters: [Parameter], step: Int) {
    var random = SeededRandom(seed: UInt64(100 + step))
    for parameter in parameters {
      parameter.gradient = OpCheck.Draw.normal(parameter.shape).tensor(using: &random).buffer
    }
  }

  @Test(arguments: OptimizerName.allCases) func aResumedRunEqualsTheWholeOne(_ name: OptimizerName) throws {
    var settings = OptimizerSettings()
    settings.momentum = 0.9
    let whole = parameters()
    let first = name.make(whole, settings: settings)
    for step in 0..<3 {
      setGradients(whole, step: step)
      first.step(learningRate: 0.01)
    }
    let saved = first.state
    let resumed = whole.map { Parameter(name: $0.name, value: Tensor($0.shape, $0.value.values)) }
    let second = name.make(resumed, settings: settings)
    try second.restore(saved)
    for step in 3..<6 {
      setGradients(whole, step: step)
      first.step(learningRate: 0.01)
      setGradients(resumed, step: step)
      second.step(learningRate: 0.01)
    }
    for (a, b) in zip(whole, resumed) { #expect(a.value.values == b.value.values) }
  }

  @Test(arguments: OptimizerName.allCases) func aForeignStateIsRefused(_ name: OptimizerName) throws {
    var settings = OptimizerSettings()
    settings.momentum = 0.9
    let optimizer = name.make(parameters(), settings: settings)
    setGradients(optimizer.parameters, step: 0)
    optimizer.step(learningRate: 0.1)
    var state = optimizer.state
    let key = try #require(state.buffers.keys.min())
    state.buffers[key] = .zeros(3)
    #expect(throws: OptimizerError.self) { try optimizer.restore(state) }
    state = optimizer.state
    state.buffers["exp_avg.other"] = .zeros(3)
    #expect(throws: OptimizerError.unexpected(name: "exp_avg.other")) { try optimizer.restore(state) }
  }

  @Test(arguments: OptimizerName.allCases) func undecayedParametersKeepTheirSize(_ name: OptimizerName) {
    let parameters = parameters()
    var settings = OptimizerSettings()
    settings.weightDecay = 0.5
    parameters[2].decays = false
    let optimizer = name.make(parameters, settings: settings)
    for parameter in parameters { parameter.gradient = .zeros(parameter.count) }
    let before = parameters.map(\.value.values)
    optimizer.step(learningRate: 0.1)
    #expect(parameters[2].value.values == before[2])
    for index in 0..<2 {
      for (a, b) in zip(parameters[index].value.values, before[index]) { #expect(abs(a - 0.95 * b) < 1e-6) }
    }
  }

  @Test(arguments: OptimizerName.allCases) func aScaleOfTheGradientsIsThatOfEachOfThem(_ name: OptimizerName)
  {
    var settings = OptimizerSettings()
    settings.momentum = 0.9
    let (scaled, expected) = (parameters(), parameters())
    let (first, second) = (name.make(scaled, settings: settings), name.make(expected, settings: settings))
    for step in 0..<3 {
      setGradients(scaled, step: step)
      setGradients(expected, step: step)
      for parameter in expected { parameter.gradient.map { Kernels.scaleInPlace($0, 0.3) } }
      first.step(learningRate: 0.01, gradientScale: 0.3)
      second.step(learningRate: 0.01)
    }
    for (a, b) in zip(scaled, expected) { #expect(a.value.values == b.value.values) }
  }

  @Test func muonTakesHiddenMatricesAlone() {
    let names = Set(parameters().filter(Muon.isHiddenMatrix).map(\.name))
    #expect(names == ["model.layers.0.mlp.up_proj.weight"])
    #expect(!Muon.isHiddenMatrix(Parameter(name: "lm_head.weight", value: .zeros([2, 2]))))
  }

  @Test func aNonFiniteGradientIsNamedAndNotClipped() {
    let parameters = parameters()
    setGradients(parameters, step: 0)
    parameters[1].gradient?[3] = .nan
    let clipping = GradientClipping(parameters, maxNorm: 0.1)
    #expect(!clipping.norm.isFinite)
    #expect(clipping.scale == 1)
    #expect(firstNonFiniteGradient(parameters) == "model.layers.0.mlp.up_proj.weight")
    #expect(GradientNorm.infinity.total(parameters).isNaN)
  }

  @Test(arguments: ScheduleName.allCases) func aScheduleWarmsUpAndNeverExceedsTheBaseRate(
    _ name: ScheduleName
  ) {
    let schedule = name.schedule(totalSteps: 100, warmupSteps: 10, minimumRatio: 0.1)
    let factors = (0..<100).map { schedule.factor(step: $0) }
    #expect(factors.allSatisfy { (0...1).contains($0) })
    #expect(name == .constant || factors[0] < factors[5])
    #expect(abs(factors[10] - 1) < 1e-12)
  }
}
