import Evaluation
import Experiments
import LanguageModels

extension ExamResult {
  /// Scores the choices of all questions of `exam` that `archive` has no scores of, with progress on standard error.
  ///
  /// - Throws: `CommandError.examInterrupted`, when all that is finished has been kept.
  init(
    _ model: LoadedModel, _ generator: Generator, _ exam: Exam, _ scoring: ScoringOptions,
    archive: StoredAnswerArchive<StoredScores>
  ) throws {
    let questions = try exam.problems.compactMap { problem in
      try exam.listed(problem, scoring.form).map {
        ChoiceExamination.Question(problem: problem, choices: $0)
      }
    }
    var examination = ChoiceExamination(
      generator: generator, tokenizer: model.tokenizer, template: model.template)
    examination.measuresUnconditional = scoring.mutualInformation
    // The choices behind an empty question are asked for beside the questions.
    let unit = scoring.mutualInformation ? "requests" : "questions"
    let watch = ExaminationWatch(archive, of: model.path, unit: unit)
    let (scored, seconds) = try watch.measure {
      try examination.answers(to: questions, archive: archive, progress: $0)
    }
    self.seconds = seconds
    self.model = model.path
    (sampling, samples, sampled) = (ExamSampling(), [], nil)
    (confidence, calibration, language) = (.tokenProbability, nil, nil)
    answers = scored.map(\.graded)
    report = AccuracyReport(answers, prior: exam.prior)
    likelihood = LikelihoodReport(scored.map(\.scores))
  }
}
