import Corpus
import Evaluation
import Foundation
import Training

/// What no kept trace may share words with: the recipe's evaluation sets, or those that stand for them.
///
/// A recipe that names none is compared with every bundled suite, as `swiftlet eval` asks it, and with the test and
/// validation sides of its own records. One that names an empty list is compared with nothing.
struct EvaluationSets {
  /// For the report.
  private(set) var names: [String] = []
  private(set) var runs: EvaluationRuns

  /// - Parameter resolve: turns a path of the recipe into one that can be opened.
  /// - Throws: `CorpusError` for a file that is missing or broken.
  init(_ recipe: TeachingRecipe, resolve: (String) -> String) throws {
    runs = EvaluationRuns([], size: recipe.curation.contaminationWords)
    for name in recipe.evaluationSets ?? ["all"] {
      if name == "all" || DomainName(rawValue: name) != nil {
        add(suites: DatasetSettings.domains([name]))
      } else {
        guard FileManager.default.fileExists(atPath: resolve(name)) else {
          let known = ["all"] + DomainName.allCases.map(\.rawValue)
          throw RecipeError(
            place: "evaluation_sets",
            expected: "\(known.joined(separator: ", ")), or a file or folder of records", found: name,
            nextStep: nearest(name, among: known).map { "did you mean \($0)?" } ?? "check the path")
        }
        runs.add(try RecordReader().read(path: resolve(name)).records.flatMap(\.askedTexts))
        names.append(name)
      }
    }
    guard recipe.evaluationSets == nil, let dataset = recipe.dataset else { return }
    let reader = RecordReader(skipsBadLines: dataset.skipsBadLines)
    for path in dataset.paths {
      runs.add(heldOutOf: try reader.read(path: resolve(path)).records)
      names.append("the test and validation sides of \(path)")
    }
  }

  /// Of several domains together, whose problems are others, and of each.
  private mutating func add(suites domains: [DomainName]) {
    for asked in Set([domains] + domains.map { [$0] }) {
      runs.add(Suite(asked, count: 1000).problems.map(\.prompt))
    }
    names += domains.map(\.rawValue)
  }
}
