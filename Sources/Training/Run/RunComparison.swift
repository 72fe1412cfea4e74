import Evaluation
import Files
import Foundation
import Kernels

/// The model's answers before the first update and after the last, for methods that start from a model that answers.
final class RunComparison {
  /// Who answered the held-out problems right, and how long the answers were.
  private struct Snapshot: Codable {
    /// The problems' ids and the most tokens of an answer, as one word.
    var questions: String
    var isCorrect: [Bool]
    var meanLength: Double
  }

  private let evaluator: RunEvaluator
  private let watch: AnsweringWatch
  private let file: URL
  private let questions: String
  private var latest: Snapshot?

  /// - Parameter directory: of the run; the first answers are noted there, so that a resumed run knows them.
  init(_ foundation: RunFoundation, directory: URL, _ watch: AnsweringWatch) {
    evaluator = foundation.evaluator
    self.watch = watch
    let asked = foundation.data.problems.map(\.id) + ["\(foundation.recipe.evaluation.maxNewTokens)"]
    questions = Fingerprint.sha256(Array(asked.joined(separator: " ").utf8))
    file = directory.appendingPathComponent("before.json")
  }

  func evaluate(step: Int) throws -> EvaluationReport {
    let report = try evaluator.evaluate(step: step, watch)
    latest = Snapshot(
      questions: questions, isCorrect: report.isCorrect, meanLength: report.metrics["eval/mean_length"] ?? 0)
    return report
  }

  /// Evaluates the model as it was given.
  func begin() throws -> EvaluationReport {
    let report = try evaluate(step: 0)
    try AtomicFile.write(JSONEncoder().encode(latest), to: file)
    return report
  }

  /// Nil when nothing was held out, and when the first answers are lost or were to other problems.
  func finished() -> RunOutcome.Comparison? {
    guard let data = try? readFile(file), let before = try? JSONDecoder().decode(Snapshot.self, from: data),
      before.questions == questions, let latest, !latest.isCorrect.isEmpty,
      before.isCorrect.count == latest.isCorrect.count
    else {
      return nil
    }
    func share(_ snapshot: Snapshot) -> Double {
      Double(snapshot.isCorrect.count { $0 }) / Double(snapshot.isCorrect.count)
    }
    return RunOutcome.Comparison(
      accuracyBefore: share(before), accuracy: share(latest),
      mcNemarP: McNemarTest(before.isCorrect, latest.isCorrect).p, problems: latest.isCorrect.count,
      meanLengthBefore: before.meanLength, meanLength: latest.meanLength)
  }
}
