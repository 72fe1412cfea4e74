import Files
import Foundation
import Kernels
import LanguageModels
import Objectives
import Text
import Weights

/// One execution of a recipe: loads, trains, evaluates, writes the model and judges the gates.
public struct TrainingRun {
  public let reading: Recipe.Reading
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
    return !CheckpointDirectory(checkpoints, kept: 1).steps().isEmpty
  }

  /// Trains to the end, an interruption or the end of its time. The outcome's exit code tells which, and whether a gate was
  /// missed.
  public func start(observer: (any TrainingObserver)? = nil) throws -> RunOutcome {
    let resolve = PathResolver(recipeFile: reading.file)
    let parts = try RunParts(recipe, resolve: { resolve($0) })
    // Only now, when the recipe's files have been read, is anything written.
    let directory = try RunDirectory(outputPath, overwrites: options.overwrites, resumes: options.resumes)
    let checkpoints = CheckpointDirectory(directory.checkpoints, kept: recipe.training.keptCheckpoints)
    let log = RunLog(directory.url, next: observer)
    let observer: any TrainingObserver = log
    let trainer = Trainer(
      model: parts.model, source: parts.source, objective: parts.objective, settings: recipe.training,
      totalSteps: parts.totalSteps, observer: observer)
    if options.resumes { try resume(trainer, checkpoints) }
    trainer.peakOperationsPerSecond = MatrixPeak.measure(recipe.training.precision.resolved)
    trainer.evaluationSteps = recipe.evaluation.everySteps
    trainer.evaluation = parts.evaluator
    let identity = recipe.identity
    let yaml = recipe.yaml
    trainer.save = { checkpoint in
      var checkpoint = checkpoint
      checkpoint.state.recipeIdentity = identity
      checkpoint.state.recipe = yaml
      return try checkpoints.save(checkpoint) { try parts.writeCompanions(to: $0, weightsOf: .float32) }.path
    }
    try log.open(keepingSteps: trainer.state.step)
    for warning in parts.warnings { observer.observe(.warning(warning)) }
    try AtomicFile.write(yaml, to: directory.url.appendingPathComponent("recipe.yaml"))
    observer.observe(
      .started(
        RunStart(
          method: recipe.method, parameterCount: parts.model.parameterCount, totalSteps: parts.totalSteps,
          resumedStep: trainer.state.step, precision: recipe.training.precision.resolved,
          threads: Threads.count,
          exampleCount: parts.source.examples.count)))
    var outcome = try trainer.run()
    if parts.source.dropped > 0 {
      observer.observe(
        .warning("\(parts.source.dropped) examples are longer than max_length and were left out"))
    }
    if outcome.ending != .interrupted {
      try parts.writeModel(to: directory.url, as: recipe.training.saveType)
      outcome.verdicts = Gate.verdicts(recipe.gates, on: outcome.metrics)
    }
    observer.observe(.finished(outcome))
    return outcome
  }

  private func resume(
    _ trainer: Trainer<PackedBatchSource, LanguageModelObjective>, _ checkpoints: CheckpointDirectory
  ) throws {
    guard let checkpoint = try checkpoints.latest() else {
      throw TrainingError.nothingToResume(path: checkpoints.directory.path)
    }
    // The stored recipe is read again: a newer program may know more keys, all at their defaults.
    let stored = try Recipe.parse(checkpoint.state.recipe, file: "recipe of the checkpoint").recipe
    guard stored.identity == recipe.identity else {
      throw TrainingError.otherRecipe(path: checkpoints.url(step: checkpoint.state.step).path)
    }
    try trainer.restore(checkpoint)
  }
}

/// What a recipe names, loaded.
struct RunParts {
  let model: Transformer
  let tokenizerDirectory: URL
  let tokenizer: Tokenizer
  let source: PackedBatchSource
  let objective: LanguageModelObjective
  let totalSteps: Int?
  let evaluator: (_ step: Int) throws -> EvaluationReport
  /// What a person should know of the data.
  let warnings: [String]

  init(_ recipe: Recipe, resolve: @escaping (String) -> String) throws {
    let training = recipe.training
    let loader = ModelLoader(recipe: recipe, resolve: resolve)
    (tokenizer, tokenizerDirectory) = try loader.tokenizer()
    let model = try loader.model(tokenizer: tokenizer)
    self.model = model
    let encoder = ExampleEncoder(
      tokenizer: tokenizer, template: ModelLoader.template(of: tokenizer, in: tokenizerDirectory),
      learnsCompletionOnly: training.learnsCompletionOnly)
    let data = try TrainingData(recipe, encoder: encoder, resolve: resolve)
    let maxLength = min(training.maxLength, model.configuration.maximumPositions)
    let source = PackedBatchSource(
      data.training, batchSize: training.batchSize, maxLength: maxLength, packs: training.packs,
      seed: training.seed)
    self.source = source
    let objective = LanguageModelObjective(
      Objective(try recipe.lossTerms(), labelSmoothing: Float(training.labelSmoothing)),
      teacher: try loader.teacher(student: model))
    try objective.objective.validate()
    self.objective = objective
    totalSteps = try RunParts.totalSteps(training, source)
    let evaluator = RunEvaluator(
      model: model, data: data, encoder: encoder, settings: recipe.evaluation, training: training,
      maxLength: maxLength)
    self.evaluator = { try evaluator.evaluate(step: $0) }
    warnings = data.warnings
  }

  /// The earlier of `max_steps` and `num_train_epochs`.
  private static func totalSteps(_ training: TrainingSettings, _ source: PackedBatchSource) throws -> Int? {
    guard let epochs = training.epochs else { return training.maxSteps }
    let batches = Double(try source.batchesPerEpoch()) * epochs
    let steps = max(1, Int((batches / Double(training.accumulationSteps)).rounded()))
    return min(steps, training.maxSteps ?? .max)
  }

  /// The model's own files, so that a checkpoint is a model directory too.
  func writeCompanions(to directory: URL, weightsOf type: TensorType) throws {
    try model.configuration.write(to: directory, weightsOf: type)
    let files = FileManager.default
    for name in ModelDirectory.companionFiles + ["generation_config.json"] {
      let from = tokenizerDirectory.appendingPathComponent(name)
      guard files.fileExists(atPath: from.path) else { continue }
      try AtomicFile.write(readFile(from), to: directory.appendingPathComponent(name))
    }
  }

  func writeModel(to directory: URL, as stored: StoredPrecision) throws {
    let type: TensorType =
      switch stored {
      case .fp32: .float32
      case .bf16: .bfloat16
      case .fp16: .float16
      }
    try writeCompanions(to: directory, weightsOf: type)
    try SafetensorsWriter.write(
      model.parameters.map { parameter in
        StoredTensor(parameter.name, shape: parameter.shape, type: type, floats: parameter.value.values)
      }, metadata: ["format": "pt"], to: directory.appendingPathComponent("model.safetensors"))
  }
}

extension Recipe {
  /// The loss that the recipe asks for, or its method's own.
  func lossTerms() throws -> [LossTerm] {
    switch method {
    case .pretrain, .sft:
      let terms = objective.lossFunctions
      return terms.isEmpty ? [LossTerm(.crossEntropy)] : terms
    case .logitDistillation:
      let terms = objective.lossFunctions
      return terms.isEmpty
        ? [LossTerm(.forwardKL, weight: 0.5, temperature: 1), LossTerm(.crossEntropy, weight: 0.5)] : terms
    case .onPolicyDistillation, .grpo:
      throw TrainingError.notAvailable(
        what: "method \(method.rawValue)", instead: "pretrain, sft or logit_distillation")
    }
  }
}
