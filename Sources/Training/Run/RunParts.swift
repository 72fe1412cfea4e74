import Corpus
import LanguageModels
import Objectives

/// A run's batches and loss: what one method has that another has not.
struct RunParts<Source: BatchSource, Objective: TrainingObjective> where Source.Batch == Objective.Batch {
  let foundation: RunFoundation
  let source: Source
  let objective: Objective
  /// Counts the micro-batches of one pass over the data.
  let batchesPerPass: () throws -> Int
  let totalSteps: Int?
  /// Teachers or a reference, which read every batch beside the trained model.
  var frozen: [any TeacherModel] = []
  /// Looks before the first update whether there is anything to learn, and says what it found.
  var check: ((_ watch: AnsweringWatch) throws -> String)?
  /// Measures what the method has of its own on held-out examples.
  var examine: (() throws -> [String: Double])?
  /// Names a receiver of the answers that each update learns from.
  var observeRollouts: ((@escaping ([Rollout]) -> Void) -> Void)?
}

/// What can be done with the parts of any method.
protocol PartsWork {
  associatedtype Result
  func callAsFunction<Source, Objective>(_ parts: RunParts<Source, Objective>) throws -> Result
}

extension RunFoundation {
  /// Puts together what the recipe's method needs and has the work done with it.
  func withParts<Work: PartsWork>(_ work: Work) throws -> Work.Result {
    switch recipe.method {
    case .pretrain, .sft, .logitDistillation: try work(RunParts(languageModel: self))
    case .onPolicyDistillation:
      switch recipe.objective.onPolicy.variant {
      case .divergence: try work(RunParts(onPolicy: self))
      case .miniLLM: try work(RunParts(miniLLM: self))
      }
    case .grpo: try work(RunParts(policy: self))
    case .preference: try work(RunParts(preference: self))
    }
  }
}

extension RunParts where Source == PackedBatchSource, Objective == LanguageModelObjective {
  /// For pretrain, sft and logit_distillation.
  init(languageModel foundation: RunFoundation) throws {
    self.foundation = foundation
    let source = foundation.packedSource
    self.source = source
    objective = try LanguageModelObjective(foundation)
    batchesPerPass = { try source.batchesPerEpoch() }
    totalSteps = try foundation.recipe.training.totalSteps(batchesPerPass)
    frozen = objective.teachers?.members.map(\.model) ?? []
  }
}

extension RunParts where Source == OnPolicySource, Objective == LanguageModelObjective {
  init(onPolicy foundation: RunFoundation) throws {
    try self.init(answersOf: foundation, objective: LanguageModelObjective(foundation))
    frozen = objective.teachers?.members.map(\.model) ?? []
  }
}

extension RunParts where Source == OnPolicySource, Objective == MiniLLMObjective {
  init(miniLLM foundation: RunFoundation) throws {
    let settings = foundation.recipe.objective.onPolicy
    guard let teacher = try foundation.teachers()?.single else {
      throw TrainingError.notAvailable(
        what: "minillm without one teacher", instead: "`teacher:` in the recipe")
    }
    try self.init(
      answersOf: foundation,
      objective: MiniLLMObjective(settings.advantages, decomposes: settings.decomposes, teacher: teacher))
    frozen = [teacher]
  }
}

extension RunParts where Source == OnPolicySource {
  fileprivate init(answersOf foundation: RunFoundation, objective: Objective) throws {
    self.foundation = foundation
    try foundation.requirePrompts()
    let batchSize = foundation.recipe.training.batchSize
    source = OnPolicySource(
      sampler: foundation.sampler(), dataset: foundation.packedSource, batchSize: batchSize)
    self.objective = objective
    observeRollouts = { [source] in source.onRollouts = $0 }
    batchesPerPass = { (foundation.data.prompts.count + batchSize - 1) / batchSize }
    totalSteps = try foundation.recipe.training.totalSteps(batchesPerPass)
  }
}

extension RunParts where Source == RolloutSource, Objective == PolicyObjective {
  init(policy foundation: RunFoundation) throws {
    self.foundation = foundation
    try foundation.requirePrompts()
    let recipe = foundation.recipe, training = recipe.training, policy = recipe.objective.policy
    let rewards = recipe.rewards.isEmpty ? [RewardTerm()] : recipe.rewards
    let source = RolloutSource(
      sampler: foundation.sampler(), rewards: rewards, policy: policy, batchSize: training.batchSize,
      accumulationSteps: training.accumulationSteps)
    self.source = source
    var reference: (any TeacherModel)?
    if policy.klCoefficient ?? 0 > 0 {
      let loader = foundation.loader
      reference = try policy.refresh == nil ? loader.reference() : loader.movingReference()
    }
    frozen = reference.map { [$0] } ?? []
    objective = PolicyObjective(
      policy.makeLoss(
        accumulationSteps: training.accumulationSteps, maximumNewTokens: recipe.rollouts.maximumNewTokens),
      reference: reference,
      temperature: Float(recipe.rollouts.temperature), importanceCap: policy.importanceCap)
    let prompts = training.batchSize / recipe.rollouts.groupSize
    batchesPerPass = { (foundation.data.prompts.count + prompts - 1) / prompts * policy.iterations }
    totalSteps = try training.totalSteps(batchesPerPass)
    objective.refresh = policy.refresh
    objective.onFirstPass = { [weak source] in source?.keep($0, of: $1) }
    check = { try ReachabilityCheck(foundation, rewards: rewards).summary($0) }
    observeRollouts = { source.onRollouts = $0 }
  }
}

