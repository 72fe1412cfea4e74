import TensorCore
import Testing

@Suite struct RecomputedTests {
  private static func parameters() -> (x: Parameter, weight: Parameter) {
    (
      Parameter(name: "x", value: Tensor([2, 3], [0.5, -1, 2, 0.25, 1.5, -0.75])),
      Parameter(name: "weight", value: Tensor([3, 3], [1, 0.5, -2, 0.25, 1, 3, -1, 2, 0.125]))
    )
  }

  @Test func bodyRunsAgainForTheGradientAndGivesTheSameBits() throws {
    let (x, weight) = Self.parameters()
    var calls = 0
    func body(_ x: Tensor) -> Tensor {
      calls += 1
      return swiGLU(gate: linear(x, weight()), up: x)
    }
    sum(body(x())).backward()
    let expected = [try #require(x.gradient).array(), try #require(weight.gradient).array()]
    (x.gradient, weight.gradient, calls) = (nil, nil, 0)

    let y = sum(recomputed(x(), body))
    #expect(calls == 1)
    y.backward()
    #expect(calls == 2)
    #expect(x.gradient?.array() == expected[0] && weight.gradient?.array() == expected[1])
  }

  @Test func nothingIsRecordedWhereNoGradientIsWanted() {
    let (x, _) = Self.parameters()
    var calls = 0
    let y = withoutGradient {
      recomputed(x()) { x in
        calls += 1
        return scale(x, by: 2)
      }
    }
    #expect(calls == 1 && !y.requiresGradient)
  }
}
