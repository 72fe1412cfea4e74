import Foundation
import LanguageModels
import Training

/// Prints a run as it goes: a bar that stays in place on a terminal, plain lines elsewhere.
final class ProgressPrinter: TrainingObserver {
  private let isInteractive: Bool
  private let write: (String) -> Void
  private var hasBar = false
  /// Of the answers that are on their way.
  private var meter: GenerationMeter?
  /// Seconds and share of the run when this process took it up.
  private var origin: (seconds: Double, fraction: Double)?

  init(isInteractive: Bool = Terminal.isInteractive, write: @escaping (String) -> Void = Terminal.write) {
    self.isInteractive = isInteractive
    self.write = write
  }

  func observe(_ event: TrainingEvent) {
    switch event {
    case .started(let start): line(describe(start))
    case .progressed(let report): show(report)
    case .evaluated(let report): line(describe(report))
    case .saved(let step, let path): line("step \(step): saved \(path)")
    case .warning(let text): line("warning: \(text)")
    case .note(let text): line(text)
    case .answering(let stage, let progress): show(progress, of: stage)
    case .sampled: break
    case .finished(let outcome): line(describe(outcome))
    }
  }

  private func show(_ progress: GenerationProgress, of stage: String) {
    if meter?.label != stage {
      // One at a time: the older one's line is closed first.
      meter = nil
      meter = GenerationMeter(label: stage, unit: "answers", isInteractive: isInteractive, write: write)
    }
    meter?.show(progress, reused: 0)
  }

  private func describe(_ start: RunStart) -> String {
    let steps = start.totalSteps.map { "\($0) steps" } ?? "until the time is up"
    let resumed = start.resumedStep > 0 ? ", resumed at step \(start.resumedStep)" : ""
    return
      "\(start.method.rawValue): \(start.parameterCount) parameters, \(start.exampleCount) examples, \(steps), "
      + "\(start.precision.rawValue), \(start.threads) threads\(resumed)"
  }

  private func show(_ report: StepReport) {
    let total = report.totalSteps.map { "/\($0)" } ?? ""
    var parts = ["step \(report.step)\(total)"]
    for (name, label, digits) in [
      ("loss", "loss", 4), ("reward", "reward", 3), ("kd_loss", "kd", 4),
      ("mean_token_accuracy", "accuracy", 3),
      ("grad_norm", "norm", 2),
    ] {
      if let value = report.metrics[name], name != "kd_loss" || value != report.metrics["loss"] {
        parts.append("\(label) \(fixed(value, digits))")
      }
    }
    if let rate = report.metrics["learning_rate"] { parts.append("lr \(String(format: "%.2e", rate))") }
    if let speed = report.metrics["train/tokens_per_second"] { parts.append("\(Int(speed)) tok/s") }
    if let left = secondsLeft(report) { parts.append("\(duration(left)) left") }
    let text = parts.joined(separator: "  ")
    guard isInteractive else { return line(text) }
    meter = nil
    let width = 20
    let full = Int((report.fractionDone * Double(width)).rounded())
    let bar = String(repeating: "█", count: full) + String(repeating: "░", count: width - full)
    write("\r\u{1B}[2K\(bar) \(text)")
    hasBar = true
  }

  /// From the pace of this process alone: an earlier one may have run elsewhere.
  private func secondsLeft(_ report: StepReport) -> Double? {
    guard let origin else {
      self.origin = (report.elapsedSeconds, report.fractionDone)
      return nil
    }
    let done = report.fractionDone - origin.fraction
    guard done > 0 else { return nil }
    return (report.elapsedSeconds - origin.seconds) / done * (1 - report.fractionDone)
  }

  private func describe(_ report: EvaluationReport) -> String {
    let metrics = report.metrics.sorted { $0.key < $1.key }.map { "\($0.key) \(fixed($0.value, 4))" }
    var text = "step \(report.step): " + metrics.joined(separator: "  ")
    for sample in report.samples {
      let answer = sample.completion.replacing("\n", with: " ⏎ ")
      text += "\n  \(sample.isCorrect ? "✓" : "✗") \(sample.problem.answer.text) ← \(answer.suffix(160))"
    }
    return text
  }

  private func describe(_ outcome: RunOutcome) -> String {
    var text = "\(outcome.ending.rawValue.replacing("_", with: " ")) after \(outcome.steps) steps, "
    text += "\(outcome.tokens) tokens, \(duration(outcome.elapsedSeconds))"
    if let comparison = outcome.comparison {
      text +=
        "\naccuracy \(fixed(comparison.accuracyBefore, 3)) before, \(fixed(comparison.accuracy, 3)) after, "
      text += "McNemar p \(String(format: "%.2g", comparison.mcNemarP)), \(comparison.problems) problems"
    }
    for verdict in outcome.verdicts { text += "\n" + verdict.line }
    return text
  }

  private func line(_ text: String) {
    meter = nil
    write((hasBar ? "\r\u{1B}[2K" : "") + text + "\n")
    hasBar = false
  }

  private func fixed(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }

  private func duration(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole)s" }
    if whole < 3600 { return "\(whole / 60)m\(String(format: "%02d", whole % 60))s" }
    return "\(whole / 3600)h\(String(format: "%02d", whole % 3600 / 60))m"
  }
}
