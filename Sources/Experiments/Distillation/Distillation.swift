import Corpus
import Evaluation
import Foundation
import Kernels
import LanguageModels
import Text
import Training

/// The main job: the teacher answers fresh problems, the verifier keeps what is right, the student learns from the
/// kept traces and the teacher's distributions, and all models meet the same held-out problems.
public struct Distillation {
  public let recipe: DistillationRecipe
  public let trainsControls: Bool
  let progress: (DistillationProgress) -> Void
  let teacherDirectory: URL
  let baseDirectory: URL

  public init(
    _ recipe: DistillationRecipe, teacher: URL, base: URL, trainsControls: Bool,
    progress: @escaping (DistillationProgress) -> Void
  ) {
    self.recipe = recipe
    self.trainsControls = trainsControls
    self.progress = progress
    teacherDirectory = teacher
    baseDirectory = base
  }

  /// What a run leaves: the student and everything that the reports say.
  public struct Outcome {
    public var student: Transformer
    public var report: DistillationReport
  }

  /// - Throws: `Diagnostic` for files that do not fit together; `DistillationInterrupted` after Ctrl-C.
  public func run() throws -> Outcome {
    try Precision.$current.withValue(recipe.training.precision.resolved) { try runInPrecision() }
  }

  private func runInPrecision() throws -> Outcome {
    let clock = StageClock()
    var stages: [DistillationReport.Stage] = []
    let (tokenizer, template) = try DistillationPair(teacher: teacherDirectory, base: baseDirectory).checked()
    let teacher = try ModelDirectory.load(teacherDirectory)
    let student = try ModelDirectory.load(baseDirectory)
    guard let domain = DomainName(rawValue: recipe.domain) else {
      throw DistillationError.unknownDomain(recipe.domain)
    }
    let languages =
      recipe.languages.isEmpty ? Language.allCases : recipe.languages.compactMap(Language.init(rawValue:))
    let suite = Suite([domain], count: recipe.examination.problems, languages: languages)
    let prior = suite.prior()
    let examiner = ModelExaminer(
      tokenizer: tokenizer, template: template, maximumNewTokens: recipe.collection.maximumNewTokens,
      progress: progress)

    let before = try examiner.examine(student, suite.problems, stage: "student before", into: &stages)
    let taught = try examiner.examine(teacher, suite.problems, stage: "teacher evaluation", into: &stages)
    let (traces, counts) = try collect(
      teacher, examiner: examiner, domain: domain, languages: languages, suite: suite, into: &stages)

    let encoder = ExampleEncoder(tokenizer: tokenizer, template: template)
    let training = StudentTraining(recipe: recipe, seed: recipe.training.seed, progress: progress)
    var curve = try training.train(
      student, on: traces.map { $0.example(withSignal: true) }, terms: recipe.objective.lossFunctions,
      learningRate: recipe.training.learningRate, stage: "student training", into: &stages)
    curve.name = "student"
    let learnt = try examiner.examine(student, suite.problems, stage: "student evaluation", into: &stages)
    let seconds = clock.seconds

    var controls: [DistillationReport.Entry] = []
    var curves = [curve]
    if trainsControls {
      let bench = ControlBench(
        recipe: recipe, training: training, examiner: examiner, encoder: encoder, base: baseDirectory,
        suite: suite, prior: prior, domain: domain, languages: languages)
      for name in ControlName.allCases {
        let (entry, curve) = try bench.entry(name, traces: traces, into: &stages)
        controls.append(entry)
        curves.append(curve)
      }
    }
    func entry(_ name: String, _ about: String, _ model: Transformer, _ answers: [GradedAnswer])
      -> DistillationReport.Entry
    {
      DistillationReport.Entry(
        name: name, about: about, parameters: model.parameterCount,
        accuracy: AccuracyReport(answers, prior: prior), solved: answers.map(\.isCorrect))
    }
    let report = DistillationReport(
      domain: recipe.domain, command: "", seed: recipe.training.seed,
      budget: "\(PlotAxis.label(recipe.budgetMinutes))m", machine: [], problems: suite.problems.count,
      seconds: seconds, teacher: entry("teacher", "worked solutions of all domains", teacher, taught),
      student: entry("student", "the kept traces and the teacher's distributions", student, learnt),
      accuracyBefore: AccuracyReport(before, prior: prior), controls: controls, stages: stages,
      collection: counts, curves: curves, samples: Distillation.samples(taught, learnt), baseData: [],
      path: "")
    return Outcome(student: student, report: report)
  }

  private func collect(
    _ teacher: Transformer, examiner: ModelExaminer, domain: DomainName, languages: [Language], suite: Suite,
    into stages: inout [DistillationReport.Stage]
  ) throws -> ([TeacherTrace], DistillationReport.Collection) {
    let stage = StageClock()
    let generator = ProblemGenerator(
      domains: [domain], languages: languages, side: .train, seed: recipe.collection.seed)
    let problems = (0..<recipe.collection.prompts).map { generator.problem(at: $0) }
    let collector = TraceCollector(settings: recipe.collection, evaluation: suite.problems)
    let (traces, counts, work) = try collector.collect(problems, from: examiner.examination(of: teacher)) {
      try examiner.report($0, stage: "teacher answers")
    }
    guard !traces.isEmpty else {
      throw DistillationError.nothingKept(answers: counts.answers, wrong: counts.wrong, domain: recipe.domain)
    }
    stages.append(
      DistillationReport.Stage(
        name: "teacher answers", seconds: stage.seconds, coreSeconds: stage.coreSeconds, tokens: work.tokens,
        flops: work.flops(of: teacher.configuration)))
    return (traces, counts)
  }

  /// Twenty problems spread over the suite.
  private static func samples(
    _ teacher: [GradedAnswer], _ student: [GradedAnswer]
  ) -> [(student: GradedAnswer, teacher: GradedAnswer)] {
    let count = min(20, teacher.count)
    return (0..<count).map { number in
      let index = number * teacher.count / max(1, count)
      return (student[index], teacher[index])
    }
  }
}
