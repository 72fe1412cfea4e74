import Kernels

/// What can be wrong with a data file.
public enum CorpusError: Diagnostic {
  case missing(path: String)
  case empty(path: String)
  case unreadable(path: String, reason: String)
  case badLine(path: String, line: Int, expected: String, found: String)
  /// A record that holds something else than a text.
  case noText(place: String)
  case notUTF8(path: String)

  public var place: String {
    switch self {
    case .missing(let path), .empty(let path), .unreadable(let path, _), .notUTF8(let path): path
    case .noText(let place): place
    case .badLine(let path, let line, _, _): "\(path):\(line)"
    }
  }

  public var expected: String {
    switch self {
    case .missing: "a file of records or texts, or a folder of them"
    case .empty: "at least one record"
    case .unreadable: "a readable file"
    case .badLine(_, _, let expected, _): expected
    case .noText: "a record with \"text\""
    case .notUTF8: "UTF-8 text"
    }
  }

  public var found: String {
    switch self {
    case .missing: "nothing there"
    case .empty: "an empty file"
    case .unreadable(_, let reason): reason
    case .badLine(_, _, _, let found): found
    case .noText: "another record"
    case .notUTF8: "other bytes"
    }
  }

  public var nextStep: String {
    switch self {
    case .missing: "check the path given by --data or in the recipe"
    case .empty: "give a file with one JSON object a line"
    case .unreadable: "check the file's permissions"
    case .notUTF8: "write the file again in UTF-8, or pass --skip-bad to leave it out"
    case .badLine, .noText: "mend the line, or pass --skip-bad to count and leave out such lines"
    }
  }

  public var exitCode: ExitCode {
    switch self {
    case .missing, .unreadable: .noInput
    case .empty, .badLine, .noText, .notUTF8: .badData
    }
  }
}
