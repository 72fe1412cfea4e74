import Files
import Foundation
import LanguageModels

/// What one training run adds to the ledger of the model that it starts from.
package struct RunAccount {
  private let base: Ledger
  private let stage: LedgerStage
  private let configuration: ModelConfiguration
  private let clock: StageClock
  /// What earlier sittings took.
  var before = StageTime()

  /// - Throws: `TrainingError.badLedger` for a base or a teacher whose ledger cannot be read, before any work.
  init(_ run: TrainingRun, _ foundation: RunFoundation, _ clock: StageClock) throws {
    let recipe = run.recipe
    let resolve = PathResolver(recipeFile: run.reading.file)
    self.clock = clock
    configuration = foundation.model.configuration
    let directory = recipe.model.startsFresh ? nil : recipe.model.directory
    let road =
      try directory.flatMap { name in
        let path = resolve(name)
        return try ModelLoader.open(path).hasWeights ? Ledger.road(to: path) : nil
      } ?? Ledger()
    var stage = LedgerStage(
      name: recipe.name ?? URL(fileURLWithPath: run.reading.file).deletingPathExtension().lastPathComponent,
      method: recipe.method.rawValue)
    stage.parameters = foundation.model.parameterCount
    stage.coreHourPrice = recipe.ledger?.coreHourPrice
    stage.watts = recipe.ledger?.watts
    stage.base = road.stages.isEmpty ? nil : directory
    stage.recipe = recipe.name
    stage.recipeHash = recipe.identity
    stage.seed = recipe.training.seed
    stage.version = RunAccount.version
    stage.command = run.options.command
    stage.languages = foundation.data.languages.sorted()
    stage.data = foundation.data.rows
    var taught: [LedgerStage] = []
    if let teacher = recipe.teacher {
      stage.teachers = try teacher.members.map { try LedgerTeacher($0.directory, at: resolve($0.directory)) }
      if let place = teacher.signals, let signals = foundation.signals {
        let collected = try signals.stage()
        if stage.teachers.isEmpty {
          var unnamed = LedgerTeacher(name: "the teacher of \(place)")
          unnamed.sha256 = signals.header.teacher
          stage.teachers = collected?.teachers ?? [unnamed]
        }
        taught.append(collected ?? .unrecordedSignals(place, of: stage.teachers))
      }
    }
    taught += try recipe.dataset.paths.flatMap { try LedgerStage.collected(at: resolve($0)) }
    // Once: what an earlier stage learnt from may be learnt from again.
    base = taught.reduce(road) { $0.stages.contains($1) ? $0 : $0.appending($1) }
    if recipe.model.isMade { stage.name += " (cut out of \(recipe.model.directory ?? "a model"))" }
    self.stage = stage
  }

  /// The program's, with the commit where it is known.
  package static var version: String {
    let facts = MachineFacts.current
    return facts.commit == "unknown" ? facts.version : "\(facts.version) (\(facts.commit.prefix(12)))"
  }

  /// What the run has taken up to now, all sittings together.
  var spent: StageTime {
    var time = clock.time
    time.seconds += before.seconds
    time.coreSeconds += before.coreSeconds
    return time
  }

  /// The road to the model as it is at `state`.
  func ledger(of state: RunState) -> Ledger {
    var stage = stage
    let spent = spent
    (stage.seconds, stage.coreSeconds) = (spent.seconds, spent.coreSeconds)
    stage.trainedTokens = state.tokens
    stage.generatedTokens = state.data.generation?.generated ?? 0
    stage.flops =
      state.operations + (state.frozenOperations ?? 0)
      + (state.data.generation?.flops(of: configuration) ?? 0)
    if stage.data.count == 1, state.data.generation == nil { stage.data[0].tokens = state.tokens }
    return base.appending(stage)
  }

  /// What a person should know before the work is done.
  var warnings: [String] {
    guard case .conflicting(let first, let second) = base.appending(stage).licence else { return [] }
    return ["the licences of \(first) and \(second) conflict: swiftlet export and card will refuse the model"]
  }
}
