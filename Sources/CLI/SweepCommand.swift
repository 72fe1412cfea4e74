import ArgumentParser
import Experiments
import Files
import Foundation
import Training

/// `swiftlet sweep RECIPE --over key=a,b`: a recipe with several values and seeds, compared.
struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Train a recipe with several values and seeds, and compare what comes out.",
    discussion: """
      Example: swiftlet sweep Models/tiny/recipes/ci.yaml --over training.learning_rate=1e-3,3e-3,6e-3 --seeds 3 \
      --output runs/rates

      Example: swiftlet sweep kd.yaml --over objective.loss_functions.0.function=forward_kl,reverse_kl,jsd --seeds 5 \
      --output runs/divergences

      Every combination of values is trained with every seed, each in a directory of its own inside OUTPUT. A mistyped \
      key or value stops the command before anything is trained. Writes sweep.json, sweep.svg and report.html: mean, \
      standard deviation, smallest and largest over the seeds, best first, and, paired by seed against the first \
      combination, a sign-flip permutation test and a t-test.

      Ctrl-C and --max-seconds end it with a checkpoint; the same command, without --overwrite, goes on from there and \
      passes over finished runs. A finished run whose model, teacher or data has changed since is refused. A run \
      whose own numbers end it counts as failed, and the others go on: the command then exits with 65. \
      A missed gate exits with 3.
      """)

  @Argument(help: "A recipe of `train` or of `distill`, or a domain.")
  var recipe: String?

  @Option(help: "Whole recipes to compare, A.yaml,B.yaml, in place of RECIPE.")
  var recipes: String?

  @Option(help: "A key and its values: training.learning_rate=1e-3,3e-3. May be repeated.")
  var over: [String] = []

  @Option(help: "How many seeds, from 1 on, or the seeds: 1,2,7. The recipe's own when not given.")
  var seeds: String?

  @Option(help: "What is compared; eval/accuracy, or eval/loss where the recipe asks for no answers.")
  var metric: String?

  @Flag(
    help: "The lowest value is the best; without it that is so of losses, perplexities, times and lengths.")
  var lowerIsBetter = false

  @Option(help: "The directory of the sweep.")
  var output: String

  @Flag(help: "Train all runs anew.")
  var overwrite = false

  @OptionGroup var time: TimeLimitOptions

  @OptionGroup var overrides: OverrideOptions

  @OptionGroup var data: TrainingDataOptions

  @OptionGroup var compute: RecipeComputeOptions

  @OptionGroup var junit: JUnitOptions

  @OptionGroup var result: OutcomeOptions

  func validate() throws {
    if (recipe == nil) == (recipes == nil) {
      throw ValidationError("give either RECIPE or --recipes A.yaml,B.yaml")
    }
  }

  func run() throws {
    try junit.reporting("sweep") { report in try run(&report) }
  }

  private func run(_ junit: inout JUnitReport) throws {
    compute.threads.apply()
    Interruption.listen()
    let names = recipe.map { [$0] } ?? recipes?.split(separator: ",").map(String.init) ?? []
    guard !names.isEmpty else { throw ValidationError("--recipes names no recipe") }
    let all = overrides.keys + compute.overrides + data.overrides
    let plan = try SweepPlan(
      recipes: names, axes: over.map { try SweepAxis($0) }, seeds: seeds.map { try SweepSeeds.parse($0) },
      overrides: all)
    var sweep = SweepRun(
      plan, output: output,
      metric: SweepMetric(metric ?? plan.defaultMetric, lowerIsBetter: lowerIsBetter ? true : nil))
    sweep.overwrites = overwrite
    sweep.maxSeconds = time.maxSeconds
    sweep.command = ShellCommand.repeating
    let stages = StagePrinter()
    sweep.watch.progress = stages.show
    sweep.watch.observer = { ProgressPrinter() }
    var unfinished = junit.unfinished
    var ended: [SweepRow.Run] = []
    sweep.watch.ended = { run in
      unfinished = "sweep"
      ended.append(run)
    }
    sweep.watch.began = { trial, number, left in
      stages.finish()
      unfinished = trial.name
      let time = left.map { ", about \(Int($0.rounded())) s left for all" } ?? ""
      Terminal.write("run \(number) of \(plan.trials.count): \(trial.name)\(time)\n")
    }
    let report: SweepReport
    do {
      report = try sweep.start(store: result.store.open())
    } catch {
      stages.finish()
      junit.unfinished = unfinished
      for run in ended { junit.add(run) }
      throw error
    }
    stages.finish()
    for row in report.rows { for run in row.runs { junit.add(run) } }
    Terminal.write("\nThe report is in \(output)/report.html.\n")
    Terminal.printResult(result.json ? report.json.text() : report.text)
    if report.ending == .interrupted { Terminal.error("interrupted: \(report.continuation)") }
    let exitCode = report.exitCode
    if exitCode != .done { throw ArgumentParser.ExitCode(exitCode.rawValue) }
  }
}
