import Corpus
import Files
import Foundation
import Kernels
import LanguageModels
import Objectives
import Text
import Weights

/// What every run needs, loaded as its recipe says: the model, its tokenizer and the data.
struct RunFoundation {
  let recipe: Recipe
  let loader: ModelLoader
  let model: Transformer
  /// Where the tokenizer comes from, whole.
  let tokenizerSource: StoredModel
  /// What the comparison of the teachers' tokens with the student's found; nil where none is compared token by token.
  let pair: String?
  /// What became of the model that the recipe makes a student of; nil where it makes none.
  let student: StudentAccount?
  let encoder: ExampleEncoder
  let data: TrainingData
  /// What chooses among the run's models; nil when the last one is taken.
  let choosingData: TrainingData?
  /// The teacher's stored distributions over the examples; nil where it runs itself, or there is none.
  let signals: SignalDirectory?
  /// How a teacher with its own tokenizer writes the examples; nil where none is asked.
  let foreignEncoder: ExampleEncoder?
  /// How its tokens and the student's fit, over the first examples.
  let alignment: AlignmentCount?
  /// Longest document, in tokens.
  let maxLength: Int

  init(_ recipe: Recipe, resolve: @escaping (String) -> String) throws {
    self.recipe = recipe
    loader = try ModelLoader(recipe: recipe, resolve: resolve)
    tokenizerSource = try loader.tokenizerSource()
    pair = try loader.checkedPair(student: tokenizerSource)
    let tokenizer = try tokenizerSource.tokenizer()
    let given = try loader.model(tokenizer: tokenizer)
    let wholeEncoder = try recipe.encoder(tokenizer)
    let wholeData = try TrainingData(recipe, encoder: wholeEncoder, resolve: resolve)
    var data = wholeData
    if recipe.model.isMade {
      let maker = StudentMaker(recipe)
      let vocabulary = try maker.vocabulary(
        of: tokenizer, given.configuration, examples: wholeData.training)
      let made = try maker.student(of: given, vocabulary, examples: wholeData.training)
      model = made.student
      student = made.account
      encoder = try vocabulary.map { try recipe.encoder($0.tokenizer) } ?? wholeEncoder
      if let vocabulary {
        data = try TrainingData(recipe, encoder: encoder, resolve: resolve)
        try maker.check(vocabulary, whole: wholeData.training, trimmed: data.training)
      }
    } else {
      model = given
      student = nil
      encoder = wholeEncoder
    }
    var choosingData =
      recipe.evaluation.takesBest
      ? try TrainingData(recipe, encoder: encoder, heldOutTo: .choose, resolve: resolve) : nil
    if recipe.model.vocabulary != nil {
      for data in [data, choosingData].compactMap(\.self) { try data.requireReadable(by: encoder) }
    }
    maxLength = min(recipe.training.maxLength, model.configuration.maximumPositions)
    let unmeasured = [
      try data.measureNoLoss(longerThan: maxLength), try choosingData?.measureNoLoss(longerThan: maxLength),
    ]
    data.warnings += Set(unmeasured.compactMap(\.self)).sorted()
    try choosingData?.requireAnything(for: recipe.evaluation.choiceMetric)
    self.choosingData = choosingData
    if let lora = recipe.lora {
      var random = SeededRandom(seed: recipe.training.seed)
      try model.attachAdapter(lora.settings, using: &random)
    }
    signals = try loader.signals(encoder, student: model)
    if let signals {
      data.training = SignalledExamples(examples: data.training, signals: signals, maxLength: maxLength)
    }
    let foreign = try loader.foreignEncoder()
    foreignEncoder = foreign?.encoder
    if let foreign {
      let examples = ForeignExamples(
        examples: data.training,
        taught: try TrainingData(recipe, encoder: foreign.encoder, resolve: resolve).training,
        encoder: encoder,
        taughtEncoder: foreign.encoder, taughtLength: foreign.contextLength)
      alignment = try examples.alignment(over: 200)
      data.training = examples
    } else {
      alignment = nil
    }
    self.data = data
  }

  /// The dataset's examples in batches.
  var packedSource: PackedBatchSource {
    PackedBatchSource(
      data.training, batchSize: recipe.training.batchSize, maxLength: maxLength, packs: recipe.training.packs,
      seed: recipe.training.seed, curriculum: recipe.dataset.curriculum.map(Curriculum.init))
  }

  /// The dataset's questions, answered by the model as it is.
  func sampler(seed: UInt64? = nil) -> PolicySampler {
    PolicySampler(
      prompts: data.prompts, model: model, encoder: encoder, settings: recipe.rollouts, maxLength: maxLength,
      seed: seed ?? recipe.training.seed)
  }

  /// Judges the model.
  var evaluator: RunEvaluator { evaluator(on: data) }

  private func evaluator(on data: TrainingData) -> RunEvaluator {
    RunEvaluator(
      model: model, data: data, encoder: encoder, settings: recipe.evaluation, training: recipe.training,
      maxLength: maxLength)
  }

