import Evaluation
import Files
import Foundation

/// What a model reached when its run examined it, kept beside the weights as `evaluation.json`.
public struct ModelEvaluation: Codable, Sendable {
  public static let fileName = "evaluation.json"

  /// Who answered: the model itself, or one that it is compared with.
  public var model: String
  public var suite: String
  public var accuracy: AccuracyReport

  public init(model: String, suite: String, _ accuracy: AccuracyReport) {
    self.model = model
    self.suite = suite
    self.accuracy = accuracy
  }

  /// The model in `place` goes by the name that its card gives it; others keep theirs.
  package func called(_ name: String, at place: URL) -> ModelEvaluation {
    guard URL(fileURLWithPath: model).standardizedFileURL.path == place.standardizedFileURL.path else {
      return self
    }
    return ModelEvaluation(model: name, suite: suite, accuracy)
  }

  /// The evaluations beside a model's weights; none where there is no file, or one of another program's form.
  package static func read(in directory: URL) -> [ModelEvaluation] {
    let file = directory.appendingPathComponent(fileName)
    guard let data = FileManager.default.contents(atPath: file.path) else { return [] }
    return (try? JSONDecoder().decode([ModelEvaluation].self, from: data)) ?? []
  }

  package static func write(_ evaluations: [ModelEvaluation], to directory: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    try AtomicFile.write(encoder.encode(evaluations), to: directory.appendingPathComponent(fileName))
  }
}

extension TrainingData {
  /// What the held-out problems of a run are called.
  func suite(of recipe: Recipe) -> String {
    if !recipe.evaluation.suites.isEmpty { return recipe.evaluation.suites.joined(separator: ", ") }
    let sources = recipe.dataset.tasks + recipe.dataset.paths
    return sources.joined(separator: ", ") + ", held out"
  }
}
