import ArgumentParser
import Kernels
import Training

extension PrecisionChoice: ExpressibleByArgument {}

extension CachePrecision: ExpressibleByArgument {}

/// How a command that generates keeps what it has read.
struct CacheOptions: ParsableArguments {
  @Option(help: "Keys and values of earlier tokens: fp32, bf16 or int8; by default as --precision.")
  var cache: CachePrecision?
}

/// On how many threads a command computes.
struct ThreadOptions: ParsableArguments {
  @Option(help: "Worker threads; all processors by default.")
  var threads: Int?

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads must be 1 or more") }
  }

  /// Computes on these threads from now on.
  func apply() {
    if let threads { Threads.count = threads }
  }
}

/// How a command that runs a model computes.
struct ComputeOptions: ParsableArguments {
  @OptionGroup var threads: ThreadOptions

  @Option(help: "fp32, bf16 or auto (bf16 where the processor multiplies it).")
  var precision = PrecisionChoice.fp32

  /// Runs `body` with these threads, in this precision.
  func run<Result>(_ body: () throws -> Result) throws -> Result {
    threads.apply()
    return try Precision.$current.withValue(precision.resolved, operation: body)
  }
}

/// How a command that follows a recipe computes; the recipe's own precision holds where none is given.
struct RecipeComputeOptions: ParsableArguments {
  @OptionGroup var threads: ThreadOptions

  @Option(help: "fp32, bf16 or auto.")
  var precision: String?

  /// What the recipe has to say instead; it also refuses a word that is no precision.
  var overrides: [String] { precision.map { ["training.precision=\($0)"] } ?? [] }
}
