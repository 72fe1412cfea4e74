import Corpus
import Evaluation
import Foundation
import Kernels
import LanguageModels
import Objectives
import TensorCore
import Testing
import Training

@Suite struct PolicyTests {
  /// Four answers of different lengths to two prompts.
  static func rollouts(_ advantages: [Float]) -> [Rollout] {
    var random = SeededRandom(seed: 3)
    return [(3, 4), (3, 2), (5, 6), (5, 1)].enumerated().map { index, lengths in
      let tokens = (0..<lengths.0 + lengths.1).map { _ in Int32(random.int(in: 0...31)) }
      return Rollout(
        answer: answer("7", "7"), tokens: tokens, promptCount: lengths.0,
        samplingLogProbabilities: Array(repeating: -1, count: lengths.1), advantage: advantages[index])
    }
  }

  static func answer(_ completion: String, _ right: String, language: String = "en", tokens: Int = 10)
    -> GradedAnswer
  {
    let problem = Problem(
      id: "a", domain: "finance", family: "sum", level: 1, language: language, prompt: "3+4?", reasoning: "",
      answer: .number(Number(Int(right) ?? 0)), group: "a")
    return GradedAnswer(
      problem: problem, completion: completion,
      verification: Verifier.verify(completion, against: problem.answer), tokenCount: tokens, stopped: true)
  }

  private func gradients(_ model: Transformer, _ name: PolicyLossName, _ batches: [RolloutBatch]) throws
    -> [[Float]]
  {
    var loss = PolicyLoss(name)
    loss.accumulationSteps = batches.count
    let objective = PolicyObjective(loss, reference: nil, temperature: 1, blockRows: 3)
    for batch in batches {
      _ = try objective.evaluate(
        batch, model: model, normalizer: 1, differentiates: true, isDetailed: true)
    }
    defer { for parameter in model.parameters { parameter.gradient = nil } }
    return model.parameters.map { $0.gradient?.array() ?? Array(repeating: 0, count: $0.value.count) }
  }

  private func batch(_ rollouts: [Rollout], of all: [Rollout]? = nil) -> RolloutBatch {
    let tokens = (all ?? rollouts).reduce(0) { $0 + $1.samplingLogProbabilities.count }
    return RolloutBatch(rollouts, isCounted: rollouts.map { _ in true }, updateTokens: tokens)
  }

  private func largestDifference(_ a: [[Float]], _ b: [[Float]]) -> Float {
    zip(a.joined(), b.joined()).map { abs($0 - $1) }.max() ?? 0
  }

  /// On policy every ratio is 1, and the gradient is that of −Σ A log π, answer by answer.
  @Test func onPolicyTheGradientIsThatOfTheWeightedLogLikelihood() throws {
    let model = try Tiny.model()
    let rollouts = Self.rollouts([1, -1, 0.5, -0.25])
    let found = try gradients(model, .grpo, [batch(rollouts)])
    for rollout in rollouts {
      let inputs = Array(rollout.tokens.dropLast())
      let length = rollout.samplingLogProbabilities.count
      let rows = (inputs.count - length..<inputs.count).map { Int32($0) }
      let hidden = gatherRows(model.forward(tokens: inputs, documentLengths: [inputs.count]), rows: rows)
      let chosen = gatherColumns(
        logSoftmax(model.logits(of: hidden)), indices: Array(rollout.tokens.suffix(length)))
      scale(sum(chosen), by: -rollout.advantage / Float(4 * length)).backward()
    }
    let expected = model.parameters.map { $0.gradient?.array() ?? [] }
    #expect(largestDifference(found, expected) < 1e-6)
    #expect(found.joined().contains { abs($0) > 1e-3 })
  }

