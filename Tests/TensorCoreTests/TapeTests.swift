import Kernels
import TensorCore
import Testing

@Suite struct TapeTests {
  private func parameter(_ values: [Float], _ name: String = "x") -> Parameter {
    Parameter(name: name, value: Tensor([values.count], values))
  }

  @Test func aSharedInputGetsTheSumOfItsGradients() {
    let x = parameter([2, -3])
    let leaf = x()
    sum(leaf * leaf + leaf).backward()
    #expect(x.gradient?.array() == [5, -5])
  }

  @Test func gradientsAddUpOverPassesAndStayApart() {
    let (x, y) = (parameter([1, 2]), parameter([3, 4], "y"))
    // `add` hands one buffer to both; each parameter must own its gradient nevertheless.
    add(x(), y()).backward(Tensor([2], [1, 10]))
    Kernels.scaleInPlace(x.gradient!, 2)
    #expect(x.gradient?.array() == [2, 20])
    #expect(y.gradient?.array() == [1, 10])
    add(x(), y()).backward(Tensor([2], [1, 1]))
    #expect(x.gradient?.array() == [3, 21])
    #expect(y.gradient?.array() == [2, 11])
  }

  @Test func theSeedIsNotWrittenTo() {
    let x = parameter([1, 2])
    let seed = Tensor([2], [1, 1])
    x().backward(seed)
    x().backward(seed)
    #expect(seed.values == [1, 1])
    #expect(x.gradient?.array() == [2, 2])
  }

  @Test func aDiamondIsPassedOnce() {
    let x = parameter([1])
    var y = x()
    for _ in 0..<20 { y = y + y }  // 2²⁰ paths
    y.backward(Tensor([1], [1]))
    #expect(x.gradient?.array() == [1_048_576])
  }

  @Test func constantsAndFrozenParametersRecordNothing() {
    let frozen = parameter([1, 2])
    frozen.requiresGradient = false
    let x = parameter([3, 4])
    #expect(!frozen().requiresGradient)
    #expect(!(frozen() * Tensor([2], [1, 1])).requiresGradient)
    #expect(!withoutGradient { x() * x() }.requiresGradient)
    #expect(!(x() * x()).detached().requiresGradient)
    sum(frozen() * x()).backward()
    #expect(frozen.gradient == nil)
    #expect(x.gradient?.array() == [1, 2])
  }

  @Test func savedActivationsAreDroppedDuringTheBackwardPass() {
    final class Token {}
    weak var saved: Token?
    let x = parameter([1])
    let y: Tensor
    do {
      let token = Token()
      saved = token
      y = .recording(.scale, Tensor([1], [1]), inputs: [x()]) { dy in
        withExtendedLifetime(token) {}
        return [dy]
      }
    }
    #expect(saved != nil)
    y.backward()
    #expect(saved == nil)
    #expect(x.gradient?.array() == [1])
  }

  @Test func gradientsAreMovedInAndAddedInPlace() {
    let x = parameter([1])
    var made: [ObjectIdentifier] = []
    var arrived: ObjectIdentifier?
    func fresh(_ input: Tensor) -> Tensor {
      .recording(.scale, Tensor([1], [1]), inputs: [input]) { _ in
        let gradient = Tensor([1], [1])
        made.append(ObjectIdentifier(gradient.buffer))
        return [gradient]
      }
    }
    let inner = Tensor.recording(.scale, Tensor([1], [1]), inputs: [x()]) { dy in
      arrived = ObjectIdentifier(dy.buffer)
      return [dy]
    }
    sum(fresh(inner) + fresh(inner)).backward()
    #expect(made.count == 2)
    #expect(arrived == made.first)
    #expect(x.gradient.map { ObjectIdentifier($0) } == made.first)
    #expect(x.gradient?.array() == [2])
  }

  /// Ops that add to what has arrived must give what separate passes give, in whatever order they come.
  @Test func addingOpsKeepWhatHasArrived() {
    let x = Parameter(name: "x", value: Tensor([2, 3], [1, -2, 3, 4, 5, -6]))
    let w = Parameter(name: "w", value: Tensor([2, 3], [1, 0, 2, -1, 3, 1]))
    let gain = Parameter(name: "gain", value: Tensor([3], [1, 2, -1]))
    let bias = Parameter(name: "bias", value: Tensor([2], [0, 1]))
    let branches: [(Tensor) -> Tensor] = [
      { sum(linear($0, w(), bias: bias())) },
      { sum($0 * $0) },
      { sum(rmsNorm($0, weight: gain(), epsilon: 1e-5) * $0.detached()) },
      { sum(linear($0, w()) * linear($0, w(), bias: bias())) },
      { sum(rmsNorm($0, weight: gain(), epsilon: 1e-5)) },
    ]
    func gradients(_ pass: () -> Void) -> [[Float]] {
      for parameter in [x, w, gain, bias] { parameter.gradient = nil }
      pass()
      return [x, w, gain, bias].map { $0.gradient?.array() ?? [] }
    }
    for order in [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 0, 4, 1, 3]] {
      let apart = gradients { for index in order { branches[index](x() + x()).backward() } }
      let together = gradients {
        let shared = x() + x()
        order.map { branches[$0](shared) }.reduce(Tensor(0)) { $0 + $1 }.backward()
      }
      for (one, other) in zip(apart, together) {
        #expect(one.count == other.count)
        for (a, b) in zip(one, other) { #expect(abs(a - b) <= 1e-5 * max(1, abs(a))) }
      }
    }
  }

  @Test func noTokensGiveNoLoss() {
    let table = Parameter(name: "table", value: .zeros([5, 8]))
    let hidden = embedding([], table: table())
    let normed = rmsNorm(hidden, weight: Tensor([8], [Float](repeating: 1, count: 8)), epsilon: 1e-5)
    let spans = AttentionSpans.causal(documentLengths: [])
    let mixed = attention(normed, normed, normed, spans: spans, queryHeads: 2, keyValueHeads: 2)
    let loss = crossEntropy(linear(mixed, table()), labels: [])
    loss.backward()
    #expect(loss.item == 0)
    #expect(table.gradient?.array() == [Float](repeating: 0, count: 40))
  }

  @Test func aLongChainNeedsNoDeepStack() {
    let x = parameter([1])
    var y = x()
    for _ in 0..<5000 { y = y + Tensor([1], [1]) }
    y.backward()
    #expect(x.gradient?.array() == [1])
  }

  @Test func aSecondBackwardPassTraps() async {
    await #expect(processExitsWith: .failure) {
      let y = scale(Parameter(name: "x", value: Tensor([1], [1]))(), by: 2)
      y.backward()
      y.backward()
    }
  }

  @Test func recordingWithoutPullbackTraps() async {
    await #expect(processExitsWith: .failure) {
      let x = Parameter(name: "x", value: Tensor([1], [1]))
      _ = Tensor.recording(.scale, Tensor([1], [1]), inputs: [x()], pullback: nil)
    }
  }

  @Test func wrongShapesTrapWithBothShapes() async {
    await #expect(processExitsWith: .failure) {
      _ = linear(
        Tensor([2, 3], [Float](repeating: 0, count: 6)), Tensor([4, 2], [Float](repeating: 0, count: 8)))
    }
  }
}
