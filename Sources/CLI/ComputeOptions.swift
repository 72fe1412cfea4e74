import ArgumentParser
import Kernels
import Training

extension PrecisionChoice: ExpressibleByArgument {}

/// How a command that runs a model computes.
struct ComputeOptions: ParsableArguments {
  @Option(help: "Worker threads; all processors by default.")
  var threads: Int?

  @Option(help: "fp32, bf16 or auto (bf16 where the processor multiplies it).")
  var precision = PrecisionChoice.fp32

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads must be 1 or more") }
  }

  /// Runs `body` with these threads, in this precision.
  func run<Result>(_ body: () throws -> Result) throws -> Result {
    if let threads { Threads.count = threads }
    return try Precision.$current.withValue(precision.resolved, operation: body)
  }
}
