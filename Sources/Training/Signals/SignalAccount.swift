import Foundation
import LanguageModels

/// What a collection of signals enters into the ledger of the models that learn from them.
struct SignalAccount {
  private var stage: LedgerStage
  private let teacher: ModelConfiguration
  private var clock: StageClock

  /// - Parameters:
  ///   - teacher: as it is asked, for the student's tokens alone where those are a part of its own.
  ///   - place: of the teacher, as the recipe calls it.
  /// - Throws: `TrainingError.badLedger` for a teacher whose ledger cannot be read, before any work.
  init(
    _ reading: Recipe.Reading, _ foundation: RunFoundation, teacher: ModelConfiguration, at place: String,
    _ clock: StageClock, command: String?
  ) throws {
    var stage = LedgerStage(signalsOf: reading, foundation, command: command)
    stage.teachers = [try LedgerTeacher(place, at: PathResolver(recipeFile: reading.file)(place))]
    self.stage = stage
    self.teacher = teacher
    self.clock = clock
  }

  /// The time of an earlier sitting.
  mutating func add(earlier stage: LedgerStage) {
    var time = clock.time
    time.seconds += stage.seconds ?? 0
    time.coreSeconds += stage.coreSeconds ?? 0
    clock = StageClock(after: time)
  }

  /// Examples that the teacher has read.
  mutating func count(_ examples: [Example]) {
    for example in examples {
      stage.readTokens = (stage.readTokens ?? 0) + example.count
      stage.flops =
        (stage.flops ?? 0) + Double(example.count)
        * teacher.forwardFLOPsPerToken(sequenceLength: example.count)
    }
  }

  /// The one stage, up to now.
  var ledger: Ledger {
    var stage = stage
    (stage.seconds, stage.coreSeconds) = (clock.seconds, clock.coreSeconds)
    if stage.data.count == 1 { stage.data[0].tokens = stage.readTokens }
    return Ledger([stage])
  }
}

extension LedgerStage {
  /// A collection that has read nothing yet, of no teacher.
  init(signalsOf reading: Recipe.Reading, _ foundation: RunFoundation, command: String?) {
    let recipe = reading.recipe
    let name = recipe.name ?? URL(fileURLWithPath: reading.file).deletingPathExtension().lastPathComponent
    self.init(name: "teacher's signals (\(name))", method: "signals")
    (trainedTokens, generatedTokens, readTokens, flops) = (0, 0, 0, 0)
    coreHourPrice = recipe.ledger?.coreHourPrice
    watts = recipe.ledger?.watts
    self.recipe = recipe.name
    recipeHash = recipe.identity
    version = RunAccount.version
    self.command = command
    languages = foundation.data.languages.sorted()
    data = foundation.data.rows
  }
}
