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

  @Argument(help: "The recipe, a YAML file.")
  var recipe: String

  @Option(name: .customLong("set"), help: "Override a key: training.learning_rate=3e-4. May be repeated.")
  var overrides: [String] = []

  @Option(help: "Where the run is written.")
  var output: String?

  @Flag(help: "Replace what an earlier run left in the output directory.")
  var overwrite = false

  @Flag(help: "Continue from the newest checkpoint in the output directory.")
  var resume = false

  @Option(help: "The training seed.")
  var seed: UInt64?

  @Option(help: "Worker threads; all processors by default.")
  var threads: Int?

  @Option(help: "fp32, bf16 or auto.")
  var precision: String?

  @Option(help: "Records to train on, a file or folder of JSON Lines.")
  var data: String?

  @Flag(help: "Leave out records that cannot be read, and count them.")
  var skipBad = false

  @Option(help: "Stop after this many seconds.")
  var maxSeconds: Double?

  @Option(help: "The experiment store; SWIFTLET_STORE or runs/store.sqlite by default.")
  var store: String?

  @Flag(help: "Print one JSON document with the outcome on standard output.")
  var json = false

  func validate() throws {
    if overwrite, resume { throw ValidationError("--overwrite and --resume exclude each other") }
    if let threads, threads < 1 { throw ValidationError("--threads must be 1 or more") }
  }

  func run() throws {
    if let threads { Threads.count = threads }
    let reading = try Recipe.read(file: recipe, overrides: overrides + flagOverrides)
    var options = RunOptions()
    options.output = output
    options.overwrites = overwrite
    options.resumes = resume
    Interruption.listen()
    let run = TrainingRun(reading, options: options)
    let recorder = try RunRecorder(
      store: ExperimentStore(path: store ?? ExperimentStore.defaultPath), verb: "train", name: run.outputPath,
      recipe: reading.recipe.json, recipeHash: reading.recipe.identity, machine: MachineFacts.current.entries,
      output: run.outputPath)
    let outcome = try recorder.closing {
      try run.start(observer: StoreObserver(recorder, then: ProgressPrinter()))
    }
    try recorder.close(outcome, files: URL(fileURLWithPath: run.outputPath))
    if json { Terminal.printResult(summary(outcome, path: run.outputPath).text()) }
    if outcome.exitCode != .done { throw ArgumentParser.ExitCode(outcome.exitCode.rawValue) }
  }

  /// Flags are overrides of the recipe, so that the stored recipe tells what was run.
  private var flagOverrides: [String] {
    var overrides: [String] = []
    if let seed { overrides.append("training.seed=\(seed)") }
    if let precision { overrides.append("training.precision=\(precision)") }
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
