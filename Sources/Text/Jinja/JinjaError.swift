import Kernels

/// What is wrong with a chat template, or with what it was given.
public enum JinjaError: Diagnostic, Equatable {
  case syntax(line: Int, expected: String, found: String)
  /// A construct of Jinja that this program does not have.
  case unsupported(line: Int, construct: String)
  /// The template refused its input with `raise_exception`.
  case raised(line: Int, message: String)
  case wrongValue(line: Int, expected: String, found: String)

  public var place: String {
    switch self {
    case .syntax(let line, _, _), .unsupported(let line, _), .raised(let line, _),
      .wrongValue(let line, _, _):
      line > 0 ? "chat template, line \(line)" : "chat template"
    }
  }

  public var expected: String {
    switch self {
    case .syntax(_, let expected, _), .wrongValue(_, let expected, _): expected
    case .unsupported: "a construct that this program renders"
    case .raised: "messages that the template accepts"
    }
  }

  public var found: String {
    switch self {
    case .syntax(_, _, let found), .wrongValue(_, _, let found): found
    case .unsupported(_, let construct): construct
    case .raised(_, let message): message
    }
  }

  public var nextStep: String {
    switch self {
    case .syntax, .wrongValue: "correct the template"
    case .unsupported: "render the prompt elsewhere and give it without --chat"
    case .raised: "change the conversation"
    }
  }

  public var exitCode: ExitCode { .badData }
}
