import Kernels
import TensorCore
import Testing

/// Every op's pullback against central differences of Σ c·y with a fixed random c.
///
/// A plain sum would hide errors: softmax rows sum to 1, so that its sum has no gradient at all.
@Suite struct GradientTests {
  @Test(arguments: OpName.allCases) func pullbackMatchesCentralDifferences(of op: OpName) throws {
    let checks = OpCheck.checks(of: op)
    try #require(!checks.isEmpty, "\(op.rawValue) has no check")
    for (index, check) in checks.enumerated() {
      #expect(check.op == op)
      try compare(check, label: "\(op.rawValue) check \(index)")
    }
  }

  private func compare(_ check: OpCheck, label: String) throws {
    var random = SeededRandom(seed: 7)
    let inputs = check.inputs.map { $0.tensor(using: &random) }
    let parameters = inputs.enumerated().map { Parameter(name: "input \($0)", value: $1) }
    let y = check.function(parameters.map { $0() })
    let seed = OpCheck.Draw.normal(y.shape).tensor(using: &random)
    y.backward(seed)

    func objective(_ inputs: [Tensor]) -> Double {
      let y = withoutGradient { check.function(inputs) }
      return zip(y.values, seed.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    let step: Float = 1e-2
    for (input, parameter) in parameters.enumerated() {
      let analytic = try #require(parameter.gradient, "\(label): input \(input) got no gradient").array()
      var (difference, analyticSize, numericSize) = (0.0, 0.0, 0.0)
      var worst = (index: 0, expected: 0.0, found: 0.0, difference: 0.0)
      for element in 0..<parameter.count {
        var values = inputs[input].values
        func shifted(by change: Float) -> Double {
          values[element] = inputs[input].values[element] + change
          var changed = inputs
          changed[input] = Tensor(inputs[input].shape, values)
          return objective(changed)
        }
        let numeric = (shifted(by: step) - shifted(by: -step)) / (2 * Double(step))
        let found = Double(analytic[element])
        difference += (found - numeric) * (found - numeric)
        analyticSize += found * found
        numericSize += numeric * numeric
        if abs(found - numeric) > worst.difference {
          worst = (element, numeric, found, abs(found - numeric))
        }
      }
      #expect(
        difference.squareRoot() <= 1e-3 * (analyticSize.squareRoot() + numericSize.squareRoot()),
        "\(label), input \(input): index \(worst.index) expected \(worst.expected), found \(worst.found)")
    }
  }
}
