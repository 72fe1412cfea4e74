import Evaluation
import Experiments
import Files
import Foundation
import Kernels
import LanguageModels

/// What one model answered.
struct ExamResult {
  /// What the answers' confidence is taken from.
  enum Confidence: String {
    case voteShare = "vote_share"
    case tokenProbability = "token_probability"

    var text: String {
      switch self {
      case .voteShare: "the majority's share of the votes"
      case .tokenProbability: "the answers' mean token probability"
      }
    }
  }

  let model: String
  let sampling: ExamSampling
  /// Those of one problem together.
  let samples: [SampledAnswer]
  let answers: [GradedAnswer]
  let report: AccuracyReport
  /// Nil for greedy answers.
  let sampled: SamplingReport?
  let confidence: Confidence
  let calibration: Calibration?
  let language: LanguageConsistency?
  let seconds: Double
  /// Where choices were scored and nothing written.
  var likelihood: LikelihoodReport?

  /// Asks all questions of `exam` that `archive` has no answer to, with progress on standard error.
  ///
  /// - Throws: `CommandError.examInterrupted`, when all that is finished has been kept.
  init(
    _ model: LoadedModel, _ generator: Generator, _ exam: Exam, maxNewTokens: Int, sampling: ExamSampling,
    archive: StoredAnswerArchive<StoredAnswer>
  ) throws {
    self.model = model.path
    self.sampling = sampling
    var examination = Examination(
      generator: generator, tokenizer: model.tokenizer, template: model.template)
    examination.maximumNewTokens = maxNewTokens
    examination.sampling = sampling.parameters
    let watch = ExaminationWatch(archive, of: model.path, unit: "answers")
    (samples, seconds) = try watch.measure { progress in
      try examination.answers(
        to: exam.problems, plan: sampling.plan, choices: exam.choices, archive: archive, progress: progress)
    }
    answers = samples.map(\.graded)
    report = AccuracyReport(answers, prior: exam.prior, samples: sampling.plan.answersPerProblem)
    sampled =
      sampling.isGreedy ? nil : SamplingReport(samples, plan: sampling.plan, passAt: sampling.passAt)
    confidence = sampling.plan.samples > 1 ? .voteShare : .tokenProbability
    calibration =
      confidence == .voteShare ? sampled?.calibration : Calibration(tokenProbabilities: samples)
    language = LanguageConsistency(answers)
  }

  /// The accuracy on each problem.
  var accuracies: [Double] { answers.accuracies(samples: sampling.plan.answersPerProblem) }

  /// Whether each problem was solved: by the answer, or by the majority of the first seed's.
  var solved: [Bool] { sampled?.solved ?? answers.map(\.isCorrect) }

  /// How many answers were read in each way, commonest first.
  var parseMethods: [(method: String, count: Int)] {
    let counts = Dictionary(answers.map { ($0.verification.method, 1) }, uniquingKeysWith: +)
    return counts.map { ($0.key, $0.value) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
  }
}
