import Evaluation
import Files
import Foundation
import Kernels
import LanguageModels
import Training

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
    archive: some AnswerArchive
  ) throws {
    self.model = model.path
    self.sampling = sampling
    var examination = Examination(
      generator: generator, tokenizer: model.tokenizer, template: model.template)
    examination.maximumNewTokens = maxNewTokens
    examination.sampling = sampling.parameters
    let meter = GenerationMeter(label: model.path)
    let start = ContinuousClock.now
    let all = exam.problems.count * sampling.plan.answersPerProblem
    var asked = 0
    defer { meter.finish() }
    samples = try examination.answers(
      to: exam.problems, plan: sampling.plan, choices: exam.choices, archive: archive
    ) { progress in
      asked = progress.generation.sequences
      if Interruption.isRequested {
        throw CommandError.examInterrupted(kept: progress.finished, of: progress.answers)
      }
      meter.show(progress.generation, reused: progress.reused)
    }
    seconds = (ContinuousClock.now - start) / .seconds(1)
    meter.finish()
    if asked < all { Terminal.write("\(model.path): \(all - asked) of \(all) answers are from the store\n") }
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

/// Shows how far a generation has come: in place on a terminal, a line every ten seconds elsewhere.
final class GenerationMeter {
  private let label: String
  private let unit: String
  private var shown = 0.0
  private var isOpen = false

  init(label: String, unit: String = "answers") {
    self.label = label
    self.unit = unit
  }

  /// - Parameter reused: answers that were there before; rate and time left are those of the others.
  func show(_ progress: GenerationProgress, reused: Int = 0) {
    guard progress.durationSeconds - shown >= (Terminal.isInteractive ? 0.2 : 10) else { return }
    shown = progress.durationSeconds
    var text = "\(label): \(reused + progress.finishedSequences)/\(reused + progress.sequences) \(unit)"
    text += "  \(Int(progress.tokensPerSecond)) tok/s"
    if progress.finishedSequences > 0 {
      let share = Double(progress.finishedSequences) / Double(progress.sequences)
      text += "  \(Int(progress.durationSeconds * (1 - share) / share))s left"
    }
    Terminal.write(Terminal.isInteractive ? "\r\u{1B}[2K\(text)" : text + "\n")
    isOpen = Terminal.isInteractive
  }

  func finish() {
    if isOpen { Terminal.write("\r\u{1B}[2K") }
    isOpen = false
  }
}
