import ArgumentParser
import Benchmarks
import Kernels

extension BenchCommand {
  /// `swiftlet bench ops`.
  struct Operations: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "ops",
      abstract: "Time the fused operations of a training step: norms, attention, losses, AdamW.",
      discussion: """
        Example: swiftlet bench ops --config S --json

        Each at the shapes of a model of `bench train`, on the tokens of one step; the losses on 512 rows of logits, AdamW on \
        all parameters. GB/s counts what must be read or written once; caches can exceed the memory's.
        """)

    @Option(help: "T, S, M or L.")
    var config = TrainingBenchmark.Size.small

    @OptionGroup var threads: ThreadOptions

    @Option(help: "Samples of each measurement.")
    var repetitions = 7

    @OptionGroup var gate: BaselineOptions

    @OptionGroup var result: ResultOptions

    func validate() throws {
      if !(1...1000).contains(repetitions) { throw ValidationError("--repetitions must be from 1 to 1000") }
    }

    func run() throws {
      try gate.load()
      threads.apply()
      MachineDescription.warnOfDebugBuild()
      let first = MachinePeak.measure()
      var benchmark = OperationBenchmark()
      benchmark.repetitions = repetitions
      let results = OperationBenchmark.works(config).map { benchmark.run($0) }
      let report = OperationReport(results: results, peak: first.combined(with: MachinePeak.measure()))
      Terminal.printResult(result.json ? report.json.text(isPretty: true) : report.text)
      try gate.judge(report.json)
    }
  }
}
