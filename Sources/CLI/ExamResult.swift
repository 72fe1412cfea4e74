import Evaluation
import Files
import Foundation
import Kernels
import LanguageModels

/// What one model answered.
struct ExamResult {
  let model: String
  let answers: [GradedAnswer]
  let report: AccuracyReport
  let seconds: Double
  /// Where choices were scored and nothing written.
  var likelihood: LikelihoodReport?

  /// Asks all questions of `exam`, with progress on standard error.
  init(_ model: LoadedModel, _ generator: Generator, _ exam: Exam, maxNewTokens: Int) throws {
    self.model = model.path
    var examination = Examination(
      generator: generator, tokenizer: model.tokenizer, template: model.template)
    examination.maximumNewTokens = maxNewTokens
    let meter = GenerationMeter(label: model.path)
    let start = ContinuousClock.now
    answers = try examination.answers(to: exam.problems, choices: exam.choices) { meter.show($0) }.map(
      \.graded)
    seconds = (ContinuousClock.now - start) / .seconds(1)
    meter.finish()
    report = AccuracyReport(answers, prior: exam.prior)
  }

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

  func show(_ progress: GenerationProgress) {
    guard progress.durationSeconds - shown >= (Terminal.isInteractive ? 0.2 : 10) else { return }
    shown = progress.durationSeconds
    var text = "\(label): \(progress.finishedSequences)/\(progress.sequences) \(unit)"
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
