import Corpus
import Evaluation
import Foundation
import LanguageModels
import Objectives
import Training

/// Trains a control with each learning rate, keeps the better by validation accuracy, and examines it.
struct ControlBench {
  let recipe: DistillationRecipe
  let training: StudentTraining
  let examiner: ModelExaminer
  let encoder: ExampleEncoder
  let base: URL
  let suite: Suite
  let prior: AnswerPrior
  let domain: DomainName
  let languages: [Language]

  func entry(
    _ name: ControlName, traces: [TeacherTrace]
  ) throws -> (DistillationReport.Entry, LineChart.Series) {
    let examples = try traces.map { try name.example($0, encoder: encoder) }
    let generator = ProblemGenerator(
      domains: [domain], languages: languages, side: .validation, seed: recipe.collection.seed)
    let validation = (0..<recipe.controls.problems).map { generator.problem(at: $0) }
    let given = recipe.controls.learningRates
    let rates = given.isEmpty ? [recipe.training.learningRate, recipe.training.learningRate * 2] : given
    var best: (accuracy: Double, rate: Double, model: Transformer, curve: LineChart.Series)?
    for rate in rates {
      let model = try ModelDirectory.load(base)
      let stage = "\(name.rawValue) at \(rate)"
      var curve = try training.train(
        model, on: examples, terms: [LossTerm(.crossEntropy)], learningRate: rate, stage: stage)
      curve.name = name.rawValue
      let answers = try examiner.examine(model, validation, stage: stage + " validation")
      let accuracy = Double(answers.count(where: \.isCorrect)) / Double(max(1, answers.count))
      if best == nil || accuracy > best!.accuracy { best = (accuracy, rate, model, curve) }
    }
    guard let best else { throw DistillationError.nothingKept(answers: 0, wrong: 0, domain: recipe.domain) }
    let answers = try examiner.examine(best.model, suite.problems, stage: name.rawValue + " evaluation")
    let entry = DistillationReport.Entry(
      name: name.rawValue, about: name.about, parameters: best.model.parameterCount,
      accuracy: AccuracyReport(answers, prior: prior), solved: answers.map(\.isCorrect),
      learningRate: best.rate)
    return (entry, best.curve)
  }
}
