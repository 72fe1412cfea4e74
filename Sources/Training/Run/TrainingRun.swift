import Evaluation
import Files
import Foundation
import Kernels
import LanguageModels
import Objectives

/// One execution of a recipe: loads, trains, evaluates, writes the model and judges the gates.
public struct TrainingRun {
  public private(set) var reading: Recipe.Reading
  public let options: RunOptions
  public var recipe: Recipe { reading.recipe }

  public init(_ reading: Recipe.Reading, options: RunOptions = RunOptions()) {
    self.reading = reading
    self.options = options
  }

  /// Where the run is written.
  public var outputPath: String {
    if let path = options.output ?? recipe.output { return path }
    let file = URL(fileURLWithPath: reading.file).deletingPathExtension().lastPathComponent
    return "runs/" + (recipe.name ?? file)
  }

  /// Whether an earlier run of this recipe left a checkpoint to continue from.
  public var hasCheckpoint: Bool {
    let checkpoints = RunDirectory.checkpoints(in: URL(fileURLWithPath: outputPath))
    return !CheckpointDirectory(checkpoints, kept: 1).isEmpty
  }

  /// Trains to the end, an interruption or the end of its time. The outcome's exit code tells which, and whether a gate was
  /// missed.
  public func start(observer: (any TrainingObserver)? = nil) throws -> RunOutcome {
    let clock = StageClock()
    let resolve = PathResolver(recipeFile: reading.file)
    return try withLoweredLevels().loweringLevels(note: { observer?.observe(.note($0)) }) { recipe in
      var run = self
      run.reading.recipe = recipe
      let foundation = try RunFoundation(recipe, resolve: { resolve($0) })
      return try foundation.withParts(Start(run: run, clock: clock, observer: observer))
    }
  }

  /// The recipe with the levels that the run, when it is resumed, went on with.
  private func withLoweredLevels() -> Recipe {
    var recipe = recipe
    let file = URL(fileURLWithPath: outputPath).appendingPathComponent("recipe.yaml")
    guard options.resumes, recipe.rollouts.lowersLevels == true,
      let text = try? RecipeFile.text(of: file.path),
      let stored = try? Recipe.parse(text, file: file.path, isStored: true).recipe
    else { return recipe }
    recipe.dataset.levels = stored.dataset.levels
    return recipe
  }

  private struct Start: PartsWork {
    let run: TrainingRun
    let clock: StageClock
    let observer: (any TrainingObserver)?

    func callAsFunction<Source, Objective>(_ parts: RunParts<Source, Objective>) throws -> RunOutcome {
      try run.run(parts, clock, observer)
    }
  }

