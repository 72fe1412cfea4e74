import Foundation
import Kernels
import LanguageModels
import TensorCore

/// The one training loop. A method is an objective and a batch source handed to it.
///
/// One update: draw micro-batches, add up their gradients, check that all is finite, clip, let the optimizer move the
/// parameters. The same settings, source and seed give the same bits, also across a stop and a resume.
public final class Trainer<Source: BatchSource, Objective: TrainingObjective>
where Source.Batch == Objective.Batch {
  public let model: Transformer
  public let source: Source
  public let objective: Objective
  public let settings: TrainingSettings
  /// Updates in the whole run; nil when only the clock ends it.
  public let totalSteps: Int?
  public private(set) var state = RunState()

  let optimizer: any Optimizer
  /// The model's and the objective's own.
  let trainedParameters: [Parameter]
  private let schedule: LearningRateSchedule
  private let observer: (any TrainingObserver)?
  private var interval = Interval()
  /// The last step that a run with a choice has saved.
  private var savedStep: Int?
  private let clock = ContinuousClock()
  private var started: ContinuousClock.Instant
  private var secondsBefore = 0.0

  /// Called every `evaluationSteps` updates and at the end; with a `choice` only at the end, on the model chosen.
  public var evaluation: ((_ step: Int) throws -> EvaluationReport)?
  public var evaluationSteps: Int?
  /// Called before the first update, where a run starts from a model whose answers count.
  var firstEvaluation: (() throws -> EvaluationReport)?
  /// Decides which model the run ends with; the last one when nil.
  var choice: ModelChoice?
  /// Called every `save_steps` updates, at the end and on interruption.
  public var save: ((_ checkpoint: Checkpoint) throws -> String)?
  /// What the machine's matrix products reach; with it `train/model_flops_utilization` is reported.
  public var peakOperationsPerSecond: Double?
  /// Frozen models beside the trained one, teachers or a reference: their work is counted as if each read every batch.
  var frozenModels: [ModelConfiguration] = []
  /// Polled after every update; what evaluates polls for itself.
  public var shouldStop: () -> Bool = { Interruption.isRequested }

  public init(
    model: Transformer, source: Source, objective: Objective, settings: TrainingSettings, totalSteps: Int?,
    observer: (any TrainingObserver)? = nil
  ) {
    self.model = model
    self.source = source
    self.objective = objective
    self.settings = settings
    self.totalSteps = totalSteps
    self.observer = observer
    model.recomputesLayers = settings.recomputesLayers
    trainedParameters = model.trainedParameters + objective.trainedParameters
    optimizer = settings.optimizer.make(trainedParameters, settings: settings.optimizerSettings)
    // A run that only the clock ends has no steps to plan with: its schedule has 10 000 notches of time.
    schedule = settings.makeSchedule(totalSteps: totalSteps ?? Notches.count)
    started = clock.now
    state.data = source.position
  }

  /// Trains to the end of the run, its time or an interruption. Metrics of the outcome are the last ones seen.
  public func run() throws -> RunOutcome {
    started = clock.now
    secondsBefore = state.elapsedSeconds
    return try Precision.$current.withValue(settings.precision.resolved) {
      do {
        if let firstEvaluation, state.step == 0 { report(try firstEvaluation()) }
        let ending = try train()
        if ending == .interrupted { try saveCheckpoint() } else { try finish() }
        return outcome(ending)
      } catch is AnsweringInterrupted {
        try saveCheckpoint()
        return outcome(.interrupted)
      } catch let error as TrainingError where error.leavesTheRunWhole {
        // What ended the run says more than a checkpoint that cannot be written.
        try? saveCheckpoint()
        throw error
      }
    }
  }

  /// The updates, with the evaluations between them.
  private func train() throws -> RunOutcome.Ending {
    if state.owesEvaluation == true, !isComplete { try evaluateInPassing() }
    while !isComplete {
      try update()
      if isComplete { break }
      if let every = evaluationSteps, state.step % every == 0 { try evaluateInPassing() }
      if state.step % settings.saveSteps == 0 { try saveCheckpoint() }
      if shouldStop() { return .interrupted }
      if isOutOfTime { return totalSteps == nil ? .completed : .outOfTime }
    }
    return .completed
  }

  /// Decides which model the run ends with, and judges it.
  private func finish() throws {
    guard let choice else {
      try evaluate()
      return try saveCheckpoint()
    }
    try examine(choice)
    // As the run left it: one that is resumed at its end chooses again.
    try saveCheckpoint()
    try takeBest(choice)
    try evaluate()
  }

  /// One that is broken off is made when the run is resumed.
  private func evaluateInPassing() throws {
    do {
      if let choice { try examine(choice) } else { try evaluate() }
      state.owesEvaluation = nil
    } catch is AnsweringInterrupted {
      state.owesEvaluation = true
      throw AnsweringInterrupted()
    }
  }

  private func outcome(_ ending: RunOutcome.Ending) -> RunOutcome {
    RunOutcome(
      ending: ending, steps: state.step, tokens: state.tokens, elapsedSeconds: elapsedSeconds,
      metrics: state.metrics, verdicts: [])
  }

  /// One update of the parameters.
  func update() throws {
    let begin = clock.now
    let batches = try (0..<settings.accumulationSteps).map { _ in try source.nextBatch() }
    let labels = batches.reduce(0) { $0 + $1.labelCount }
    let step = state.step + 1
    let isLogged = step % settings.loggingSteps == 0 || step == 1 || step == totalSteps
    var report = LossReport()
    for (index, batch) in batches.enumerated() {
      model.setDropoutSeed(dropoutSeed(step: step, batch: index))
      defer { model.setDropoutSeed(nil) }
      let part = try objective.evaluate(
        batch, model: model, normalizer: Double(max(1, labels)), differentiates: true, isDetailed: isLogged)
      guard part.loss.isFinite else {
        throw TrainingError.notFinite(
          quantity: "loss", name: blame() ?? "the batch", step: step, value: "\(part.loss)")
      }
      report.merge(part)
      count(batch)
    }
    let clipping = GradientClipping(
      trainedParameters, maxNorm: settings.maxGradientNorm > 0 ? settings.maxGradientNorm : .infinity)
    guard clipping.norm.isFinite else {
      throw TrainingError.notFinite(
        quantity: "gradient", name: firstNonFiniteGradient(trainedParameters) ?? "all parameters", step: step,
        value: "\(clipping.norm)")
    }
    let rate = learningRate
    optimizer.step(learningRate: Float(rate), gradientScale: clipping.scale)
    optimizer.clearGradients()
    objective.finishUpdate(step: step, model: model)
    state.step = step
    state.data = source.position
    interval.add(
      report, seconds: (clock.now - begin).seconds, gradientNorm: clipping.norm, learningRate: rate, batches)
    if isLogged { logProgress() }
  }

  /// Depends on the place in the run alone, so that a resumed run drops the same inputs.
  private func dropoutSeed(step: Int, batch: Int) -> UInt64 {
    var random = SeededRandom(seed: settings.seed, index: step).forked("dropout \(batch)")
    return random.next()
  }

  // MARK: Progress

  private var elapsedSeconds: Double { secondsBefore + (clock.now - started).seconds }

  private var isOutOfTime: Bool { settings.maxSeconds.map { elapsedSeconds >= $0 } ?? false }

  private var isComplete: Bool {
    if let totalSteps { return state.step >= totalSteps }
    return isOutOfTime
  }

  /// The share of the run that is behind.
  private var fractionDone: Double {
    let bySteps = totalSteps.map { Double(state.step) / Double(max(1, $0)) } ?? 0
    let byTime = settings.maxSeconds.map { elapsedSeconds / $0 } ?? 0
    return min(1, max(bySteps, byTime))
  }

  /// The rate of the coming update.
  private var learningRate: Double {
    let step = totalSteps == nil ? Int(fractionDone * Double(Notches.count)) : state.step
    return settings.learningRate * schedule.factor(step: step)
  }

  private func count(_ batch: Objective.Batch) {
    state.tokens += batch.tokenCount
    let meanLength = batch.tokenCount == 0 ? 0 : batch.squaredLengths / batch.tokenCount
    let operations =
      Double(batch.tokenCount) * model.trainingFLOPsPerToken(sequenceLength: meanLength)
    state.operations += operations
    interval.operations += operations
    guard !frozenModels.isEmpty else { return }
    let frozen = frozenModels.reduce(0) { $0 + $1.forwardFLOPsPerToken(sequenceLength: meanLength) }
    state.frozenOperations = (state.frozenOperations ?? 0) + Double(batch.tokenCount) * frozen
  }

  private func logProgress() {
    var metrics = interval.metrics
    metrics["num_tokens"] = Double(state.tokens)
    if source.position.count > 0 { metrics["epoch"] = source.position.epochs }
    metrics["train/operations"] = state.operations
    if let peak = peakOperationsPerSecond, peak > 0, interval.seconds > 0 {
      metrics["train/model_flops_utilization"] = interval.operations / interval.seconds / peak
    }
    remember(metrics)
    interval = Interval()
    observer?.observe(
      .progressed(
        StepReport(
          step: state.step, totalSteps: totalSteps, metrics: metrics, elapsedSeconds: elapsedSeconds,
          fractionDone: fractionDone)))
  }

  private func remember(_ metrics: [String: Double]) {
    for (name, value) in metrics where value.isFinite { state.metrics[name] = value }
  }

  private func evaluate() throws {
    guard let evaluation else { return }
    let report = try evaluation(state.step)
    // A recipe may hold nothing out.
    if !report.metrics.isEmpty { self.report(report) }
  }

  private func report(_ evaluation: EvaluationReport) {
    remember(evaluation.metrics)
    observer?.observe(.evaluated(evaluation))
  }

  /// Evaluates on the data that choose, and keeps a model that does better than all before.
  private func examine(_ choice: ModelChoice) throws {
    let validation = try choice.examine(state.step)
    report(validation)
    guard let value = validation.metrics[choice.metric] else {
      throw TrainingError.badRecord(
        place: "the validation side", expected: "records that \(choice.metric) can be measured on",
        found: "none")
    }
    guard choice.isBetter(value, than: state.best) else { return }
    state.best = BestEvaluation(step: state.step, value: value)
    try choice.keep(checkpoint())
    // A run that is killed goes on from here, so that what it has kept and what it knows of agree.
    try saveCheckpoint()
  }

  private func takeBest(_ choice: ModelChoice) throws {
    guard let best = state.best else {
      observer?.observe(.warning("\(choice.metric) was never a number: the last model is taken"))
      return
    }
    remember(["validation/best_step": Double(best.step)])
    if best.step != state.step { try setParameters(choice.parameters(best.step), step: best.step) }
    observer?.observe(.note("the model of step \(best.step) is taken: \(choice.metric) \(best.value)"))
  }

  /// The first parameter that is not finite any more.
  private func blame() -> String? {
    (model.parameters + trainedParameters).first { !Kernels.allFinite($0.value.buffer) }?.name
  }

  // MARK: Checkpoints

  private func saveCheckpoint() throws {
    // With a choice to make, a step may be saved for that already.
    guard let save, savedStep != state.step else { return }
    let path = try save(checkpoint())
    if choice != nil { savedStep = state.step }
    observer?.observe(.saved(step: state.step, path: path))
  }

  /// The whole state, copied.
  public func checkpoint() -> Checkpoint {
    var state = state
    state.elapsedSeconds = elapsedSeconds
    state.totalSteps = totalSteps
    let moments = optimizer.state
    state.optimizerStep = moments.step
    return Checkpoint(
      state: state,
      parameters: model.trainedParameters.map {
        Checkpoint.Array(name: $0.name, shape: $0.shape, values: $0.value.values)
      },
      optimizer: moments.buffers.sorted { $0.key < $1.key }.map {
        Checkpoint.Array(name: $0.key, shape: [$0.value.count], values: $0.value.array())
      }, objective: objective.keptArrays)
  }

  /// Continues where `checkpoint` was taken.
  public func restore(_ checkpoint: Checkpoint) throws {
    try setParameters(checkpoint.parameters, step: checkpoint.state.step)
    let moments = Dictionary(checkpoint.optimizer.map { ($0.name, Buffer($0.values)) }) { first, _ in first }
    try optimizer.restore(OptimizerState(step: checkpoint.state.optimizerStep, buffers: moments))
    try source.restore(checkpoint.state.data)
    try objective.restore(checkpoint.objective)
    state = checkpoint.state
  }

  private func setParameters(_ arrays: [Checkpoint.Array], step: Int) throws {
    let arrays = Dictionary(arrays.map { ($0.name, $0) }) { first, _ in first }
    for parameter in model.trainedParameters {
      guard let array = arrays[parameter.name], array.shape == parameter.shape else {
        throw TrainingError.badCheckpoint(
          path: "checkpoint of step \(step)", expected: "\(parameter.name) \(parameter.shape)",
          found: arrays[parameter.name].map { "\($0.shape)" } ?? "none")
      }
      parameter.value = Tensor(array.shape, array.values)
      parameter.gradient = nil
    }
  }
}

/// How finely a run that only the clock ends divides its time.
enum Notches {
  static let count = 10_000
}

/// Means since the last report.
private struct Interval {
  var operations = 0.0
  private(set) var seconds = 0.0
  private var report = LossReport()
  private var tokens = 0
  private var updates = 0
  private var gradientNorms = 0.0
  private var learningRate = 0.0

  mutating func add(
    _ report: LossReport, seconds: Double, gradientNorm: Double, learningRate: Double,
    _ batches: [some CountedBatch]
  ) {
    self.report.merge(report)
    self.seconds += seconds
    self.learningRate = learningRate
    gradientNorms += gradientNorm
    tokens += batches.reduce(0) { $0 + $1.tokenCount }
    updates += 1
  }

  var metrics: [String: Double] {
    var metrics = report.sums.mapValues(\.value).merging(report.maxima) { mean, _ in mean }
    metrics["grad_norm"] = gradientNorms / Double(max(1, updates))
    metrics["learning_rate"] = learningRate
    metrics["step_time"] = seconds / Double(max(1, updates))
    metrics["train/tokens_per_second"] = seconds > 0 ? Double(tokens) / seconds : 0
    return metrics
  }
}

extension Duration {
  /// The duration in seconds.
  package var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
