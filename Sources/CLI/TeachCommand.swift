import ArgumentParser
import Experiments
import Files
import Foundation
import Teaching
import Training

/// `swiftlet teach RECIPE`: a teacher's outputs, verified and curated.
struct TeachCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "teach",
    abstract:
      "Collect a teacher's answers, keep the right, readable and new ones, and write them as records.",
    discussion: """
      Example: swiftlet teach Datasets/finance/teach-endpoint.yaml --output runs/finance-traces --json
      Example: swiftlet train RECIPE --data runs/finance-traces/traces.jsonl

      The teacher is a model directory (model), a server with an OpenAI-style interface (base_url), or outputs made elsewhere \
      (files: JSON Lines, ShareGPT). Answers are verified and rejected, filtered for mixed language (of Korean and \
      English), length, code blocks and repetition, rid of duplicates and of what shares words with evaluation sets: the \
      first 1,000 problems of each bundled suite and the other sides of the recipe's records, unless the recipe names others \
      (evaluation_sets). The report counts each step, and --dropped shows what each dropped.

      A server that refuses sampling keys takes `omit_keys: [temperature, top_p]`; one with its own names \
      `max_tokens_key: max_completion_tokens`, `api_key_header: api-key`, `query: {api-version: 2024-10-21}`, and whatever \
      else it knows in `extra_body: {…}`.

      Every answer is kept in the store when it comes, by the hash of its request: after Ctrl-C, a crash or a server's \
      death the same command asks the rest alone. When --max-seconds are over, requests that are asked have 15 seconds \
      more. A key is named by its environment variable (api_key_environment) and written nowhere. A request without an \
      answer after its repetitions is counted; several in a row end the command with 69. One program at a time writes \
      an output. What the collection took lies beside the traces, NAME.ledger.json beside NAME.jsonl, and becomes a \
      stage of the ledger of what is trained on them. Of records, those of the training side are asked, and their \
      traces stay on it.
      """)

  @Argument(help: "The recipe, a YAML file.")
  var recipe: String

  @OptionGroup var overrides: OverrideOptions

  @Option(
    help: "What to write: a file that ends with .jsonl, or a directory with traces.jsonl and report.json.")
  var output: String

  @Flag(help: "Replace an output that exists.")
  var overwrite = false

  @Option(help: "A file for the answers that are not kept: JSON Lines with the step that dropped each.")
  var dropped: String?

  @OptionGroup var time: TimeLimitOptions
  @OptionGroup var compute: ComputeOptions
  @OptionGroup var result: OutcomeOptions

  func run() throws {
    try time.limiting(teach) {
      Terminal.printResult(result.json ? $0.text() : "out of time")
    }
  }

  private func teach() throws {
    try compute.run {
      let settings = try TeachingRecipe.read(file: recipe, overrides: overrides.keys)
      Interruption.listen()
      var run = TeachingRun(settings, file: recipe, output: output)
      run.overwrites = overwrite
      run.dropped = dropped
      run.machine = MachineFacts.current.entries
      run.command = ShellCommand.repeating
      let printer = StagePrinter()
      run.progress = printer.show
      defer { printer.finish() }
      let report = try run.start(store: result.store.open())
      printer.finish()
      Terminal.write(report.summary + "\n")
      if result.json { Terminal.printResult(report.json.text()) }
    }
  }
}
