import Kernels

/// What can be wrong with a study before its runs.
public enum StudyError: Diagnostic, Equatable {
  case noSuchSet(name: String, known: [String])
  /// The study gives each run its seed.
  case seedOverride
  /// A recipe has gates, which nothing in a study judges.
  case gates(place: String)
  /// The final evaluation asked nothing.
  case nothingAsked(run: String)
  /// A student and the one that it is compared with differ in more than the teacher.
  case notTwins(place: String, expected: String, found: String)
  /// No place for the table in a page.
  case noMarks(path: String, begin: String, end: String)

  public var place: String {
    switch self {
    case .noSuchSet: "--only"
    case .seedOverride: "--set training.seed"
    case .nothingAsked(let run): run
    case .gates(let place): place
    case .notTwins(let place, _, _): place
    case .noMarks(let path, _, _): path
    }
  }

  public var expected: String {
    switch self {
    case .noSuchSet(_, let known): "one of \(known.joined(separator: ", "))"
    case .seedOverride: "the seeds in the study"
    case .nothingAsked: "questions on the test side, and evaluation.problems above 0"
    case .notTwins(_, let expected, _): expected
    case .gates: "a recipe without gates"
    case .noMarks(_, let begin, let end): "a line \(begin) and after it \(end)"
    }
  }

  public var found: String {
    switch self {
    case .noSuchSet(let name, _): name
    case .seedOverride: "one for all"
    case .nothingAsked: "none"
    case .notTwins(_, _, let found): found
    case .gates: "some"
    case .noMarks: "no place for the table"
    }
  }

  public var nextStep: String {
    switch self {
    case .noSuchSet: "name a set of the study, or a seed of one"
    case .seedOverride: "change `seeds:` of its sets"
    case .nothingAsked: "change the recipe or the records"
    case .gates: "judge the study's own figures with --gate"
    case .notTwins: "let the two recipes differ in the teacher and the objective alone"
    case .noMarks: "write the two lines where the table shall stand"
    }
  }

  public var exitCode: ExitCode {
    switch self {
    case .noSuchSet, .seedOverride: .usage
    case .nothingAsked, .notTwins, .noMarks, .gates: .badData
    }
  }
}
