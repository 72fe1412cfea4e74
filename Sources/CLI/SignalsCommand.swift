import ArgumentParser
import Experiments
import Files
import Foundation
import struct Objectives.LossTerm
import Training

extension StoredPrecision: ExpressibleByArgument {}

/// `swiftlet signals RECIPE`: the teacher's distributions over a recipe's examples, written once and learnt from often.
struct SignalsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "signals",
    abstract:
      "Write a teacher's top-k distributions over a recipe's training examples, to train from without it.",
    discussion: """
      Example: swiftlet signals RECIPE.yaml --output runs/signals --k 32 --dtype fp16

      A recipe learns from them with `teacher: {signals: runs/signals}`, the same dataset and the same temperature. With \
      k of the whole vocabulary and fp32 that equals the teacher itself. What the teacher's passes took is in ledger.json \
      beside them, and becomes a stage of the ledger of every model that learns from them.

      What was collected up to Ctrl-C, an error or a crash lies in OUTPUT.partial, and the same command goes on from it; \
      with another teacher, dataset, k, dtype or precision it is refused. --overwrite replaces what does not fit.

      It tells how many of the learnt tokens are among the teacher's first eight (`foreseen`): a teacher that knows such \
      texts has most of them there.

      Example: swiftlet signals RECIPE.yaml --logits targets --output runs/signals

      --logits reads files as mlx-lm writes them, NUMBER.safetensors with `logits` and `indices` [sequences, positions, k], \
      in place of asking the recipe's teacher. Sequence n must be the dataset's example n, whole, in the student's tokens \
      (mlx-lm's own dwq shuffles its batches: write them in the dataset's order). The mass of tokens in no file is \
      taken as none, and the licence of a model that learns from them is unknown.

      Example: swiftlet signals RECIPE.yaml --answers --output runs/signals

      --answers reads the log-probabilities that a server told with its answers (`swiftlet teach` with `logprobs: 20`), in \
      the records that the recipe learns from. The server's model must have the student's tokenizer. Tokens that it told \
      nothing of, such as the one that ends an answer, are taken as nearly certain; how many is said. They hold at \
      temperature 1: ask a server that scales what it tells by the temperature of its draws at 1, too.
      """)

  @OptionGroup var recipe: RecipeOptions
  @OptionGroup var data: TrainingDataOptions

  @Option(help: "The directory to write.")
  var output: String

  @Flag(help: "Replace the signals of an earlier collection in the output directory.")
  var overwrite = false

  @Option(
    help:
      "A folder of a teacher's logits that another program wrote, in place of asking the recipe's teacher.")
  var logits: String?

  @Flag(help: "Read what servers told of their answers' tokens, in the recipe's records.")
  var answers = false

  @Option(
    help:
      "Tokens kept at each position, the most probable ones: 16, or all that --logits or --answers hold, when not given."
  )
  var k: Int?

  @Option(help: "Softens the distributions; that of the recipe's first divergence by default.")
  var temperature: Double?

  @Option(help: "How log-probabilities are stored: fp32, fp16 or bf16.")
  var dtype = StoredPrecision.fp32

  @Option(help: "The most learnt tokens in a file; fewer for a large k.")
  var shardTokens = 1 << 18

  @OptionGroup var time: TimeLimitOptions
  @OptionGroup var compute: RecipeComputeOptions
  @OptionGroup var result: ResultOptions

  func validate() throws {
    if answers, logits != nil {
      throw ValidationError("--answers and --logits tell of two teachers; give one")
    }
    if let k, k < 1 { throw ValidationError("--k must be 1 or more") }
    if let temperature, !LossTerm.temperatures.contains(temperature) {
      throw ValidationError("--temperature must be from 0.001 to 1000")
    }
    if !(1...1 << 30).contains(shardTokens) {
      throw ValidationError("--shard-tokens must be from 1 to \(1 << 30)")
    }
  }

  func run() throws {
    compute.threads.apply()
    Interruption.listen()
    time.begin()
    let reading = try recipe.read(flags: compute.overrides + data.overrides)
    var collection = SignalCollection(reading, output: output)
    if let logits { collection.origin = .logits(logits) }
    if answers { collection.origin = .answers }
    collection.overwrites = overwrite
    collection.k = k
    collection.temperature = temperature
    collection.type = dtype
    collection.shardTokens = shardTokens
    collection.command = ShellCommand.repeating
    let printer = StagePrinter()
    collection.resumed = { Terminal.write("\($0) examples were collected before\n") }
    collection.progress = {
      printer.show(DistillationProgress(stage: "teacher's signals", fraction: $0, detail: ""))
    }
    let summary = try collection.run()
    printer.finish()
    guard let summary else {
      let isLate = Interruption.isOutOfTime
      Terminal.error(
        (isLate ? "out of time" : "interrupted") + ": \(output) is as it was"
          + (collection.origin == .teacher ? "; the same command goes on from \(output).partial" : ""))
      guard isLate else { throw ArgumentParser.ExitCode(130) }
      let document: JSONValue = ["ending": "out_of_time"]
      return Terminal.printResult(result.json ? document.text() : "out of time")
    }
    Terminal.printResult(result.json ? json(summary).text() : text(summary))
  }

  private func text(_ summary: SignalSummary) -> String {
    let header = summary.header
    return
      "\(output): \(summary.examples) examples, \(summary.leftOut) left out, \(summary.tokens) tokens, "
      + "\(header.k) of \(header.vocabulary) log-probabilities each at temperature \(header.temperature), "
      + String(
        format: "%.1f bytes a token, %.1f MB in %d files", summary.bytesPerToken, Double(summary.bytes) / 1e6,
        summary.shards)
      + String(format: "; %.1f %% of the tokens are among the teacher's first eight", 100 * summary.foreseen)
      + (summary.answers.map {
        "; of \($0.tokens - $0.told) tokens of \($0.tokens), and of ends of answers, no server told: they are taken as certain"
      } ?? "")
  }

  private func json(_ summary: SignalSummary) -> JSONValue {
    let header = summary.header
    return [
      "output": .string(output), "examples": .int(summary.examples), "left_out": .int(summary.leftOut),
      "tokens": .int(summary.tokens), "bytes": .int(summary.bytes),
      "bytes_per_token": .double(summary.bytesPerToken), "foreseen": .double(summary.foreseen),
      "shards": .int(summary.shards), "k": .int(header.k),
      "vocabulary": .int(header.vocabulary), "temperature": .double(header.temperature),
      "dtype": .string(dtype.rawValue), "tokenizer": .string(header.tokenizer),
      "template": .string(header.template), "teacher": .string(header.teacher),
      "told_tokens": summary.answers.map { .int($0.told) } ?? .null,
    ]
  }
}
