import Corpus
import Evaluation
import Kernels
import LanguageModels

/// Lets the current policy answer prompts in a seeded order, pass after pass.
///
/// Answers depend on the weights, the seed and the place in the order alone, so that a resumed run draws the same ones.
final class PolicySampler {
  let prompts: PromptSource
  let model: Transformer
  let encoder: ExampleEncoder
  let settings: RolloutSettings
  /// Longest prompt and completion together, in tokens.
  let maxLength: Int
  let seed: UInt64
  private(set) var position = DataPosition()
  private var order: [Int] = []
  private var orderedEpoch = -1

  init(
    prompts: PromptSource, model: Transformer, encoder: ExampleEncoder, settings: RolloutSettings,
    maxLength: Int,
    seed: UInt64
  ) {
    self.prompts = prompts
    self.model = model
    self.encoder = encoder
    self.settings = settings
    self.maxLength = maxLength
    self.seed = seed
    position.count = prompts.count
  }

  func restore(_ position: DataPosition) throws {
    try position.requireCount(prompts.count, of: "prompts")
    self.position = position
  }

  /// `samples` answers each to the next `count` prompts; those of one prompt stand together.
  func rollouts(
    prompts count: Int, samples: Int, with generator: Generator,
    progress: ((GenerationProgress) throws -> Void)? = nil
  ) throws -> [Rollout] {
    var examination = Examination(
      generator: generator, tokenizer: encoder.tokenizer, template: encoder.template)
    examination.maximumNewTokens = settings.maximumNewTokens
    examination.sampling = settings.sampling
    examination.seed = seed &+ UInt64(position.epoch) << 32 &+ UInt64(position.offset)
    let problems = try (0..<count).map { _ in try nextProblem() }
    let answers = try examination.answers(
      to: problems, samples: samples, choices: prompts.choices, progress: progress)
    position.generation = position.generation ?? GenerationWork()
    position.generation?.add(answers)
    return answers.map { answered in
      Rollout(
        answer: answered.graded, tokens: answered.prompt + answered.sequence.tokens,
        promptCount: answered.prompt.count,
        samplingLogProbabilities: answered.sequence.logProbabilities)
    }
  }

  /// The next prompt that leaves room for an answer; others are passed over and counted.
  private func nextProblem() throws -> Problem {
    var passed = 0
    while passed <= position.count, position.count > 0 {
      if position.offset >= position.count {
        position.offset = 0
        position.epoch += 1
      }
      if orderedEpoch != position.epoch {
        order = PackedBatchSource.order(count: position.count, seed: seed, epoch: position.epoch)
        orderedEpoch = position.epoch
      }
      let problem = prompts.problem(at: order[position.offset])
      position.offset += 1
      if try encoder.prompt(problem.prompt).count + settings.maximumNewTokens <= maxLength { return problem }
      if position.epoch == 0 { position.dropped += 1 }
      passed += 1
    }
    throw TrainingError.noExamples(
      source:
        "the prompts with room for \(settings.maximumNewTokens) tokens (rollouts.max_completion_length)",
      dropped: position.dropped, maxLength: maxLength)
  }
}
