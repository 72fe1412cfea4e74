import Corpus
import Evaluation
import LanguageModels
import Text
import Training

/// Examines models on the same problems and books what it costs.
struct ModelExaminer {
  let tokenizer: Tokenizer
  let template: ChatTemplate
  let maximumNewTokens: Int
  let progress: (DistillationProgress) -> Void

  func examination(of model: Transformer) -> Examination {
    var examination = Examination(generator: Generator(model), tokenizer: tokenizer, template: template)
    examination.maximumNewTokens = maximumNewTokens
    return examination
  }

  func examine(
    _ model: Transformer, _ problems: [Problem], stage: String, into stages: inout [DistillationReport.Stage]
  ) throws -> [GradedAnswer] {
    let clock = StageClock()
    let answers = try examination(of: model).answers(to: problems) { try report($0, stage: stage) }.map(
      \.graded)
    let tokens = answers.reduce(0) { $0 + $1.tokenCount }
    stages.append(
      DistillationReport.Stage(
        name: stage, seconds: clock.seconds, coreSeconds: clock.coreSeconds, tokens: tokens,
        flops: Double(tokens) * model.configuration.forwardFLOPsPerToken(sequenceLength: 128)))
    return answers
  }

  func report(_ state: GenerationProgress, stage: String) throws {
    if Interruption.isRequested { throw DistillationInterrupted() }
    progress(
      DistillationProgress(
        stage: stage, fraction: Double(state.finishedSequences) / Double(max(1, state.sequences)),
        detail:
          "\(state.finishedSequences)/\(state.sequences) answers, \(Int(state.tokensPerSecond)) tokens/s"))
  }
}