  /// How the run chooses its model; nil when the last one is taken.
  ///
  /// - Parameters:
  ///   - directory: of the run; the best model so far is kept in it.
  ///   - watch: hears how far the answers are.
  func choice(in directory: URL, _ watch: AnsweringWatch) -> ModelChoice? {
    guard let choosingData else { return nil }
    let evaluator = evaluator(on: choosingData)
    // Two: a run that is killed before its next checkpoint goes on from one that knows of the older.
    let best = CheckpointDirectory(
      directory.appendingPathComponent("checkpoints/best"), kept: 2, weights: checkpointWeights)
    finishReplacements(in: best.directory)
    let metric = recipe.evaluation.choiceMetric
    return ModelChoice(
      metric: "validation/" + metric.rawValue, lowerIsBetter: metric.lowerIsBetter,
      examine: { step in
        // Its answers judge nothing: the metrics alone are told.
        let report = try evaluator.evaluate(step: step, watch)
        return EvaluationReport(
          step: step,
          metrics: Dictionary(
            uniqueKeysWithValues: report.metrics.map {
              ($0.key.replacing(/^eval\//, with: "validation/"), $0.value)
            }))
      },
      keep: { checkpoint in
        var model = checkpoint
        (model.optimizer, model.objective) = ([], [])
        try best.save(model) { try writeCompanions(to: $0, weightsOf: .float32) }
      },
      parameters: { try best.read(step: $0).parameters })
  }

  /// The model's own files, so that a checkpoint is a model directory too.
  func writeCompanions(to directory: URL, weightsOf type: TensorType) throws {
    if recipe.lora == nil {
      try model.configuration.write(to: directory, weightsOf: type)
      try model.configuration.writeGenerationTokens(to: directory)
    } else {
      try AdapterDirectory.writeConfiguration(of: model, baseModel: baseName, to: directory)
    }
    try writeTokenizer(to: directory)
  }

  /// The files of the model's tokenizer as they are; those of a trimmed one anew.
  private func writeTokenizer(to directory: URL) throws {
    guard recipe.model.vocabulary != nil else { return try tokenizerSource.writeTokenizer(to: directory) }
    try encoder.tokenizer.save(to: directory)
  }

  /// What the recipe calls the model: a pulled name as it is, a path from where the program runs.
  private var baseName: String { recipe.model.directory ?? "" }

  /// Writes the trained model, or the adapter alone where that was trained.
  func writeModel(to directory: URL, as stored: StoredPrecision) throws {
    guard recipe.lora == nil else {
      try writeTokenizer(to: directory)
      return try AdapterDirectory.write(model, baseModel: baseName, to: directory)
    }
    let type = stored.tensorType
    try writeCompanions(to: directory, weightsOf: type)
    try SafetensorsWriter.write(
      model.parameters.map { parameter in
        StoredTensor(parameter.name, shape: parameter.shape, type: type, floats: parameter.value.values)
      }, metadata: ["format": "pt"], to: directory.appendingPathComponent("model.safetensors"))
  }

  /// Which part of the model is trained; nil when all of it is.
  var adapterNote: String? {
    guard let settings = model.adapter?.settings else { return nil }
    let trained = model.trainedParameters.reduce(0) { $0 + $1.count }
    return "LoRA of rank \(settings.rank) on \(settings.targetModules.joined(separator: ", ")): "
      + "\(trained) numbers are trained, \(model.parameterCount) stand still"
  }

  /// The teachers; see `ModelLoader.teachers`.
  func teachers() throws -> TeacherPanel? {
    try loader.teachers(student: model, tokenizer: encoder.tokenizer)
  }

  /// What the teacher's files hold; nil where there are none.
  var signalNote: String? {
    guard let signals else { return nil }
    let header = signals.header
    return
      "teacher's signals: \(header.k) of \(header.vocabulary) tokens at temperature \(header.temperature), "
      + "\(Int(signals.bytesPerToken.rounded())) bytes for each of \(signals.tokens) tokens"
  }

  /// How a teacher's tokenizer fits; nil where it shares the student's.
  var alignmentNote: String? {
    guard let alignment else { return nil }
    let share = 100 * alignment.oneToOneShare
    return
      "teacher's own tokenizer: \(alignment.studentTokens) learnt tokens of the first examples stand against "
      + "\(alignment.teacherTokens) in \(alignment.groups) groups, \(Int(share.rounded())) % of them one to one"
  }

  /// A checkpoint of an adapter is an adapter's directory.
  var checkpointWeights: CheckpointDirectory.Weights {
    recipe.lora == nil
      ? CheckpointDirectory.modelWeights
      : .init(file: AdapterDirectory.weightsFile, metadata: AdapterDirectory.metadata(of: model))
  }
}

extension Recipe {
  fileprivate func encoder(_ tokenizer: Tokenizer) throws -> ExampleEncoder {
    try ExampleEncoder(
      tokenizer: tokenizer, template: ModelTemplate(of: tokenizer),
      learnsCompletionOnly: training.learnsCompletionOnly)
  }
}
