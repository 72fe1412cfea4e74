import Kernels
import Objectives
import TensorCore
import Testing

@Suite struct ObjectiveTests {
  private func draw(_ seed: UInt64) -> Tensor {
    var random = SeededRandom(seed: seed)
    return OpCheck.Draw.normal([4, 9], scale: 2).tensor(using: &random)
  }

  @Test(arguments: LossFunctionName.allCases.filter(\.comparesDistributions))
  func aDistributionDoesNotDivergeFromItself(_ function: LossFunctionName) {
    let student = Parameter(name: "student", value: draw(1))
    let value = Objective([LossTerm(function, temperature: 2)])(
      student: student(), teacher: .logits(student.value), labels: [0, 0, 0, 0])
    value.loss.backward()
    #expect(abs(value.loss.item) < 1e-6)
    let largest = student.gradient?.array().map { abs($0) }.max() ?? 1
    #expect(largest < 1e-6)
  }

  @Test(arguments: LossFunctionName.allCases.filter(\.comparesDistributions))
  func aDivergenceIsNeverNegative(_ function: LossFunctionName) {
    for seed in 0..<20 {
      let value = Objective([LossTerm(function)])(
        student: draw(UInt64(seed)), teacher: .logits(draw(UInt64(seed) + 100)), labels: [0, 0, 0, 0])
      #expect(value.loss.item > 0)
    }
  }

  @Test(arguments: LossFunctionName.allCases.filter(\.readsLogits))
  func ignoredRowsHaveNoGradient(_ function: LossFunctionName) {
    let student = Parameter(name: "student", value: draw(1))
    Objective([LossTerm(function, temperature: 1.5)])(
      student: student(), teacher: .logits(draw(2)), labels: [3, -100, 1, -100]
    ).loss.backward()
    let gradient = student.gradient?.array() ?? []
    #expect(gradient[9..<18].allSatisfy { $0 == 0 } && gradient[27..<36].allSatisfy { $0 == 0 })
    #expect(gradient[0..<9].contains { $0 != 0 })
  }

  @Test(arguments: LossFunctionName.allCases.filter(\.comparesDistributions))
  func aSignalOfTheWholeVocabularyIsExact(_ function: LossFunctionName) {
    let (student, teacher) = (draw(1), draw(2))
    let labels: [Int32] = [0, 1, -100, 2]
    let term = LossTerm(function, temperature: 2)
    let signal = TopKSignal(
      logProbabilities: logSoftmax(scale(teacher, by: 0.5)).buffer,
      indices: (0..<36).map { Int32($0 % 9) }, tail: .repeating(-.infinity, count: 4), temperature: 2)
    let whole = Objective([term])(student: student, teacher: .logits(teacher), labels: labels).loss.item
    let stored = Objective([term])(student: student, teacher: .topK(signal), labels: labels).loss.item
    #expect(abs(whole - stored) < 1e-5 * max(1, abs(whole)))
  }

  /// Central differences of −Σ p log p, in the direction of a fixed vector.
  @Test func theEntropysGradientIsItsSlope() {
    let (logits, direction) = (draw(1), draw(2))
    let parameter = Parameter(name: "logits", value: logits)
    negativeEntropy(parameter(), temperature: 1.5).backward()
    let slope = zip(parameter.gradient?.array() ?? [], direction.values).reduce(0.0) {
      $0 + Double($1.0 * $1.1)
    }
    func value(_ step: Float) -> Double {
      -entropies(logits + scale(direction, by: step), temperature: 1.5).reduce(0, +)
    }
    let measured = (value(1e-2) - value(-1e-2)) / 2e-2
    #expect(abs(slope - measured) < 1e-3 * (abs(slope) + abs(measured)) && abs(slope) > 0.1)
  }

  @Test func termsAddUpWithTheirWeights() {
    let (student, teacher) = (draw(1), draw(2))
    let labels: [Int32] = [0, 1, 2, 3]
    let terms = [LossTerm(.forwardKL, weight: 0.25, temperature: 3), LossTerm(.crossEntropy, weight: 0.5)]
    let value = Objective(terms)(student: student, teacher: .logits(teacher), labels: labels)
    let kl = divergence(.forwardKL, student: student, teacher: teacher, temperature: 3).item
    let ce = crossEntropy(student, labels: labels).item
    #expect(abs(value.loss.item - (0.25 * 9 * kl + 0.5 * ce)) < 1e-5)
    #expect(value.terms == [Double(kl), Double(ce)])
  }

