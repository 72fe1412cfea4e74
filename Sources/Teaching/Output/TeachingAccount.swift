import Experiments
import Files
import Foundation
import LanguageModels
import Training

/// What a collection of outputs enters into the ledger of the models that learn from them.
struct TeachingAccount {
  private let record: RunRecorder
  private let clock: StageClock
  private var stage: LedgerStage
  /// What earlier sittings of the recipe answered, and took.
  private let before: (answered: Double, time: StageTime)
  /// Whether the answers of other commands are among those that were found in the store.
  private var hasOthers = false

  private enum Metric {
    static let answered = "teach/answered"
    static let seconds = "teach/seconds"
    static let coreSeconds = "teach/core_seconds"
  }

  /// - Parameter resolve: turns a path of the recipe into one that can be opened.
  /// - Throws: `TrainingError.badLedger` for a teacher whose ledger cannot be read, before any work; `StoreError`.
  init(
    _ recipe: TeachingRecipe, record: RunRecorder, store: ExperimentStore, clock: StageClock,
    command: String?, output: TeachingOutput, resolve: (String) -> String
  ) throws {
    (self.record, self.clock) = (record, clock)
    var before = (answered: 0.0, time: StageTime())
    for run in try store.runs(of: "teach", recipeHash: recipe.identity) {
      func sum(_ metric: String) throws -> Double {
        try store.metrics(of: run.id, named: metric).reduce(0) { $0 + $1.value }
      }
      before.answered += try sum(Metric.answered)
      before.time.seconds += try sum(Metric.seconds)
      before.time.coreSeconds += try sum(Metric.coreSeconds)
    }
    self.before = before
    let name = recipe.name ?? URL(fileURLWithPath: output.path).deletingPathExtension().lastPathComponent
    stage = LedgerStage(name: "teacher answers (\(name))", method: "collection")
    stage.trainedTokens = 0
    stage.recipe = recipe.name
    stage.recipeHash = recipe.identity
    stage.version = RunAccount.version
    stage.command = command
    stage.teachers = try recipe.teacher.map { [try $0.inLedger(resolve)] } ?? []
  }

  /// Of what the teacher writes: the recipe's, or of a model here its own ledger's.
  var teacherLicence: String? { stage.teachers.first?.licence }

  /// What the questions, or the outputs, were taken from.
  mutating func count(_ rows: [LedgerData], languages: Set<String>) {
    stage.data = rows
    stage.languages = languages.sorted()
  }

  /// The answers to all requests, those of earlier sittings too.
  ///
  /// - Parameters: `price` of a provider; `model` that answered here, whose operations are known.
  mutating func count(
    _ state: CollectionState, _ requests: [TeacherRequest], price: TokenPrice? = nil,
    model: ModelConfiguration? = nil
  ) {
    let counts = state.counts
    stage.requests = counts.cached + counts.answered + counts.refused
    // Sums that lack some answers are none.
    if counts.uncounted == 0 {
      stage.generatedTokens = counts.totalUsage.completionTokens
      stage.readTokens = counts.totalUsage.promptTokens
      stage.paid = price.map { $0.cost(of: counts.totalUsage) }
    }
    if let model {
      var work = GenerationWork()
      for (request, answer) in zip(requests, state.answers) {
        guard let usage = answer?.usage else { continue }
        work.add(
          prompt: usage.promptTokens, generated: usage.completionTokens, sample: request.sample)
      }
      stage.flops = work.flops(of: model)
      stage.readTokens = work.tokens - work.generated
    }
    hasOthers = Double(counts.cached) > before.answered
  }

  /// Keeps what this sitting took, for the one that ends the collection. - Throws: `StoreError`.
  func keepTime(_ counts: CollectionCounts) throws {
    try record.metrics(
      [
        Metric.answered: Double(counts.answered), Metric.seconds: clock.seconds,
        Metric.coreSeconds: clock.coreSeconds,
      ], step: 0)
  }

  /// The stage, with the time of all sittings; without one where answers come from sittings that are not known.
  var finished: LedgerStage {
    var stage = stage
    if !hasOthers {
      stage.seconds = before.time.seconds + clock.seconds
      stage.coreSeconds = before.time.coreSeconds + clock.coreSeconds
    }
    return stage
  }
}

extension TeacherSettings {
  /// The teacher, by reference to its own ledger where it is a model here.
  fileprivate func inLedger(_ resolve: (String) -> String) throws -> LedgerTeacher {
    func named(_ name: String, _ licence: String?) -> LedgerTeacher {
      var teacher = LedgerTeacher(name: name)
      teacher.licence = licence
      return teacher
    }
    switch self {
    case .local(let settings):
      var teacher = try LedgerTeacher(settings.model, at: resolve(settings.model))
      teacher.licence = settings.licence ?? teacher.licence
      return teacher
    case .endpoint(let settings):
      var teacher = named(settings.model, settings.licence)
      teacher.inputPrice = settings.price?.inputPerMillion
      teacher.outputPrice = settings.price?.outputPerMillion
      return teacher
    case .files(let settings): return named(settings.name, settings.licence)
    }
  }
}
