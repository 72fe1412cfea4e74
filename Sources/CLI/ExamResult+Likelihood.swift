import Evaluation
import LanguageModels

extension ExamResult {
  /// Scores the choices of all questions of `exam`, with progress on standard error.
  init(_ model: LoadedModel, _ generator: Generator, _ exam: Exam, _ scoring: ScoringOptions) throws {
    let questions = try exam.problems.compactMap { problem in
      try exam.listed(problem, scoring.form).map {
        ChoiceExamination.Question(problem: problem, choices: $0)
      }
    }
    var examination = ChoiceExamination(
      generator: generator, tokenizer: model.tokenizer, template: model.template)
    examination.measuresUnconditional = scoring.mutualInformation
    let meter = GenerationMeter(label: model.path, unit: "questions")
    let start = ContinuousClock.now
    let scored = try examination.answers(to: questions) { meter.show($0) }
    seconds = (ContinuousClock.now - start) / .seconds(1)
    meter.finish()
    self.model = model.path
    (sampling, samples, sampled) = (ExamSampling(), [], nil)
    (confidence, calibration, language) = (.tokenProbability, nil, nil)
    answers = scored.map(\.graded)
    report = AccuracyReport(answers, prior: exam.prior)
    likelihood = LikelihoodReport(scored.map(\.scores))
  }
}
