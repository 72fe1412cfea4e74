import ArgumentParser
import Corpus
import Experiments
import Files
import Foundation
import Kernels
import Training

/// `swiftlet distill DOMAIN|RECIPE`: the main job.
struct DistillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "distill",
    abstract: "Distil the bundled teacher into a small model of one domain, and report what came out.",
    discussion: """
      Example: swiftlet distill finance --budget 5m --output runs/finance

      The teacher answers fresh problems, the verifier keeps what is right, the student learns from the kept answers \
      and the teacher's distributions. Writes student/ (a model directory), report.md, report.html and result.json. \
      A budget scales the number of prompts and steps, so the same command and seed give the same student, on \
      any number of threads.

      Ctrl-C exits with 130, --max-seconds with 0. Until the run is done, what is finished is kept in OUTPUT.partial, and \
      the same command goes on from there to the same student.

      Gates, such as --set gates.retention=">= 0.9", are conditions on eval/accuracy, eval/accuracy_before, retention, \
      teacher/accuracy and controls/NAME/accuracy; a missed one ends with 3, and so does a run with gates that its time \
      ended.
      """)

  @Argument(help: "finance, law, public, manufacturing, or a distillation recipe (YAML).")
  var domain: String

  @Option(help: "How much work: 5m, 30m, 1h on two cores.")
  var budget: Budget?

  @Option(
    help: """
      What the student goes through, sft first: sft,on_policy,grpo. on_policy: its own answers, scored by the teacher; \
      grpo: groups of them, rewarded by the verifier.
      """)
  var stages: String?

  @Flag(help: "Also train the controls answers_only, traces_only and gold_steps (time of its own).")
  var controls = false

  @Option(help: "The directory to write; runs/distill-DOMAIN by default.")
  var output: String?

  @Flag(help: "Replace an output directory that exists, and what another recipe left in OUTPUT.partial.")
  var overwrite = false

  @Option(help: "Decides the prompts asked, the teacher's samples and the student's training.")
  var seed: UInt64?

  @OptionGroup var time: TimeLimitOptions

  @OptionGroup var compute: RecipeComputeOptions

  @OptionGroup var junit: JUnitOptions

  @Option(name: .customLong("set"), help: "Override a key: collection.prompts=500. May be repeated.")
  var overrides: [String] = []

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var measuring: MeasureOptions
  @OptionGroup var result: OutcomeOptions

  func validate() throws {
    let isFile = FileManager.default.fileExists(atPath: DistillationRecipe.file(of: domain))
    guard isFile || domain.contains("/") || domain.hasSuffix(".yaml") else {
      let known = DomainName.allCases.map(\.rawValue)
      let hint = nearest(domain, among: known).map { "; did you mean \($0)?" } ?? ""
      throw ValidationError("DOMAIN is one of \(known.joined(separator: ", ")), or a recipe's file\(hint)")
    }
  }

  func run() throws {
    try junit.reporting("distill") { report in try run(&report) }
  }

  private func run(_ junit: inout JUnitReport) throws {
    compute.threads.apply()
    var recipe = try DistillationRecipe.read(
      file: DistillationRecipe.file(of: domain), overrides: overrides + flagOverrides)
    if let budget { recipe = try recipe.scaled(toMinutes: budget.minutes) }
    junit.unfinished = recipe.name ?? recipe.domain
    let path = output ?? "runs/distill-\(recipe.name ?? recipe.domain)"
    Interruption.listen()
    var run = DistillationRun(recipe, output: path)
    run.overwrites = overwrite
    run.trainsControls = controls
    run.maxSeconds = time.maxSeconds
    run.command = ShellCommand.repeating
    run.measure = measuring.fillOfNew
    run.machine = MachineFacts.current.entries
    let printer = StagePrinter()
    run.progress = printer.show
    let report: DistillationReport
    do {
      report = try run.start(store: result.store.open())
    } catch is DistillationInterrupted {
      printer.finish()
      return try stopped(run, &junit)
    }
    printer.finish()
    junit.addPassed(junit.unfinished, seconds: report.seconds, report.verdicts)
    Terminal.write(report.summary + "\nThe student and the report are in \(path).\n")
    for verdict in report.verdicts { Terminal.write(verdict.line + "\n") }
    if result.json { Terminal.printResult(report.json.text()) }
    try report.exitCode.end()
  }

  /// By a person, or by the end of its time.
  private func stopped(_ run: DistillationRun, _ junit: inout JUnitReport) throws {
    let isInterrupted = Interruption.isRequested
    Terminal.error(
      (isInterrupted ? "interrupted" : "out of time")
        + ": what is finished is kept in \(run.partialPath); run the same command again to go on")
    if isInterrupted {
      junit.addInterrupted(junit.unfinished)
      try ExitCode.interrupted.end()
    }
    junit.addUnfinished(junit.unfinished, run.recipe.gates)
    // What was not measured has not passed.
    let verdicts = Gate.verdicts(run.recipe.gates, on: [:])
    for verdict in verdicts { Terminal.write(verdict.line + "\n") }
    if result.json {
      let document: JSONValue = [
        "ending": "out_of_time", "partial": .string(run.partialPath),
        "gates": .array(verdicts.map(\.json)),
      ]
      Terminal.printResult(document.text())
    }
    if !verdicts.isEmpty { try ExitCode.gateMissed.end() }
  }

  /// Flags are overrides of the recipe, so that the stored recipe tells what was run.
  private var flagOverrides: [String] {
    var overrides = compute.overrides + ledger.overrides
    if let stages { overrides.append("stages=[\(stages)]") }
    if let seed { overrides += ["training.seed=\(seed)", "collection.seed=\(seed)"] }
    return overrides
  }
}

/// A time such as `5m`, `30m`, `1h`, `90s`.
struct Budget: ExpressibleByArgument {
  let minutes: Double

  init?(argument: String) {
    let units: [Character: Double] = ["s": 1 / 60, "m": 1, "h": 60]
    guard let unit = argument.last.flatMap({ units[$0] }), let value = Double(argument.dropLast()), value > 0,
      value * unit <= 7 * 24 * 60
    else { return nil }
    minutes = value * unit
  }
}

/// Shows the stages of a distillation: a bar that stays in place on a terminal, plain lines elsewhere.
final class StagePrinter {
  private var stage = ""
  private var started = ContinuousClock.now
  /// Where the stage stood when it was first shown: the pace is that of the rest.
  private var firstFraction = 0.0
  private var lastLine = ContinuousClock.now
  private var hasBar = false

  func show(_ progress: DistillationProgress) {
    let now = ContinuousClock.now
    if progress.stage != stage {
      finish()
      stage = progress.stage
      started = now
      firstFraction = progress.fraction
      lastLine = now - .seconds(60)
    }
    let elapsed = (now - started) / .seconds(1)
    let done = progress.fraction - firstFraction
    let left = done > 0.01 ? elapsed / done * (1 - progress.fraction) : nil
    let time = left.map { "  \(Int($0.rounded())) s left" } ?? ""
    let text = "\(stage): \(Int(progress.fraction * 100)) %  \(progress.detail)\(time)"
    if Terminal.isInteractive {
      let full = Int(progress.fraction * 20)
      let bar = String(repeating: "█", count: full) + String(repeating: "░", count: 20 - full)
      Terminal.write("\r\u{1B}[2K\(bar) \(text)")
      hasBar = true
    } else if now - lastLine >= .seconds(10) || progress.fraction >= 1 {
      Terminal.write(text + "\n")
      lastLine = now
    }
  }

  func finish() {
    if hasBar { Terminal.write("\n") }
    hasBar = false
  }
}
