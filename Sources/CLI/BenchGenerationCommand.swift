import ArgumentParser
import Benchmarks
import Files
import Kernels
import LanguageModels
import Training

extension PolicyBenchmark.Size: ExpressibleByArgument {}
extension DecodingFormat: ExpressibleByArgument {}

extension BenchCommand {
  /// `swiftlet bench generate`.
  struct Generation: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "generate",
      abstract: "Time reading prompts and decoding with a model.",
      discussion: """
        Example: swiftlet bench generate --model Models/teacher-6m --quantization bf16 --batch 64 --json

        Prompts of random tokens, all different; every sequence runs to its last token. Tokens per second are those of \
        decoding alone, all sequences together.
        """)

    @Option(help: "A model directory, a GGUF file or a pulled name.")
    var model: String

    @Option(help: "What the weights are multiplied in: fp32, bf16, q8_0 or q4_0.")
    var quantization = DecodingFormat(.automatic)

    @Option(
      help: "Keys and values of earlier tokens: fp32, bf16 or int8; fp32 beside fp32 weights, else bf16.")
    var cache: CachePrecision?

    @Option(help: "Sequences that grow together.")
    var batch = 1

    @Option(help: "Tokens of a prompt.")
    var prompt = 64

    @Option(help: "Tokens decoded from each.")
    var new = 64

    @Option(help: "Runs that are timed.")
    var repetitions = 5

    @OptionGroup var threads: ThreadOptions
    @OptionGroup var gate: BaselineOptions
    @OptionGroup var result: ResultOptions

    func validate() throws {
      for (name, value) in [("batch", batch), ("prompt", prompt), ("repetitions", repetitions)]
      where !(1...100_000).contains(value) {
        throw ValidationError("--\(name) must be from 1 to 100000")
      }
      guard (2...100_000).contains(new) else { throw ValidationError("--new must be from 2 to 100000") }
    }

    func run() throws {
      try gate.load()
      threads.apply()
      MachineDescription.warnOfDebugBuild()
      let configuration = try ModelLoader.open(model).configuration()
      let context = configuration.maximumPositions
      guard prompt + new <= context else {
        throw ValidationError(
          "--prompt \(prompt) and --new \(new) do not fit the model's context of \(context) tokens")
      }
      try quantization.requireFit(configuration)
      var benchmark = GenerationBenchmark()
      benchmark.batch = batch
      benchmark.cache = cache
      benchmark.promptLength = prompt
      benchmark.newTokens = new
      benchmark.repetitions = repetitions
      let measured = try benchmark.run(weights: quantization) { try ModelLoader.open(model) }
      let json = measured.json(model: model, peak: MachinePeak.measure())
      Terminal.printResult(result.json ? json.text(isPretty: true) : measured.text(model: model))
      try gate.judge(json)
    }
  }

  /// `swiftlet bench grpo`.
  struct Policy: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "grpo",
      abstract: "Time whole steps of GRPO.",
      discussion: """
        Example: swiftlet bench grpo --config S --precision bf16 --json

        Prompts of 32 random tokens, groups of 8 answers of exactly 64 tokens; sampling, the reference model's forward pass, \
        the update and AdamW are inside the time. S: 8 prompts for student S of `bench train`; L: 2 for SmolLM2-135M's shape; T: 2 for size T, which only shows that \
        it runs.
        """)

    @Option(help: "T, S or L.")
    var config = PolicyBenchmark.Size.small

    @Option(help: "fp32, bf16 or auto (bf16 where the processor multiplies it).")
    var precision = PrecisionChoice.auto

    @Flag(
      help: "Compute layers a second time in the update's backward pass instead of keeping their activations."
    )
    var gradientCheckpointing = false

    @Option(help: "Steps to time.")
    var steps = 5

    @OptionGroup var threads: ThreadOptions
    @OptionGroup var gate: BaselineOptions
    @OptionGroup var result: ResultOptions

    func validate() throws {
      guard (1...100_000).contains(steps) else { throw ValidationError("--steps must be from 1 to 100000") }
    }

    func run() throws {
      try gate.load()
      threads.apply()
      MachineDescription.warnOfDebugBuild()
      var benchmark = PolicyBenchmark(config, precision: precision.resolved)
      benchmark.steps = steps
      benchmark.recomputesLayers = gradientCheckpointing
      let measured = try benchmark.run()
      let json = measured.json(peak: MachinePeak.measure())
      Terminal.printResult(result.json ? json.text(isPretty: true) : measured.text())
      try gate.judge(json)
    }
  }
}
