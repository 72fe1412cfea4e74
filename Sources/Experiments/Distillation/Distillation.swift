import Corpus
import Evaluation
import Files
import Foundation
import Kernels
import LanguageModels
import Text
import Training

/// The main job: the teacher answers fresh problems, the verifier keeps what is right, the student learns from the
/// kept traces and the teacher's distributions, and all models meet the same held-out problems.
///
/// Each line of `runInPrecision` that names a stage reads the result back where an earlier sitting finished it.
struct Distillation {
  let recipe: DistillationRecipe
  let teacherDirectory: URL
  let baseDirectory: URL
  let partialDirectory: URL
  var trainsControls = false
  /// Discards what another recipe or other weights left in `partialDirectory`.
  var overwrites = false
  var watch = DistillationWatch()

  init(_ recipe: DistillationRecipe, teacher: URL, base: URL, partial: URL) {
    self.recipe = recipe
    teacherDirectory = teacher
    baseDirectory = base
    partialDirectory = partial
  }

  /// What a run leaves: the student and everything that the reports say.
  struct Outcome {
    var student: Transformer
    var report: DistillationReport
    /// The texts of the later stages' recipes.
    var stageRecipes: [(name: StageName, text: String)]
    /// What the student's stages took, in order.
    var ledgerStages: [LedgerStage]
    /// To be removed when the others are written.
    var partial: PartialRun
  }

  /// - Throws: `Diagnostic` for files that do not fit together; `DistillationInterrupted` after Ctrl-C.
  func run() throws -> Outcome {
    try Precision.$current.withValue(recipe.training.precision.resolved) { try runInPrecision() }
  }