  /// Old log-probabilities kept in the first pass give ratios of exactly 1 at the same weights.
  @Test func theFirstIterationsRatioIsExactlyOne() throws {
    let model = try Tiny.model()
    let rollouts = Self.rollouts([1, -1, 0.5, -0.25])
    let source = batch(rollouts)
    let objective = PolicyObjective(PolicyLoss(.grpo), reference: nil, temperature: 0.7, blockRows: 3)
    var kept = source
    objective.onFirstPass = { logProbabilities, _ in kept.keep(logProbabilities) }
    func gradient(_ batch: RolloutBatch) throws -> [[Float]] {
      _ = try objective.evaluate(batch, model: model, normalizer: 1, differentiates: true, isDetailed: true)
      defer { for parameter in model.parameters { parameter.gradient = nil } }
      return model.parameters.map { $0.gradient?.array() ?? [] }
    }
    let first = try gradient(source)
    #expect(kept.completions.allSatisfy { $0.oldLogProbabilities?.count == $0.length })
    let stored = try JSONDecoder().decode(RolloutBatch.self, from: JSONEncoder().encode(kept))
    #expect(stored == kept)
    #expect(try gradient(stored) == first)
    // Elsewhere the ratio is another.
    model.parameters[0].value = scale(model.parameters[0].value, by: 1.5)
    let moved = try gradient(source)
    #expect(try gradient(stored) != moved)
  }

  @Test(arguments: PolicyLossName.allCases) func equalRewardsTeachNothing(_ name: PolicyLossName) throws {
    let model = try Tiny.model()
    let found = try gradients(model, name, [batch(Self.rollouts([0, 0, 0, 0]))])
    #expect(found.joined().allSatisfy { $0 == 0 })
  }

  @Test(arguments: [PolicyLossName.grpo, .dapo, .cispo])
  func accumulationEqualsOneLargeBatch(_ name: PolicyLossName) throws {
    let model = try Tiny.model()
    let rollouts = Self.rollouts([1, -1, 0.5, -0.5])
    let whole = try gradients(model, name, [batch(rollouts)])
    let parts = try gradients(
      model, name, [batch(Array(rollouts[..<2]), of: rollouts), batch(Array(rollouts[2...]), of: rollouts)])
    #expect(largestDifference(whole, parts) < 1e-6)
  }

  @Test func anAnswerThatIsNotCountedTeachesNothing() throws {
    let model = try Tiny.model()
    let rollouts = Self.rollouts([0, 2, 0, 0])
    let masked = RolloutBatch(rollouts, isCounted: [true, false, true, true], updateTokens: 11)
    #expect(try gradients(model, .dapo, [masked]).joined().allSatisfy { $0 == 0 })
  }

  @Test func rewardsByRule() {
    let accuracy = AccuracyReward(), format = FormatReward(), language = LanguageReward()
    #expect(accuracy.score(Self.answer("<think>3+4=7</think>7", "7")) == 1)
    #expect(accuracy.score(Self.answer("<think>3+4=8</think>8", "7")) == 0)
    #expect(format.score(Self.answer("<think>3+4=7</think>7", "7")) == 1)
    for wrong in [
      "7", "<think></think>7", "<think>7</think>", "<think>a<think>b</think>7", "<think>a</think>b</think>7",
    ] {
      #expect(format.score(Self.answer(wrong, "7")) == 0, "\(wrong)")
    }
    #expect(language.score(Self.answer("합계 7", "7", language: "ko")) == 1)
    #expect(language.score(Self.answer("<think>합계</think>7", "7", language: "ko")) == 1)
    #expect(language.score(Self.answer("sum 합계", "7", language: "ko")) == 0.4)
    #expect(language.score(Self.answer("7", "7")) == nil)
    let repetition = RepetitionReward(size: 2)
    #expect(repetition.score(Self.answer("a b c d", "7")) == 0)
    #expect(repetition.score(Self.answer("a b a b a", "7")) == -0.5)
    let length = CosineLengthReward(maximumTokens: 100)
    #expect(length.score(Self.answer("7", "7", tokens: 0)) == 1)
    #expect(length.score(Self.answer("7", "7", tokens: 100)) == 0.5)
    #expect(length.score(Self.answer("8", "7", tokens: 0)) == -1)
  }
}
