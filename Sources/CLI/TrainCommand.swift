import ArgumentParser
import Experiments
import Files
import Foundation
import Kernels
import Training

/// `swiftlet train RECIPE…`: one run of one method, or a run a recipe, one after another.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract:
      "Train a model as a recipe says: pretrain, sft, logit_distillation, on_policy_distillation, grpo, preference.",
    discussion: """
      Example: swiftlet train Models/tiny/recipes/ci.yaml --output runs/ci --set training.learning_rate=3e-4

      Example: swiftlet train Models/teacher-6m/recipes/[1-6]-*.yaml --resume

      Ctrl-C writes a checkpoint and exits with 130; --resume continues from it bit for bit. A missed gate exits with 3.
      Of several recipes, --resume passes over the finished ones and starts those that were not begun.
      """)

  @Argument(help: "The recipe, a YAML file; several are trained in turn, each in its own output directory.")
  var recipes: [String]

  @OptionGroup var overrides: OverrideOptions

  @Option(help: "Where the run of a single recipe is written.")
  var output: String?

  @Flag(help: "Replace what an earlier run left in the output directory.")
  var overwrite = false

  @Flag(help: "Continue from the newest checkpoint in the output directory.")
  var resume = false

  @Option(help: "The training seed.")
  var seed: UInt64?

  @OptionGroup var compute: RecipeComputeOptions

  @OptionGroup var junit: JUnitOptions

  @OptionGroup var data: TrainingDataOptions

  @Flag(help: "Leave out records that cannot be read, and count them.")
  var skipBad = false

  @Option(help: "Stop after this many seconds.")
  var maxSeconds: Double?

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var result: OutcomeOptions

  func validate() throws {
    if overwrite, resume { throw ValidationError("--overwrite and --resume exclude each other") }
    if output != nil, recipes.count > 1 {
      throw ValidationError("--output is of one recipe; of several, each names its own under the key output")
    }
  }

  func run() throws {
    try junit.reporting("train") { report in try run(&report) }
  }

  private func run(_ report: inout JUnitReport) throws {
    compute.threads.apply()
    Interruption.listen()
    // All are read before the first is trained, so that a mistake in the last does not cost hours.
    let readings = try recipes.map { try Recipe.read(file: $0, overrides: overrides.keys + flagOverrides) }
    let outputs = readings.map { TrainingRun($0).outputPath }
    if readings.count > 1, let twice = outputs.first(where: { path in outputs.count { $0 == path } > 1 }) {
      throw ValidationError("two recipes write to \(twice); give each its own name or output")
    }
    var summaries: [JSONValue] = []
    var exitCode = ExitCode.done
    for reading in readings {
      report.unfinished = reading.recipe.name ?? TrainingRun(reading).outputPath
      let (outcome, path) = try train(reading)
      report.add(report.unfinished, outcome)
      summaries.append(summary(outcome, path: path))
      exitCode = outcome.exitCode
      if exitCode != .done { break }
    }
    if result.json {
      let single = summaries.count == 1 && readings.count == 1
      Terminal.printResult(
        (single ? summaries[0] : JSONValue.object(JSONObject([("runs", .array(summaries))]))).text())
    }
    if exitCode != .done { throw ArgumentParser.ExitCode(exitCode.rawValue) }
  }

  private func train(_ reading: Recipe.Reading) throws -> (outcome: RunOutcome, path: String) {
    var options = RunOptions()
    options.output = output
    options.overwrites = overwrite
    options.resumes = resume
    options.command = ShellCommand.repeating
    if recipes.count > 1, resume, !TrainingRun(reading).hasCheckpoint {
      // Not begun, or stopped before its first checkpoint: nothing is lost by starting it. A model stays.
      let path = TrainingRun(reading).outputPath
      options.resumes = false
      options.overwrites = !FileManager.default.fileExists(atPath: path + "/model.safetensors")
    }
    let run = TrainingRun(reading, options: options)
    let outcome = try RecordedTraining(run).start(store: result.store.open(), observer: ProgressPrinter())
    return (outcome, run.outputPath)
  }

  /// Flags are overrides of the recipe, so that the stored recipe tells what was run.
  private var flagOverrides: [String] {
    var overrides = compute.overrides + ledger.overrides + data.overrides
    if let seed { overrides.append("training.seed=\(seed)") }
    if let maxSeconds { overrides.append("training.max_seconds=\(maxSeconds)") }
    if skipBad { overrides.append("dataset.skip_bad=true") }
    return overrides
  }

  private func summary(_ outcome: RunOutcome, path: String) -> JSONValue {
    var fields = JSONObject([
      ("ending", .string(outcome.ending.rawValue)),
      ("path", .string(path)),
      ("steps", .int(outcome.steps)),
      ("tokens", .int(outcome.tokens)),
      ("seconds", .double(outcome.elapsedSeconds)),
    ])
    if let ledger = outcome.ledger {
      let stage = LedgerTotals(Ledger(ledger.stages.suffix(1)))
      fields["flops"] = stage.flops.map { .double($0) }
      fields["core_seconds"] = stage.coreSeconds.map { .double($0) }
      fields["cost"] = stage.cost.map { .double($0) }
      fields["licence"] = .string(ledger.licence.name)
    }
    if let comparison = outcome.comparison {
      fields["accuracy_before"] = .double(comparison.accuracyBefore)
      fields["accuracy"] = .double(comparison.accuracy)
      fields["mcnemar_p"] = .double(comparison.mcNemarP)
      fields["problems"] = .int(comparison.problems)
      fields["mean_length_before"] = .double(comparison.meanLengthBefore)
      fields["mean_length"] = .double(comparison.meanLength)
    }
    fields["metrics"] = .object(
      JSONObject(outcome.metrics.sorted { $0.key < $1.key }.map { ($0.key, .double($0.value)) }))
    fields["gates"] = .array(outcome.verdicts.map(\.json))
    return .object(fields)
  }
}