  /// A term of completions beside one of all rows: the sum over completions, by the n of all, and no gradient of prompts.
  @Test(arguments: LossFunctionName.allCases.filter(\.readsLogits))
  func aTermOfCompletionsLeavesPromptsOut(_ function: LossFunctionName) {
    let teacher = draw(2)
    let labels: [Int32] = [0, 1, -100, 3]
    let isCompletion = [false, true, true, true]
    var term = LossTerm(function, weight: 20)
    term.tokens = .completion
    func run(_ terms: [LossTerm], _ labels: [Int32], _ isCompletion: [Bool]?) -> ([Double], [Float]) {
      let student = Parameter(name: "student", value: draw(1))
      let value = Objective(terms)(
        student: student(), teacher: .logits(teacher), labels: labels, isCompletion: isCompletion,
        normalizer: 3)
      value.loss.backward()
      return ([Double(value.loss.item)] + value.terms, student.gradient?.array() ?? [])
    }
    let expected = run([LossTerm(function, weight: 20)], [-100, 1, -100, 3], nil)
    #expect(run([term], labels, isCompletion) == expected)
    #expect(expected.0[1] > 0)
    let whole = run([LossTerm(function)], labels, nil)
    let both = run([LossTerm(function), term], labels, isCompletion)
    #expect(both.0[1...] == [whole.0[1], expected.0[1]])
    for (index, value) in both.1.enumerated() {
      #expect(abs(value - (whole.1[index] + expected.1[index])) < 1e-6)
    }
    // Where completions hold all labels it is the term of all.
    #expect(run([term], labels, nil) == run([LossTerm(function, weight: 20)], labels, nil))
  }

  @Test func aChunkedObjectiveEqualsTheWhole() {
    var random = SeededRandom(seed: 5)
    let hidden = Parameter(name: "hidden", value: OpCheck.Draw.normal([7, 6]).tensor(using: &random))
    let head = Parameter(name: "head", value: OpCheck.Draw.normal([9, 6]).tensor(using: &random))
    let teacher = OpCheck.Draw.normal([7, 9]).tensor(using: &random)
    let labels: [Int32] = [1, 2, -100, 0, 8, -100, 4]
    let objective = Objective([
      LossTerm(.jsd, weight: 0.5, temperature: 2), LossTerm(.crossEntropy, weight: 0.5),
    ])
    let whole = objective(student: linear(hidden(), head()), teacher: .logits(teacher), labels: labels).loss
    whole.backward()
    let expected = [hidden, head].map { $0.gradient?.array() ?? [] }
    (hidden.gradient, head.gradient) = (nil, nil)
    let chunked = chunkedLinearLoss(hidden(), head(), chunkRows: 3) { logits, rows in
      objective(
        student: logits, teacher: TeacherSignal.logits(teacher).rows(rows), labels: Array(labels[rows]),
        normalizer: 5
      ).loss
    }
    scale(chunked, by: 1).backward()
    #expect(abs(chunked.item - whole.item) < 1e-6)
    for (parameter, expected) in zip([hidden, head], expected) {
      for (a, b) in zip(parameter.gradient?.array() ?? [], expected) { #expect(abs(a - b) < 1e-6) }
    }
  }

  @Test func aSignalOfAnotherTemperatureIsRefused() {
    let objective = Objective([LossTerm(.forwardKL, temperature: 2)])
    #expect(throws: ObjectiveError.signalTemperature(function: "forward_kl", term: 2, signal: 1)) {
      try objective.validate(topKTemperature: 1)
    }
    #expect(throws: Never.self) { try objective.validate(topKTemperature: 2) }
    var term = LossTerm(.skewReverseKL)
    term.skew = 1
    #expect(throws: ObjectiveError.self) { try Objective([term]).validate() }
  }
}
