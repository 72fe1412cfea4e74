import Corpus
import Evaluation
import LanguageModels
import Text
import Training

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
        value: answers.map(\.graded), tokens: work.tokens, flops: work.flops(of: model.configuration),
        generated: work.generated)
    }
  }

  func report(_ state: GenerationProgress, stage: String) throws {
    if watch.shouldStop() { throw DistillationInterrupted() }
    watch.show(
      DistillationProgress(
        stage: stage, fraction: Double(state.finishedSequences) / Double(max(1, state.sequences)),
        detail: state.inWords))
  }
}

extension GenerationProgress {
  var inWords: String { "\(finishedSequences)/\(sequences) answers, \(Int(tokensPerSecond)) tokens/s" }
}
