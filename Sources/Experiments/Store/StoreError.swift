import Kernels

/// What can go wrong with the experiment store.
public enum StoreError: Diagnostic {
  case newerVersion(path: String)
  case unusable(path: String, reason: String)
  case noSuchRun(name: String, path: String, nearest: [String])
  case severalRuns(name: String, path: String, latest: [String])
  /// The run, or the update of it, kept no answers.
  case noAnswers(run: String, step: Int?)

  public var place: String {
    switch self {
    case .newerVersion(let path), .unusable(let path, _): path
    case .noSuchRun(_, let path, _), .severalRuns(_, let path, _): path
    case .noAnswers(let run, let step): "run \(run)" + (step.map { ", step \($0)" } ?? "")
    }
  }

  public var expected: String {
    switch self {
    case .newerVersion: "a store of this program's version or older"
    case .unusable: "an SQLite store that can be opened and written"
    case .noSuchRun: "the id or the beginning of the id of a stored run"
    case .severalRuns: "the beginning of one run's id"
    case .noAnswers: "answers that a policy learnt from"
    }
  }

  public var found: String {
    switch self {
    case .newerVersion: "one written by a newer version"
    case .unusable(_, let reason): reason
    case .noSuchRun(let name, _, _): "\"\(name)\""
    case .severalRuns(let name, _, _): "\"\(name)\", with which several begin"
    case .noAnswers: "none"
    }
  }

  public var nextStep: String {
    switch self {
    case .newerVersion: "update swiftlet, or name another store with --store"
    case .unusable: "check the path and its permissions, or name another store with --store"
    case .noSuchRun(_, _, let nearest):
      nearest.isEmpty ? "the store has no runs yet" : "the latest are \(nearest.joined(separator: ", "))"
    case .severalRuns(_, _, let latest): "the latest of them are \(latest.joined(separator: ", "))"
    case .noAnswers: "name a run of method grpo, and one of its steps"
    }
  }

  public var exitCode: ExitCode {
    switch self {
    case .newerVersion: .badData
    case .unusable: .cannotWrite
    case .noSuchRun, .severalRuns, .noAnswers: .noInput
    }
  }
}
