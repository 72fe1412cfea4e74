import Kernels

/// What can be wrong with a sweep before or beside its runs.
public enum SweepError: Diagnostic, Equatable {
  case badAxis(String)
  case badSeeds(String)
  /// The same value, seed or recipe is named twice.
  case twice(option: String, value: String)
  case seedAxis(key: String)
  case sameRun(first: String, second: String)
  case tooMany(runs: Int)
  case inUse(path: String)
  case foreignOutput(path: String)
  /// A finished run of that name belongs to another recipe, or to what its files were before.
  case foreignRun(path: String)
  case noSuchMetric(run: String, metric: String, known: [String], suggestion: String?)

  /// The most runs of one sweep.
  static let largest = 10_000

  public var place: String {
    switch self {
    case .badAxis(let text): "--over \(text)"
    case .badSeeds(let text): "--seeds \(text)"
    case .twice(let option, _): option
    case .seedAxis(let key): "--over \(key)"
    case .sameRun(let first, _): first
    case .tooMany: "the sweep"
    case .inUse(let path), .foreignOutput(let path), .foreignRun(let path): path
    case .noSuchMetric(let run, _, _, _): run
    }
  }

  public var expected: String {
    switch self {
    case .badAxis: "a key of the recipe and its values"
    case .badSeeds: "how many seeds, or the seeds themselves"
    case .twice: "each value once"
    case .seedAxis: "the seeds under --seeds"
    case .sameRun: "combinations that give different runs"
    case .tooMany: "at most \(Self.largest) runs"
    case .inUse: "one sweep or study at a time"
    case .foreignOutput: "a new directory, or the output of the same kind of command"
    case .foreignRun: "a run of the same recipe on the same files"
    case .noSuchMetric: "a metric of the run"
    }
  }

  public var found: String {
    switch self {
    case .badAxis(let text), .badSeeds(let text): "\"\(text)\""
    case .twice(_, let value): "\(value) twice"
    case .seedAxis(let key): key
    case .sameRun(_, let second): "the same as \(second)"
    case .tooMany(let runs): "\(runs)"
    case .inUse: "another that is running"
    case .foreignOutput: "other files"
    case .foreignRun: "one of another recipe, or of other weights or data"
    case .noSuchMetric(_, let metric, _, _): metric
    }
  }

  public var nextStep: String {
    switch self {
    case .badAxis: "write for example --over training.learning_rate=1e-3,3e-3"
    case .badSeeds: "write --seeds 3 for 1, 2 and 3, or --seeds 1,2,7"
    case .twice: "leave out one of them"
    case .seedAxis: "write --seeds 1,2,3"
    case .sameRun: "leave out one of them"
    case .tooMany: "vary less at once"
    case .inUse: "wait for it, or choose another --output"
    case .foreignOutput: "choose another --output"
    case .foreignRun: "choose another --output, or train all runs anew with --overwrite"
    case .noSuchMetric(_, _, let known, let suggestion):
      suggestion.map { "did you mean \($0)?" } ?? "it has \(known.joined(separator: ", "))"
    }
  }

  public var exitCode: ExitCode {
    switch self {
    case .badAxis, .badSeeds, .twice, .seedAxis, .sameRun, .tooMany: .usage
    case .inUse, .foreignOutput, .foreignRun: .cannotWrite
    case .noSuchMetric: .badData
    }
  }
}
