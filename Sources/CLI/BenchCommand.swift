import ArgumentParser
import Benchmarks
import Files
import Foundation
import Kernels

/// `swiftlet bench matmul`, `ops`, `train`, `distill`, `generate` and `grpo`.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measure this machine.",
    subcommands: [
      MatrixProducts.self, Operations.self, Training.self, Distillation.self, Generation.self, Policy.self,
    ])

  struct MatrixProducts: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "matmul",
      abstract: "Check and time matrix products: ours, a CBLAS library's, or your own kernel's.",
      discussion: """
        Example: swiftlet bench matmul --only teacher --kernel ./mine.so:my_sgemm --svg roofline.svg

        Every kernel is first held to a double-precision reference; a wrong one is listed and not timed. The C \
        signature of an own kernel, for dense row-major matrices (A is [m, k] or [k, m], B [k, n] or [n, k]):

          int KERNEL(int64_t m, int64_t n, int64_t k, int transpose_a, int transpose_b,
                     const float *a, const float *b, float *c, int threads);

        It returns 0, or another number for a case that it does not do. More in Benchmarks/README.md.
        """)

    @Option(help: "The shapes, a YAML file.")
    var shapes = "Benchmarks/shapes.yaml"

    @Option(help: "Only shapes whose name contains this. May be repeated.")
    var only: [String] = []

    @Option(
      help:
        "naive, blocked, openblas, panels, panels-packed, bf16, bf16-packed, separated by commas; all, or none."
    )
    var backends = "all"

    @Option(help: "A CBLAS library to time beside, LIBRARY.so. May be repeated.")
    var blas: [String] = []

    @Option(help: "An own kernel to time beside, LIBRARY.so:SYMBOL. May be repeated.")
    var kernel: [String] = []

    @Option(help: "The error that libraries and own kernels may have; fp32's by default.")
    var maxError: Double?

    @OptionGroup var threads: ThreadOptions

    @Option(help: "Samples of each measurement.")
    var repetitions = 7

    @Flag(inversion: .prefixedNo, help: "Measure also with the inputs in memory instead of in the caches.")
    var cold = true

    @OptionGroup var gate: BaselineOptions

    @OptionGroup var result: ResultOptions

    @Flag(help: "Print comma-separated values.")
    var csv = false

    @Option(help: "Write a roofline picture here.")
    var svg: String?

    func validate() throws {
      if result.json, csv { throw ValidationError("--json and --csv exclude each other") }
      if let threads = threads.threads, threads > 1024 {
        throw ValidationError("--threads must be from 1 to 1024")
      }
      if repetitions < 1 { throw ValidationError("--repetitions must be 1 or more") }
      if let maxError, !(maxError > 0) { throw ValidationError("--max-error must be above 0") }
      if try chosenKernels().isEmpty, blas.isEmpty, kernel.isEmpty {
        throw ValidationError("--backends none needs a --blas or a --kernel")
      }
      for name in kernel { _ = try libraryAndSymbol(name) }
    }

    func run() throws {
      let chosen = try chosenShapes()
      var benchmark = ProductBenchmark(candidates: try candidates())
      try gate.load()
      threads.apply()
      benchmark.repetitions = repetitions
      benchmark.measuresCold = cold
      benchmark.foreignTolerance = maxError
      MachineDescription.warnOfDebugBuild()
      let firstPeak = MachinePeak.measure()
      var results: [ProductResult] = []
      for (index, shape) in chosen.enumerated() {
        let line = "\(index + 1)/\(chosen.count) \(shape.name)"
        Terminal.write(Terminal.isInteractive ? "\r\u{1B}[2K\(line)" : line + "\n")
        results += benchmark.run(shape)
      }
      if Terminal.isInteractive { Terminal.write("\r\u{1B}[2K") }
      let peak = firstPeak.combined(with: MachinePeak.measure())
      let report = ProductReport(results: results, peak: peak, machine: MachineDescription.facts(peak))
      if let svg {
        try AtomicFile.write(Roofline.svg(results, peak: peak), to: URL(fileURLWithPath: svg))
      }
      Terminal.printResult(result.json ? report.json.text(isPretty: true) : csv ? report.csv : report.text)
      if !results.contains(where: { $0.verdict == .right }) { throw NothingMeasured(shapes: chosen.count) }
      try gate.judge(report.json)
    }

    private func chosenKernels() throws -> [ProductKernel] {
      if backends == "all" { return ProductKernel.allCases }
      if backends == "none" { return [] }
      return try backends.split(separator: ",").map { name in
        guard let kernel = ProductKernel(rawValue: String(name)) else {
          let known = ProductKernel.allCases.map(\.rawValue).joined(separator: ", ")
          throw ValidationError("unknown backend \(name); known: \(known)")
        }
        return kernel
      }
    }

    private func candidates() throws -> [ProductCandidate] {
      var candidates = try chosenKernels().map { ProductCandidate.own($0) }
      for path in blas { candidates.append(.foreign(try ForeignProduct.cblas(path: path))) }
      for name in kernel {
        let (path, symbol) = try libraryAndSymbol(name)
        candidates.append(.foreign(try ForeignProduct.kernel(path: path, symbol: symbol)))
      }
      return candidates
    }

    private func libraryAndSymbol(_ text: String) throws -> (path: String, symbol: String) {
      guard let colon = text.lastIndex(of: ":"), colon > text.startIndex,
        text.index(after: colon) < text.endIndex
      else { throw ValidationError("--kernel \(text): expected LIBRARY.so:SYMBOL") }
      return (String(text[..<colon]), String(text[text.index(after: colon)...]))
    }

    private func chosenShapes() throws -> [ProductShape] {
      let all = try ShapesFile.read(shapes)
      guard !only.isEmpty else { return all }
      let chosen = all.filter { shape in only.contains { shape.name.contains($0) } }
      guard chosen.isEmpty else { return chosen }
      throw ValidationError(
        "no shape in \(shapes) has a name with \(only.joined(separator: " or ")); "
          + "it has \(all.prefix(4).map(\.name).joined(separator: ", ")), …")
    }
  }
}
