import ArgumentParser
import Experiments
import Files
import Foundation
import Kernels
import Training

/// `swiftlet train RECIPE`: one run of one method.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a model as a recipe says: pretrain, sft or logit_distillation.",
    discussion: """
      Example: swiftlet train Models/tiny/recipes/ci.yaml --output runs/ci --set training.learning_rate=3e-4

      Ctrl-C writes a checkpoint and exits with 130; --resume continues from it bit for bit. A missed gate exits with 3.
      """)

  @OptionGroup var recipe: RecipeOptions

  @Option(help: "Where the run is written.")
  var output: String?

  @Flag(help: "Replace what an earlier run left in the output directory.")
  var overwrite = false

  @Flag(help: "Continue from the newest checkpoint in the output directory.")
  var resume = false

  @Option(help: "The training seed.")
  var seed: UInt64?

  @OptionGroup var compute: RecipeComputeOptions

  @Option(help: "Records to train on, a file or folder of JSON Lines.")
  var data: String?

  @Flag(help: "Leave out records that cannot be read, and count them.")
  var skipBad = false

  @Option(help: "Stop after this many seconds.")
  var maxSeconds: Double?

  @OptionGroup var result: OutcomeOptions

  func validate() throws {
    if overwrite, resume { throw ValidationError("--overwrite and --resume exclude each other") }
  }

  func run() throws {
    compute.threads.apply()
    let reading = try recipe.read(flags: flagOverrides)
    var options = RunOptions()
    options.output = output
    options.overwrites = overwrite
    options.resumes = resume
    Interruption.listen()
    let run = TrainingRun(reading, options: options)
    let recorder = try RunRecorder(
      store: result.store.open(), verb: "train", name: run.outputPath, recipe: reading.recipe.json,
      recipeHash: reading.recipe.identity, machine: MachineFacts.current.entries, output: run.outputPath)
    let outcome = try recorder.closing {
      try run.start(observer: StoreObserver(recorder, then: ProgressPrinter()))
    }
    try recorder.close(outcome, files: URL(fileURLWithPath: run.outputPath))
    if result.json { Terminal.printResult(summary(outcome, path: run.outputPath).text()) }
    if outcome.exitCode != .done { throw ArgumentParser.ExitCode(outcome.exitCode.rawValue) }
  }

  /// Flags are overrides of the recipe, so that the stored recipe tells what was run.
  private var flagOverrides: [String] {
    var overrides = compute.overrides
    if let seed { overrides.append("training.seed=\(seed)") }
    if let maxSeconds { overrides.append("training.max_seconds=\(maxSeconds)") }
    if skipBad { overrides.append("dataset.skip_bad=true") }
    if let data { overrides.append("dataset.path=\(JSONValue.string(data).text())") }
    return overrides
  }

  private func summary(_ outcome: RunOutcome, path: String) -> JSONValue {
    [
      "ending": .string(outcome.ending.rawValue),
      "path": .string(path),
      "steps": .int(outcome.steps),
      "tokens": .int(outcome.tokens),
      "seconds": .double(outcome.elapsedSeconds),
      "metrics": .object(
        JSONObject(outcome.metrics.sorted { $0.key < $1.key }.map { ($0.key, .double($0.value)) })),
      "gates": .array(
        outcome.verdicts.map { verdict in
          [
            "metric": .string(verdict.gate.metric), "condition": .string(verdict.gate.condition),
            "value": verdict.value.map { .double($0) } ?? nil, "passed": .bool(verdict.passed),
          ]
        }),
    ]
  }
}
