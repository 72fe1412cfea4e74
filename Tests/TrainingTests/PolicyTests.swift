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
  /// Two answers of different lengths to each of two prompts.
  static func rollouts(_ advantages: [Float]) -> [Rollout] {
    var random = SeededRandom(seed: 3)
    func draw(_ count: Int) -> [Int32] { (0..<count).map { _ in Int32(random.int(in: 0...31)) } }
    let prompts = [draw(3), draw(5)]
    return [(3, 4), (3, 2), (5, 6), (5, 1)].enumerated().map { index, lengths in
      let tokens = prompts[index / 2] + draw(lengths.1)
      return Rollout(
        answer: answer("7", "7"), tokens: tokens, promptCount: lengths.0,
        samplingLogProbabilities: Array(repeating: -1, count: lengths.1), advantage: advantages[index])
    }
  }

  static func answer(
    _ completion: String, _ right: String, language: String = "en", tokens: Int = 10, stopped: Bool = true
  ) -> GradedAnswer {
    let problem = Problem(
      id: "a", domain: "finance", family: "sum", level: 1, language: language, prompt: "3+4?", reasoning: "",
      answer: .number(Number(Int(right) ?? 0)), group: "a")
    return GradedAnswer(
      problem: problem, completion: completion,
      verification: Verifier.verify(completion, against: problem.answer), tokenCount: tokens, stopped: stopped
    )
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

  /// Without advantages the bonus alone is learnt: the entropy of the counted tokens, in micro-batches as in one batch.
  @Test func theEntropyBonusIsTheSlopeOfTheMeanEntropy() throws {
    let model = try Tiny.model()
    let rollouts = Self.rollouts([0, 0, 0, 0])
    var loss = PolicyLoss(.dapo)
    loss.entropyCoefficient = 0.3
    func gradients(_ batches: [RolloutBatch]) throws -> (values: [[Float]], loss: Double) {
      let objective = PolicyObjective(loss, reference: nil, temperature: 1, blockRows: 3)
      let losses = try batches.map {
        try objective.evaluate($0, model: model, normalizer: 1, differentiates: true, isDetailed: false).loss
      }
      defer { for parameter in model.parameters { parameter.gradient = nil } }
      return (model.parameters.map { $0.gradient?.array() ?? [] }, losses.reduce(0, +))
    }
    let isCounted = [true, true, false, true]
    func masked(_ range: Range<Int>) -> RolloutBatch {
      RolloutBatch(Array(rollouts[range]), isCounted: Array(isCounted[range]), updateTokens: 7)
    }
    let whole = try gradients([masked(0..<4)])
    let parts = try gradients([masked(0..<2), masked(2..<4)])
    var entropy = 0.0
    for (rollout, counts) in zip(rollouts, isCounted) where counts {
      let inputs = Array(rollout.tokens.dropLast())
      let rows = (rollout.promptCount - 1..<inputs.count).map { Int32($0) }
      let hidden = gatherRows(model.forward(tokens: inputs, documentLengths: [inputs.count]), rows: rows)
      entropy += entropies(model.logits(of: hidden)).reduce(0, +)
      scale(negativeEntropy(model.logits(of: hidden)), by: 0.3 / 7).backward()
    }
    let expected = model.parameters.map { $0.gradient?.array() ?? [] }
    #expect(largestDifference(whole.values, expected) < 1e-6)
    #expect(largestDifference(parts.values, expected) < 1e-6)
    #expect(expected.joined().contains { abs($0) > 1e-3 })
    #expect(abs(whole.loss + 0.3 * entropy / 7) < 1e-5 && abs(parts.loss - whole.loss) < 1e-6)
  }

  @Test func microBatchesReportTheLossOfTheWholeUpdate() throws {
    let model = try Tiny.model()
    let rollouts = Self.rollouts([1, -1, 0.5, -0.25])
    var loss = PolicyLoss(.dapo)
    loss.entropyCoefficient = 0.1
    func report(_ batches: [RolloutBatch]) throws -> LossReport {
      loss.accumulationSteps = batches.count
      let objective = PolicyObjective(loss, reference: nil, temperature: 1)
      var report = LossReport()
      for batch in batches {
        report.merge(
          try objective.evaluate(
            batch, model: model, normalizer: 1, differentiates: false, isDetailed: false))
      }
      return report
    }
    let whole = try report([batch(rollouts)])
    let parts = try report([
      batch(Array(rollouts[..<1]), of: rollouts), batch(Array(rollouts[1...]), of: rollouts),
    ])
    for name in ["loss", "policy_loss"] {
      let values = [whole, parts].map { $0.sums[name]?.value ?? .nan }
      #expect(abs(values[0] - values[1]) < 1e-5 && abs(values[0]) > 1e-2, "\(name): \(values)")
    }
  }

  /// Only the tokens of the highest entropy are learnt when the share is small; answers that begin alike share a state.
  @Test func onlyTokensOfHighEntropyAreLearnt() throws {
    let model = try Tiny.model()
    let rollouts = Self.rollouts([1, 1, 1, 1])
    var loss = PolicyLoss(.dapo)
    loss.topEntropyShare = 0.01
    let objective = PolicyObjective(loss, reference: nil, temperature: 1, blockRows: 3)
    _ = try objective.evaluate(
      batch(rollouts), model: model, normalizer: 1, differentiates: true, isDetailed: false)
    let found = model.parameters.map { $0.gradient?.array() ?? [] }
    for parameter in model.parameters { parameter.gradient = nil }
    var best = -1.0
    var chosen: [(logits: Tensor, label: Int32)] = []
    for rollout in rollouts {
      let inputs = Array(rollout.tokens.dropLast())
      for row in rollout.promptCount - 1..<inputs.count {
        let hidden = gatherRows(
          model.forward(tokens: inputs, documentLengths: [inputs.count]), rows: [Int32(row)])
        let logits = model.logits(of: hidden)
        let entropy = entropies(logits)[0]
        if entropy > best + 1e-6 { (best, chosen) = (entropy, []) }
        if entropy > best - 1e-6 { chosen.append((logits, rollout.tokens[row + 1])) }
      }
    }
    for (logits, label) in chosen {
      scale(sum(labelLogProbabilities(logits, labels: [label])), by: -1 / 13).backward()
    }
    #expect(largestDifference(found, model.parameters.map { $0.gradient?.array() ?? [] }) < 1e-6)
  }

  /// What a packed reference says of answers that stand behind a prompt side by side is what the model itself says.
  @Test func aPackedReferenceIsTheModelThatItWasMadeOf() throws {
    let model = try Tiny.model(seed: 5), reference = try Tiny.model(seed: 6)
    var loss = PolicyLoss(.grpo)
    loss.klCoefficient = 0.04
    let batch = RolloutBatch(
      Self.rollouts([1, -1, 0.5, -0.5]), isCounted: [true, true, true, true], updateTokens: 13)
    #expect(batch.tokens.spans.keyTokens != nil)
    func report(_ reference: any TeacherModel) throws -> LossReport {
      try PolicyObjective(loss, reference: reference, temperature: 1).evaluate(
        batch, model: model, normalizer: 1, differentiates: false, isDetailed: true)
    }
    let (whole, packed) = (try report(reference), try report(FrozenTransformer(reference, format: .fp32)))
    let divergence = try #require(whole.sums["kl"]?.value)
    #expect(divergence > 1e-3 && abs(packed.loss - whole.loss) < 1e-6)
    #expect(abs(try #require(packed.sums["kl"]?.value) - divergence) < 1e-5)
    // Of the policy itself, whose divergence is nothing.
    let own = try report(FrozenTransformer(model, format: .fp32))
    #expect(abs(try #require(own.sums["kl"]?.value)) < 1e-9)
  }

  /// reference ← ¼ policy + ¾ reference after every second update, and a checkpoint's reference is taken up.
  @Test func theReferenceFollowsThePolicy() throws {
    let policy = try Tiny.model(seed: 5), start = try Tiny.model(seed: 6), reference = try Tiny.model(seed: 6)
    let objective = PolicyObjective(PolicyLoss(), reference: reference, temperature: 1)
    #expect(objective.keptArrays.isEmpty)
    objective.refresh = ReferenceRefresh(mixture: 0.25, everySteps: 2)
    objective.finishUpdate(step: 1, model: policy)
    #expect(reference.parameters[0].value.values == start.parameters[0].value.values)
    objective.finishUpdate(step: 2, model: policy)
    for (index, parameter) in reference.parameters.enumerated() {
      let (p, r) = (policy.parameters[index].value.values, start.parameters[index].value.values)
      let expected = zip(p, r).map { 0.25 * $0 + 0.75 * $1 }
      #expect(zip(parameter.value.values, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    }
    let twin = try Tiny.model(seed: 6)
    let resumed = PolicyObjective(PolicyLoss(), reference: twin, temperature: 1)
    resumed.refresh = objective.refresh
    try resumed.restore(objective.keptArrays)
    #expect(twin.parameters.map(\.value.values) == reference.parameters.map(\.value.values))
    #expect(throws: TrainingError.self) { try resumed.restore([]) }
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
    let overlong = SoftOverlongReward(maximumTokens: 100, cache: 20)
    #expect(
      [0, 80, 90, 100, 120].map { overlong.score(Self.answer("7", "7", tokens: $0)) } == [0, 0, -0.5, -1, -1])
    #expect(SoftOverlongReward(maximumTokens: 100).cache == 20)
    // A limit below the cache punishes from the first token on.
    #expect(SoftOverlongReward(maximumTokens: 10, cache: 20).score(Self.answer("7", "7", tokens: 0)) == -0.5)
  }
}
