import Experiments
import Training

extension EvalCommand {
  /// Keeps what was measured in the store, for the models' cards.
  func keep(_ results: [ExamResult], of models: [LoadedModel], _ exam: Exam) throws {
    let store = try result.store.open()
    for (loaded, measured) in zip(models, results) {
      try store.keep(
        ModelEvaluation(
          model: loaded.path, suite: exam.name + (side.map { ", \($0.rawValue)" } ?? "") + measured.manner,
          measured.report),
        ofWeights: try loaded.source.weightsFingerprint())
    }
  }
}

extension ExamResult {
  /// How the questions were asked, where it is not once and greedily.
  fileprivate var manner: String {
    if likelihood != nil { return ", by likelihood" }
    if sampling.isGreedy { return "" }
    let answers = sampling.plan.answersPerProblem
    return
      ", \(answers) \(answers == 1 ? "answer" : "answers") at temperature \(sampling.parameters.temperature)"
  }
}