  private func run<Source: BatchSource, Objective: TrainingObjective>(
    _ parts: RunParts<Source, Objective>, _ clock: StageClock, _ observer: (any TrainingObserver)?
  ) throws -> RunOutcome {
    let foundation = parts.foundation
    let reach: String?
    do {
      let watch = AnsweringWatch(observer: observer, shouldStop: options.shouldStop)
      reach = options.resumes ? nil : try parts.check?(watch)
    } catch is AnsweringInterrupted {
      let outcome = RunOutcome(interruptedBefore: clock)
      observer?.observe(.finished(outcome))
      return outcome
    }
    var account = try RunAccount(self, foundation, clock)
    // Only now, when the recipe's files have been read, is anything written.
    let directory = try RunDirectory(outputPath, overwrites: options.overwrites, resumes: options.resumes)
    let checkpoints = CheckpointDirectory(
      directory.checkpoints, kept: recipe.training.keptCheckpoints,
      weights: foundation.checkpointWeights)
    defer { withExtendedLifetime(directory) {} }
    let events = recipe.training.writesEventFiles ? EventLog(directory.url, next: observer) : nil
    let log = RunLog(directory.url, next: events ?? observer)
    let observer: any TrainingObserver = log
    let watch = AnsweringWatch(observer: log, shouldStop: options.shouldStop)
    let trainer = Trainer(
      model: foundation.model, source: parts.source, objective: parts.objective, settings: recipe.training,
      totalSteps: parts.totalSteps, observer: observer)
    trainer.shouldStop = options.shouldStop
    if options.resumes { try resume(trainer, checkpoints) }
    account.before = trainer.state.spent ?? StageTime()
    trainer.frozenModels = parts.frozen.map(\.configuration)
    trainer.peakOperationsPerSecond = MatrixPeak.measure(recipe.training.precision.resolved)
    trainer.evaluationSteps =
      recipe.evaluation.strategy == .epoch
      ? try recipe.training.updates(passes: 1, parts.batchesPerPass) : recipe.evaluation.everySteps
    trainer.choice = foundation.choice(in: directory.url, watch)
    let comparison = RunComparison(foundation, directory: directory.url, watch)
    var lastAccuracy: AccuracyReport?
    trainer.evaluation = { step in
      var report = try comparison.evaluate(step: step)
      lastAccuracy = report.accuracy
      if let own = try parts.examine?() { report.metrics.merge(own) { first, _ in first } }
      return report
    }
    if recipe.method.startsFromAnswers { trainer.firstEvaluation = { try comparison.begin() } }
    parts.observeRollouts? { [weak trainer] rollouts in
      observer.observe(.sampled(step: (trainer?.state.step ?? 0) + 1, rollouts))
    }
    let identity = recipe.identity
    let yaml = recipe.yaml
    trainer.save = { [account] checkpoint in
      var checkpoint = checkpoint
      checkpoint.state.recipeIdentity = identity
      checkpoint.state.recipe = yaml
      checkpoint.state.spent = account.spent
      return try checkpoints.save(checkpoint) {
        try foundation.writeCompanions(to: $0, weightsOf: .float32)
        try account.ledger(of: checkpoint.state).write(to: $0)
      }.path
    }
    try log.open(keepingSteps: trainer.state.step, samplesRollouts: parts.observeRollouts != nil)
    try events?.open(keepingSteps: trainer.state.step)
    for note in [
      foundation.student?.summary, foundation.adapterNote, foundation.signalNote, foundation.alignmentNote,
    ].compactMap({ $0 }) {
      observer.observe(.note(note))
    }
    for warning in foundation.data.warnings + account.warnings { observer.observe(.warning(warning)) }
    try AtomicFile.write(yaml, to: directory.url.appendingPathComponent("recipe.yaml"))
    observer.observe(
      .started(
        RunStart(
          method: recipe.method, parameterCount: foundation.model.parameterCount,
          totalSteps: parts.totalSteps,
          resumedStep: trainer.state.step, precision: recipe.training.precision.resolved,
          threads: Threads.count,
          exampleCount: parts.source.position.count)))
    if let reach { observer.observe(.note(reach)) }
    var outcome = try trainer.run()
    let dropped = parts.source.position.dropped
    if dropped > 0 {
      observer.observe(.warning("\(dropped) examples are longer than max_length and were left out"))
    }
    if outcome.ending != .interrupted {
      try foundation.writeModel(to: directory.url, as: recipe.training.saveType)
      let ledger = account.ledger(of: trainer.state)
      try ledger.write(to: directory.url)
      outcome.ledger = ledger
      if let lastAccuracy {
        let evaluation = ModelEvaluation(
          model: outputPath, suite: foundation.data.suite(of: recipe), lastAccuracy)
        try ModelEvaluation.write([evaluation], to: directory.url)
      }
      outcome.verdicts = Gate.verdicts(recipe.gates, on: outcome.metrics)
      if recipe.method.startsFromAnswers {
        outcome.comparison = comparison.finished()
        if outcome.comparison == nil, !foundation.data.problems.isEmpty {
          observer.observe(.warning("before.json does not hold the same problems: nothing to compare with"))
        }
      }
    }
    observer.observe(.finished(outcome))
    return outcome
  }

  private func resume<Source: BatchSource, Objective: TrainingObjective>(
    _ trainer: Trainer<Source, Objective>, _ checkpoints: CheckpointDirectory
  ) throws {
    guard let checkpoint = try checkpoints.latest() else {
      throw TrainingError.nothingToResume(path: checkpoints.directory.path)
    }
    // The stored recipe is read again: a newer program may know more keys, all at their defaults.
    let stored = try Recipe.parse(
      checkpoint.state.recipe, file: "recipe of the checkpoint", isStored: true
    ).recipe
    guard stored.identity == recipe.identity else {
      throw TrainingError.otherRecipe(path: checkpoints.url(step: checkpoint.state.step).path)
    }
    try trainer.restore(checkpoint)
  }
}

extension Recipe {
  /// The loss that the recipe asks for, or its method's own.
  func lossTerms() throws -> [LossTerm] {
    switch method {
    case .pretrain, .sft, .grpo, .preference:
      let terms = objective.lossFunctions
      return terms.isEmpty ? [LossTerm(.crossEntropy)] : terms
    case .logitDistillation:
      let terms = objective.lossFunctions
      return terms.isEmpty
        ? [LossTerm(.forwardKL, weight: 0.5, temperature: 1), LossTerm(.crossEntropy, weight: 0.5)] : terms
    case .onPolicyDistillation:
      // The student's own words are not to be learnt as they are.
      let terms = objective.lossFunctions
      return terms.isEmpty ? [LossTerm(.reverseKL)] : terms
    }
  }
}
