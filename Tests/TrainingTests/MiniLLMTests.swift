import Foundation
import Kernels
import LanguageModels
import Objectives
import TensorCore
import Testing
import Training

@Suite struct MiniLLMTests {
  /// Two answers, as a batch.
  private static let examples = {
    var random = SeededRandom(seed: 8)
    return [(3, 4), (2, 5)].map { lengths in
      Example(
        tokens: (0..<lengths.0 + lengths.1).map { _ in Int32(random.int(in: 0...31)) }, learntFrom: lengths.0)
    }
  }()

  private func gradient(_ objective: MiniLLMObjective, seed: UInt64 = 5) throws -> (
    values: [Float], report: LossReport
  ) {
    let model = try Tiny.model(seed: seed)
    let report = try objective.evaluate(
      TokenBatch(Self.examples), model: model, normalizer: 9, differentiates: true, isDetailed: true)
    return (model.parameters.flatMap { $0.gradient?.array() ?? [] }, report)
  }

  /// The gradient of −A log q with A from the definition, and of the divergence of every token, answer by answer.
  @Test(arguments: [true, false]) func theGradientIsThatOfItsTwoTerms(decomposes: Bool) throws {
    let teacher = try Tiny.model(seed: 6)
    teacher.freeze()
    let found = try gradient(
      MiniLLMObjective(
        ReverseKLAdvantages(gamma: 0.5, normalizesLength: false), decomposes: decomposes, teacher: teacher,
        blockRows: 2))
    let model = try Tiny.model(seed: 5)
    for example in Self.examples {
      let rows = example.labels.indices.filter { example.labels[$0] != Example.ignoredLabel }
      let labels = rows.map { example.labels[$0] }
      func logits(_ network: Transformer) -> Tensor {
        network.logits(
          of: gatherRows(
            network.forward(tokens: example.inputs, documentLengths: [example.count]),
            rows: rows.map { Int32($0) }))
      }
      let student = logits(model), expert = logits(teacher)
      let chosen = labelLogProbabilities(student, labels: labels)
      let rewards = zip(labelLogProbabilities(expert, labels: labels).values, chosen.values).map { $0 - $1 }
      let advantages = rewards.indices.map { first in
        (first..<rewards.count).reduce(Float(0)) { $0 + Float(pow(0.5, Double($1))) * rewards[$1] }
      }
      let drawn = sum(multiply(chosen, Tensor([rows.count, 1], advantages.map { -$0 / 9 })))
      let exact = divergence(.reverseKL, student: student, teacher: expert, reduction: .dividedBy(9))
      (decomposes ? drawn + exact : drawn).backward()
    }
    let expected = model.parameters.flatMap { $0.gradient?.array() ?? [] }
    #expect(zip(found.values, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(expected.contains { abs($0) > 1e-3 })
    #expect((found.report.sums["kd_loss"]?.value ?? 0 > 0) == decomposes)
  }

  @Test func aStudentThatIsTheTeacherHasNoGradient() throws {
    let teacher = try Tiny.model(seed: 5)
    teacher.freeze()
    let found = try gradient(MiniLLMObjective(ReverseKLAdvantages(), decomposes: true, teacher: teacher))
    #expect(found.values.allSatisfy { abs($0) < 1e-6 } && abs(found.report.loss) < 1e-5)
  }

  /// Powers counted from t: a long answer with a small γ stays finite.
  @Test func aLongAnswerHasFiniteAdvantages() {
    let advantages = ReverseKLAdvantages(gamma: 0.1, normalizesLength: true)
    let found = advantages(
      student: Array(repeating: -1, count: 2000), teacher: Array(repeating: -3, count: 2000))
    #expect(found.allSatisfy { abs($0 + 2) < 1e-9 })
  }
}