extension RunParts where Source == PreferenceSource, Objective == PreferenceObjective {
  init(preference foundation: RunFoundation) throws {
    self.foundation = foundation
    let training = foundation.recipe.training
    func source(_ records: [Record]) -> PreferenceSource {
      PreferenceSource(
        records, encoder: foundation.encoder, batchSize: training.batchSize,
        maxLength: foundation.maxLength, seed: training.seed,
        name: foundation.recipe.dataset.paths.joined(separator: ", "))
    }
    let pairs = foundation.data.preferences
    self.source = source(pairs.training)
    let reference = try foundation.loader.reference()
    let objective = PreferenceObjective(foundation.recipe.objective.preferenceLoss, reference: reference)
    self.objective = objective
    frozen = [reference]
    batchesPerPass = { (pairs.training.count + training.batchSize - 1) / training.batchSize }
    totalSteps = try training.totalSteps(batchesPerPass)
    examine = {
      var report = LossReport()
      for batch in try source(pairs.held).wholePass() {
        report.merge(
          try objective.evaluate(
            batch, model: foundation.model, normalizer: 1, differentiates: false, isDetailed: true))
      }
      return Dictionary(uniqueKeysWithValues: report.sums.map { ("eval/" + $0.key, $0.value.value) })
    }
  }
}

extension LanguageModelObjective {
  fileprivate convenience init(_ foundation: RunFoundation) throws {
    let recipe = foundation.recipe
    let objective = Objectives.Objective(
      try recipe.lossTerms(), labelSmoothing: Float(recipe.training.labelSmoothing))
    let teacherTokens = recipe.objective.teacherTokens
    let first = objective.terms.first(where: \.function.comparesDistributions)?.temperature
    try objective.validate(
      topKTemperature: foundation.signals?.header.temperature ?? teacherTokens.flatMap { _ in first })
    let vocabulary = foundation.model.configuration.vocabularySize
    guard teacherTokens.map({ first != nil && $0 < vocabulary }) ?? true else {
      throw RecipeError(
        place: "objective.loss_top_k",
        expected: "below the vocabulary's \(vocabulary), beside a divergence from the teacher",
        found: "\(teacherTokens ?? 0)", nextStep: "leave it out to compare whole distributions")
    }
    let teachers = try foundation.teachers()
    let teacher = teachers?.single
    let layerTerms = objective.terms.filter(\.function.comparesLayers)
    let layers = try teacher.flatMap { teacher in
      layerTerms.isEmpty
        ? nil
        : try LayerComparison(
          layerTerms, student: foundation.model.configuration, teacher: teacher.configuration,
          seed: recipe.training.seed)
    }
    let textTerms = objective.terms.filter(\.function.comparesTexts)
    let foreign = teacher.flatMap { teacher in
      foundation.foreignEncoder.map { encoder in
        ForeignComparison(
          textTerms, teacher: teacher, student: foundation.model.configuration,
          common: foundation.encoder.commonTokens(with: encoder))
      }
    }
    if teacher == nil, let term = (layerTerms + textTerms).first {
      throw TrainingError.notAvailable(
        what: "\(term.function.rawValue) without a teacher that runs",
        instead: "`teacher:` in the recipe, a model directory")
    }
    self.init(objective, teachers: teachers, layers: layers, foreign: foreign, teacherTokens: teacherTokens)
  }
}

extension RunFoundation {
  fileprivate func requirePrompts() throws {
    guard data.prompts.count == 0 else { return }
    throw TrainingError.noExamples(
      source: "dataset of method \(recipe.method.rawValue) (task, or records with answers)", dropped: 0,
      maxLength: maxLength)
  }
}

extension TrainingSettings {
  /// The earlier of `max_steps` and `num_train_epochs`.
  func totalSteps(_ batchesPerPass: () throws -> Int) throws -> Int? {
    guard let epochs else { return maxSteps }
    return min(try updates(passes: epochs, batchesPerPass), maxSteps ?? .max)
  }

  /// Updates of so many passes over the data.
  func updates(passes: Double, _ batchesPerPass: () throws -> Int) throws -> Int {
    let batches = Double(try batchesPerPass()) * passes
    return max(1, Int((batches / Double(accumulationSteps)).rounded()))
  }
}
