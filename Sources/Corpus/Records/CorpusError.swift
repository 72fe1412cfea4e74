import Kernels

/// What can be wrong with a data file.
public enum CorpusError: Diagnostic {
  case missing(path: String)
  case empty(path: String)
  case unreadable(path: String, reason: String)
  case badLine(path: String, line: Int, expected: String, found: String)

  public var place: String {
    switch self {
    case .missing(let path), .empty(let path), .unreadable(let path, _): path
    case .badLine(let path, let line, _, _): "\(path):\(line)"
    }
  }

  public var expected: String {
    switch self {
    case .missing: "a JSON Lines file or a folder of them"
    case .empty: "at least one record"
    case .unreadable: "a readable file"
    case .badLine(_, _, let expected, _): expected
    }
  }

  public var found: String {
    switch self {
    case .missing: "nothing there"
    case .empty: "an empty file"
    case .unreadable(_, let reason): reason
    case .badLine(_, _, _, let found): found
    }
  }

  public var nextStep: String {
    switch self {
    case .missing: "check the path given by --data or in the recipe"
    case .empty: "give a file with one JSON object a line"
    case .unreadable: "check the file's permissions"
    case .badLine: "mend the line, or pass --skip-bad to count and leave out such lines"
    }
  }

  public var exitCode: ExitCode {
    switch self {
    case .missing, .unreadable: .noInput
    case .empty, .badLine: .badData
    }
  }
}