  private func runInPrecision() throws -> Outcome {
    let clock = StageClock()
    let (tokenizer, template) = try DistillationPair(teacher: teacherDirectory, base: baseDirectory).checked()
    let teacher = try ModelDirectory.load(teacherDirectory)
    var student = try ModelDirectory.load(baseDirectory)
    guard let domain = DomainName(rawValue: recipe.domain) else {
      throw DistillationError.unknownDomain(recipe.domain)
    }
    let stageRecipes = try LaterStages.recipes(recipe, base: baseDirectory)
    let languages = DatasetSettings.languages(recipe.languages)
    let suite = Suite([domain], count: recipe.examination.problems, languages: languages)
    let key = try PartialRunKey(
      recipe, stages: stageRecipes.map(\.text), teacher: teacherDirectory, base: baseDirectory)
    let partial = try PartialRun(partialDirectory, key: key, overwrites: overwrites, watch: watch)
    let examiner = ModelExaminer(
      tokenizer: tokenizer, template: template, maximumNewTokens: recipe.collection.maximumNewTokens,
      partial: partial, watch: watch)
    let training = StudentTraining(
      recipe: recipe, seed: recipe.training.seed, partial: partial, watch: watch)

    let before = try examiner.examine(student, suite.problems, stage: "student before")
    let taught = try examiner.examine(teacher, suite.problems, stage: "teacher evaluation")
    let examined = partial.stages.count
    let (curated, signals) = try collect(
      teacher, examiner: examiner, domain: domain, languages: languages, suite: suite, key: key)
    var curve = try training.train(
      student, on: zip(curated.traces, signals).map { $0.example(signal: $1) },
      terms: recipe.objective.lossFunctions, learningRate: recipe.training.learningRate,
      stage: "student training")
    curve.name = "student"
    var learnt = try examiner.examine(student, suite.problems, stage: "student evaluation")
    var stages = [
      DistillationReport.StageGain(
        .sft, before: before, after: learnt, seconds: partial.seconds(from: examined))
    ]
    let ledger = DistillationLedger(recipe)
    var ledgerStages = [
      ledger.collection(partial.cost(of: "teacher answers"), counts: curated.counts),
      ledger.fineTuning(
        partial.cost(of: "student training"), traces: curated.counts.kept, parameters: student.parameterCount),
    ]
    let later = LaterStages(
      recipe: recipe, base: baseDirectory, teacher: teacherDirectory, partial: partial,
      watch: watch)
    for name in recipe.laterStages {
      let (answers, first) = (learnt, partial.stages.count)
      let trained = try later.train(student, by: name)
      student = trained.model
      if trained.updates > 0 {
        ledgerStages.append(
          ledger.later(name, partial.cost(of: name.rawValue), trained.stage, student.parameterCount))
      }
      learnt = try examiner.examine(student, suite.problems, stage: "\(name.rawValue) evaluation")
      stages.append(
        DistillationReport.StageGain(
          name, before: answers, after: learnt, seconds: partial.seconds(from: first),
          updates: trained.updates))
    }
    let prior = suite.prior()
    let seconds = partial.secondsBefore + clock.seconds

    var controls: [DistillationReport.Entry] = []
    var curves = [curve]
    if trainsControls {
      let bench = ControlBench(
        recipe: recipe, training: training, examiner: examiner,
        encoder: ExampleEncoder(tokenizer: tokenizer, template: template), base: baseDirectory, suite: suite,
        prior: prior, domain: domain, languages: languages)
      for name in ControlName.allCases {
        let (entry, curve) = try bench.entry(name, traces: curated.traces)
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
    let about = ([.sft] + recipe.laterStages).map(\.about).joined(separator: ", then ")
    var report = DistillationReport(
      domain: recipe.domain, command: "", seed: recipe.training.seed,
      budget: "\(PlotAxis.label(recipe.budgetMinutes))m", machine: [], problems: suite.problems.count,
      seconds: seconds, teacher: entry("teacher", "worked solutions of all domains", teacher, taught),
      student: entry("student", about, student, learnt),
      accuracyBefore: AccuracyReport(before, prior: prior), controls: controls, stages: partial.stages,
      collection: curated.counts, curves: curves, samples: Distillation.samples(taught, learnt), baseData: [],
      path: "")
    report.gains = stages
    return Outcome(
      student: student, report: report, stageRecipes: stageRecipes, ledgerStages: ledgerStages,
      partial: partial)
  }

  /// The stage "teacher answers". The signals are read from their file in every sitting, the first one too.
  private func collect(
    _ teacher: Transformer, examiner: ModelExaminer, domain: DomainName, languages: [Language], suite: Suite,
    key: PartialRunKey
  ) throws -> (CuratedTraces, [KeptSignal]) {
    let stage = "teacher answers"
    let file = examiner.partial.url(stage, "safetensors")
    let curated = try examiner.partial.result(of: stage) {
      let problems = recipe.collection.problems(of: domain, languages: languages)
      let collector = TraceCollector(settings: recipe.collection, evaluation: suite.problems)
      let (curated, signals, work) = try collector.collect(
        problems, from: examiner.examination(of: teacher)
      ) { try examiner.report($0, stage: stage) }
      guard !curated.traces.isEmpty else {
        let counts = curated.counts
        throw DistillationError.nothingKept(
          answers: counts.answers, wrong: counts.wrong, domain: recipe.domain)
      }
      try SignalShard.write(
        zip(curated.traces, signals).map { $0.example(signal: $1) },
        header: SignalHeader(
          k: recipe.collection.signalSize, vocabulary: teacher.configuration.vocabularySize, temperature: 1,
          tokenizer: examiner.tokenizer.fingerprint, template: examiner.template.name, teacher: key.teacher),
        to: file)
      return StageResult(
        value: curated, tokens: work.tokens, flops: work.flops(of: teacher.configuration),
        generated: work.generated)
    }
    let shard = try SignalShard(reading: file)
    guard shard.examples.map(\.rows.count) == curated.traces.map(\.completion.count) else {
      throw FileError.notKept(path: file.path)
    }
    return (curated, try shard.examples.map { try shard.signal($0.rows) })
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
