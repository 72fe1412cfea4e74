import Kernels
import Yams

/// A mistake in a recipe or an override, at its line.
public struct RecipeError: Diagnostic, Equatable {
  public var place: String
  public var expected: String
  public var found: String
  public var nextStep: String
  public var exitCode: ExitCode { .badData }

  package init(place: String, expected: String, found: String, nextStep: String) {
    self.place = place
    self.expected = expected
    self.found = found
    self.nextStep = nextStep
  }

  package init(syntax error: YamlError, file: String) {
    var line = 1
    var problem = "\(error)"
    switch error {
    case .scanner(_, let text, let mark, _), .parser(_, let text, let mark, _),
      .composer(_, let text, let mark, _):
      line = mark.line
      problem = text
    case .duplicatedKeysInMapping(let duplicates, let context):
      line = context.mark.line
      problem = "the key \(duplicates.map { "\($0)" }.joined(separator: ", ")) twice"
    default: problem = problem.split(separator: "\n").first.map(String.init) ?? problem
    }
    self.init(
      place: "\(file):\(line)", expected: "YAML", found: problem,
      nextStep: "check indentation, quotes and brackets near this line")
  }
}

/// The number of single-character edits between two words (Levenshtein 1966).
package func editDistance(_ a: String, _ b: String) -> Int {
  let a = Array(a.unicodeScalars)
  let b = Array(b.unicodeScalars)
  var previous = Array(0...b.count)
  for i in a.indices {
    var current = [i + 1]
    for j in b.indices {
      current.append(min(previous[j] + (a[i] == b[j] ? 0 : 1), previous[j + 1] + 1, current[j] + 1))
    }
    previous = current
  }
  return previous[b.count]
}

/// The known word nearest to a mistyped one; nil when none is near.
package func nearest(_ word: String, among known: [String]) -> String? {
  let ranked = known.map { ($0, editDistance(word, $0)) }.min { ($0.1, $0.0) < ($1.1, $1.0) }
  guard let (best, distance) = ranked, distance <= max(2, max(word.count, best.count) / 2) else { return nil }
  return best
}
