import Experiments
import Training

extension EvalCommand {
  /// Keeps what was measured in the store, for the models' cards.
  func keep(_ results: [ExamResult], of models: [LoadedModel], _ exam: Exam) throws {
    let store = try result.store.open()
    for (loaded, measured) in zip(models, results) {
      try store.keep(
        ModelEvaluation(
          model: loaded.path,
          suite: suiteName(exam) + manner(of: measured),
          measured.report),
        ofWeights: try loaded.source.weightsFingerprint(), replaces: data != nil)
    }
  }

  /// Of a file: the side, and how many where not all were asked.
  private func suiteName(_ exam: Exam) -> String {
    exam.name + (side.map { ", \($0.rawValue)" } ?? "")
      + (data == nil ? "" : problems.map { ", the first \($0)" } ?? "")
  }

  /// How the questions were asked, where it is not once, greedily and at any length.
  private func manner(of measured: ExamResult) -> String {
    if measured.likelihood != nil { return ", by likelihood" + (scoring.form == .texts ? " of texts" : "") }
    var manner = ""
    if !measured.sampling.isGreedy {
      let (plan, parameters) = (measured.sampling.plan, measured.sampling.parameters)
      let answers = plan.answersPerProblem
      manner += ", \(answers) \(answers == 1 ? "answer" : "answers") at temperature \(parameters.temperature)"
      if parameters.topP < 1 { manner += ", top-p \(parameters.topP)" }
    }
    if let maxNewTokens { manner += ", at most \(maxNewTokens) tokens" }
    return manner
  }
}
