import Corpus
import Evaluation
import Files
import Foundation
import Kernels
import LanguageModels
import Testing
import Text

@Suite struct ExaminationSamplingTests {
  private struct Stopped: Error {}

  private static let tokenizer = Result {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try Tokenizer.load(tests.deletingLastPathComponent().appendingPathComponent("Models/tiny"))
  }

  private func examination(slots: Int = 3, _ sampling: SamplingParameters = .init(temperature: 1.2))
    throws -> Examination
  {
    let tokenizer = try Self.tokenizer.get()
    var random = SeededRandom(seed: 3)
    let model = try Transformer(
      ModelConfiguration(
        vocabularySize: tokenizer.vocabularySize, hiddenSize: 8, intermediateSize: 16, layerCount: 2,
        queryHeadCount: 2, keyValueHeadCount: 1, headDimension: 4, maximumPositions: 128,
        initializerRange: 0.3), using: &random)
    var examination = Examination(
      generator: Generator(model, maximumSlots: slots), tokenizer: tokenizer,
      template: try ModelTemplate(of: tokenizer))
    examination.maximumNewTokens = 6
    examination.sampling = sampling
    return examination
  }

  private let problems = (0..<5).map { SampledProblem(id: "\($0)").problem }

  private func texts(_ answers: [SampledAnswer]) -> [String] {
    answers.map {
      "\($0.graded.problem.id) \($0.seed) \($0.sample) \($0.graded.completion) \($0.meanLogProbability ?? 1)"
    }
  }

  /// A mended sampler or kernel must not be answered for by the build before it.
  @Test func anAnswerBelongsToTheBuildThatGaveIt() throws {
    let archive = CountingArchive<KeptAnswer>()
    _ = try examination().answers(to: problems, plan: SamplePlan(samples: 1, seeds: [1]), archive: archive)
    let program = try Fingerprint.sha256(file: URL(fileURLWithPath: "/proc/self/exe"))
    #expect(archive.answers.count == problems.count)
    for key in archive.answers.keys {
      let request = try JSONValue(parsing: key.request, source: "key")
      #expect(request["program"]?.string?.hasSuffix(program) == true)
    }
  }

  @Test func aBrokenOffExaminationGoesOnAndEqualsAWholeOne() throws {
    let examination = try examination()
    let plan = SamplePlan(samples: 3, seeds: [1, 2])
    let whole = try examination.answers(to: problems, plan: plan)
    #expect(whole.count == 30 && Set(texts(whole)).count == 30)
    let archive = CountingArchive<KeptAnswer>()
    #expect(throws: Stopped.self) {
      _ = try examination.answers(to: problems, plan: plan, archive: archive) { progress in
        #expect(archive.kept == progress.finished, "kept before it is told")
        if progress.finished >= 11 { throw Stopped() }
      }
    }
    let first = archive.kept
    #expect(first >= 11 && first < 30)
    var told: [ExaminationProgress] = []
    let resumed = try examination.answers(to: problems, plan: plan, archive: archive) { told.append($0) }
    #expect(texts(resumed) == texts(whole))
    #expect(archive.kept == 30 && archive.found == first)
    #expect(
      told.allSatisfy { $0.reused == first && $0.answers == 30 && $0.generation.sequences == 30 - first })
    #expect(told.last?.finished == 30)
    // Nothing is left to ask, and nothing is reported as work.
    told = []
    let again = try examination.answers(to: problems, plan: plan, archive: archive) { told.append($0) }
    #expect(texts(again) == texts(whole) && told.isEmpty && archive.kept == 30)
  }

  /// More problems, samples or seeds, another order or number of slots leave an answer as it is.
  @Test func anAnswerDependsOnItsSeedPromptAndSampleAlone() throws {
    let many = try examination().answers(to: problems, plan: SamplePlan(samples: 3, seeds: [1, 2]))
    let few = try examination(slots: 1).answers(
      to: [problems[3], problems[1]], plan: SamplePlan(samples: 2, seeds: [2]))
    #expect(few.count == 4)
    #expect(Set(texts(few)).isSubset(of: Set(texts(many))))
  }

  @Test func whateverChangesAnAnswerChangesItsKey() throws {
    let one = [problems[0]]
    func keys(
      _ examination: Examination, _ plan: SamplePlan = SamplePlan(), weights: String = "w",
      problems: [Problem]? = nil
    ) throws -> Set<AnswerKey> {
      let archive = CountingArchive<KeptAnswer>(weights: weights)
      _ = try examination.answers(to: problems ?? one, plan: plan, archive: archive)
      return Set(archive.answers.keys)
    }
    let base = try examination()
    var longer = base, colder = base, narrower = base
    longer.maximumNewTokens = 7
    colder.sampling.temperature = 1.1
    narrower.sampling.topP = 0.9
    let other: ModelTemplate = base.template == .plain ? .chatML : .plain
    var plain = Examination(generator: base.generator, tokenizer: base.tokenizer, template: other)
    (plain.maximumNewTokens, plain.sampling) = (base.maximumNewTokens, base.sampling)
    let sets = [
      try keys(base), try keys(longer), try keys(colder), try keys(narrower), try keys(plain),
      try keys(base, weights: "v"), try keys(base, SamplePlan(seeds: [1])),
      try keys(base, problems: [problems[1]]),
      try Precision.$current.withValue(.bf16) { try keys(base) },
      try Processor.$forcedVariant.withValue(.base) { try keys(base) },
    ]
    #expect(Set(sets.flatMap { $0 }).count == sets.count || Processor.variant == .base)
    #expect(try keys(base, SamplePlan(samples: 3)).isSuperset(of: sets[0]))
    // Greedy answers draw nothing: no seed is in their key.
    let greedy = try examination(.greedy)
    #expect(try keys(greedy, SamplePlan(seeds: [1])) == keys(greedy, SamplePlan(seeds: [2])))
    // An option that the prompt does not show changes the reading alone.
    var another = problems[0]
    another.answer = .number(8)
    #expect(try keys(base, problems: [another]) == sets[0])
  }

  @Test func aPlanOfOneGreedyAnswerIsTheOldExamination() throws {
    let examination = try examination(.greedy)
    let old = try examination.answers(to: problems).map(\.graded.completion)
    #expect(try examination.answers(to: problems, plan: SamplePlan()).map(\.graded.completion) == old)
  }

  /// exp of the mean log-probability is what greedy answers are calibrated by.
  @Test func theMeanLogProbabilityIsThatOfTheTokens() throws {
    let examination = try examination(.greedy)
    let old = try examination.answers(to: problems)
    let new = try examination.answers(to: problems, plan: SamplePlan())
    for (a, b) in zip(old, new) {
      let tokens = a.sequence.logProbabilities.map(Double.init)
      let mean = try #require(b.meanLogProbability)
      #expect(abs(tokens.reduce(0, +) / Double(tokens.count) - mean) < 1e-12)
    }
  }
}
