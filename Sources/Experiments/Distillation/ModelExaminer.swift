import Corpus
import Evaluation
import LanguageModels
import Text

/// Examines models on the same problems; an examination is a stage.
struct ModelExaminer {
  let tokenizer: Tokenizer
  let template: ModelTemplate
  let maximumNewTokens: Int
  let partial: PartialRun
  let watch: DistillationWatch

  func examination(of model: Transformer) -> Examination {
    var examination = Examination(generator: Generator(model), tokenizer: tokenizer, template: template)
    examination.maximumNewTokens = maximumNewTokens
    return examination
  }

  func examine(_ model: Transformer, _ problems: [Problem], stage: String) throws -> [GradedAnswer] {
    try partial.result(of: stage) {
      let answers = try examination(of: model).answers(to: problems) { try report($0, stage: stage) }
      let work = GenerationWork(answers)
      return StageResult(
        value: answers.map(\.graded), tokens: work.tokens, flops: work.flops(of: model.configuration))
    }
  }

  func report(_ state: GenerationProgress, stage: String) throws {
    if watch.shouldStop() { throw DistillationInterrupted() }
    watch.show(
      DistillationProgress(
        stage: stage, fraction: Double(state.finishedSequences) / Double(max(1, state.sequences)),
        detail:
          "\(state.finishedSequences)/\(state.sequences) answers, \(Int(state.tokensPerSecond)) tokens/s"))
  }
}

/// How many tokens passed through a model while it answered.
struct GenerationWork {
  /// Prompts, each once however many samples it has, and all generated tokens.
  private(set) var tokens = 0
  private var sequences = 0
  private var lengths = 0

  init(_ answers: [Examination.Answered]) {
    for answer in answers {
      tokens += answer.sequence.tokens.count + (answer.sample == 0 ? answer.prompt.count : 0)
      lengths += answer.sequence.tokens.count + answer.prompt.count
      sequences += 1
    }
  }

  /// Forward operations, attention at the mean length of the sequences.
  func flops(of configuration: ModelConfiguration) -> Double {
    Double(tokens) * configuration.forwardFLOPsPerToken(sequenceLength: lengths / max(1, sequences))
  }
}
