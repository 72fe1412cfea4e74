import ArgumentParser
import Benchmarks
import Kernels
import LanguageModels
import Training

extension TrainingBenchmark.Size: ExpressibleByArgument {}

extension BenchCommand {
  /// `swiftlet bench train`.
  struct Training: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "train",
      abstract: "Time whole training steps of a model of a known size.",
      discussion: """
        Example: swiftlet bench train --config S --precision bf16 --threads 2 --json

        Random tokens; forward, backward, clipping, AdamW and reading the loss back are inside the time. T, S and M are \
        small Llamas, L has SmolLM2-135M's shape: see Benchmarks/README.md.
        """)

    @Option(help: "T, S, M or L.")
    var config = TrainingBenchmark.Size.small

    @OptionGroup var options: TrainingBenchmarkOptions

    func run() throws { try options.run(.training(config)) }
  }

  /// `swiftlet bench distill`.
  struct Distillation: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "distill",
      abstract: "Time whole steps of logit distillation.",
      discussion: """
        Example: swiftlet bench distill --precision bf16 --json

        Student S of `bench train`, a live teacher of hidden size 576 and 12 layers, forward KL at temperature 2 over the \
        whole vocabulary. With --teacher q8_0 the teacher multiplies in 8 bits, and how far that takes it from itself is \
        measured (teacher_kl).
        """)

    @Option(help: "The teacher's weights: fp32, bf16, q8_0 or q4_0; by default in the precision of the run.")
    var teacher: DecodingFormat?

    @OptionGroup var options: TrainingBenchmarkOptions

    func run() throws { try options.run(.distillation(teacher: teacher)) }
  }
}

/// What the benchmarks of training steps have in common.
struct TrainingBenchmarkOptions: ParsableArguments {
  @OptionGroup var threads: ThreadOptions

  @Option(help: "fp32, bf16 or auto (bf16 where the processor multiplies it).")
  var precision = PrecisionChoice.auto

  @Flag(help: "Compute layers a second time in the backward pass instead of keeping their activations.")
  var gradientCheckpointing = false

  @Option(help: "Steps to time; by default as many as the size needs.")
  var steps: Int?

  @OptionGroup var gate: BaselineOptions

  @OptionGroup var result: ResultOptions

  func validate() throws {
    if let steps, !(1...1_000_000).contains(steps) {
      throw ValidationError("--steps must be from 1 to 1000000")
    }
  }

  func run(_ work: TrainingBenchmark.Work) throws {
    try gate.load()
    threads.apply()
    MachineDescription.warnOfDebugBuild()
    var benchmark = TrainingBenchmark(work, precision: precision.resolved)
    benchmark.steps = steps
    benchmark.recomputesLayers = gradientCheckpointing
    let measured = try benchmark.run()
    // Afterwards, since it takes memory of its own.
    let peak = MachinePeak.measure().combined(with: MachinePeak.measure())
    let json = measured.json(peak: peak)
    Terminal.printResult(result.json ? json.text(isPretty: true) : measured.text(peak: peak))
    try gate.judge(json)
  }
}

extension MachineDescription {
  static func warnOfDebugBuild() {
    guard isDebugBuild else { return }
    Terminal.write("warning: a debug build; figures that mean something need swift run -c release\n")
  }
}
