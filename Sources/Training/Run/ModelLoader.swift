import Files
import Foundation
import Kernels
import LanguageModels
import Text

/// Loads or makes the models and the tokenizer that a recipe names.
package struct ModelLoader {
  let recipe: Recipe
  private let resolve: (String) -> String
  /// What `model:` names, with or without weights; nil when the recipe itself holds the configuration.
  private let source: StoredModel?

  /// - Parameter resolve: turns a path of the recipe into one that can be opened.
  /// - Throws: `LanguageModelError.noModel`, `ModelCatalogError.notPulled`, and what opening finds wrong.
  init(recipe: Recipe, resolve: @escaping (String) -> String) throws {
    self.recipe = recipe
    self.resolve = resolve
    source = try recipe.model.directory.map { try ModelLoader.open(resolve($0)) }
  }

  /// A directory, a GGUF file, or the name of a pulled model; the directory of an adapter stands for the model that it
  /// names, corrected by it.
  package static func open(_ path: String) throws -> StoredModel {
    let place = try ModelCatalog.standard.place(of: path)
    guard AdapterDirectory.exists(in: place) else { return try StoredModel(opening: place) }
    let adapter = try AdapterDirectory(reading: place)
    let file = place.appendingPathComponent(AdapterDirectory.configurationFile).path
    guard let base = adapter.baseModel else {
      throw LanguageModelError.missingKey(file: file, key: "base_model_name_or_path")
    }
    let basePlace = try ModelCatalog.standard.place(of: PathResolver(recipeFile: file)(base))
    guard !AdapterDirectory.exists(in: basePlace) else {
      throw LanguageModelError.invalidValue(
        file: file, expected: "base_model_name_or_path of a model", found: "an adapter, \(base)",
        nextStep: "export the first adapter's model and train on that")
    }
    return try StoredModel(opening: basePlace).corrected(by: adapter)
  }

  /// Where the tokenizer lies: where the recipe says, else beside the model's weights.
  func tokenizerSource() throws -> StoredModel {
    var tokenizer = source
    if let named = recipe.tokenizer {
      let path = resolve(named)
      // A tokenizer.json stands for its directory.
      let isFile = path.hasSuffix(".json")
      tokenizer = try ModelLoader.open(
        isFile ? URL(fileURLWithPath: path).deletingLastPathComponent().path : path)
    }
    guard let tokenizer else {
      throw TrainingError.noSuchFile(path: "tokenizer", role: "a tokenizer directory in the recipe")
    }
    guard tokenizer.hasTokenizer else {
      throw TrainingError.noSuchFile(
        path: tokenizer.place.appendingPathComponent("tokenizer.json").path, role: "the model's tokenizer")
    }
    return tokenizer
  }

  /// Compares the tokenizer and template of every teacher that is followed token by token with the student's, before any work.
  ///
  /// - Returns: what was found; nil where there is no such teacher.
  /// - Throws: the first difference.
  func checkedPair(student: StoredModel) throws -> String? {
    let functions = try recipe.lossTerms().map(\.function)
    guard let members = recipe.teacher?.members, !members.isEmpty,
      !functions.contains(where: \.comparesTexts) || functions.contains(where: \.sharesTokens)
    else { return nil }
    let findings = try members.map { member in
      let found = try TeacherPair(
        student: student, teacher: ModelLoader.open(resolve(member.directory))
      ).check()
      return members.count == 1 ? found : "\(member.directory): \(found)"
    }
    return findings.joined(separator: "; ")
  }

  /// The model to be trained, or the one of which a student is to be made: with its weights where there are some, else
  /// with random ones.
  func model(tokenizer: Tokenizer) throws -> Transformer {
    let configuration = try configuration()
    guard tokenizer.vocabularySize <= configuration.vocabularySize else {
      throw TrainingError.vocabularyMismatch(
        role: "the tokenizer of \(recipe.model.directory ?? "the model")",
        expected: configuration.vocabularySize, found: tokenizer.vocabularySize)
    }
    if let source, recipe.lora != nil, source.isCorrected {
      throw LanguageModelError.invalidValue(
        file: recipe.model.directory ?? source.place.path, expected: "a model for `lora:` to correct",
        found: "an adapter", nextStep: "export it (swiftlet export DIR OUT --type f32) and name that")
    }
    if let source, !recipe.model.startsFresh, source.hasWeights { return try source.transformer() }
    guard recipe.lora == nil, !recipe.model.isMade else {
      throw TrainingError.noSuchFile(
        path: recipe.model.directory ?? "model",
        role: recipe.lora == nil ? "weights to make a student of" : "weights for the adapter to correct")
    }
    try requireMemory(for: configuration)
    var random = SeededRandom(seed: recipe.model.seed ?? recipe.training.seed)
    return try Transformer(configuration, using: &random)
  }

  /// Random weights have no file whose size would have been refused.
  private func requireMemory(for configuration: ModelConfiguration) throws {
    try configuration.validate()
    let memory = ProcessInfo.processInfo.physicalMemory
    guard 4 * Double(configuration.parameterCount) <= Double(memory) else {
      throw LanguageModelError.invalidValue(
        file: recipe.model.directory ?? "model.init.config",
        expected: "a model whose weights fit the machine's \(memory >> 30) GiB",
        found: "\(configuration.parameterCount) parameters", nextStep: "make it smaller")
    }
  }

  private func configuration() throws -> ModelConfiguration {
    if let keys = recipe.model.configuration {
      let body = keys.sorted { $0.key < $1.key }.map { "\(RecipeNode.quoted($0.key)): \($0.value)" }
      let text = "{" + body.joined(separator: ", ") + "}"
      return try ModelConfiguration(
        JSONValue(parsing: text, source: "model.init.config"), file: "model.init.config")
    }
    guard let source else { throw TrainingError.noSuchFile(path: "model", role: "a model directory") }
    return try source.configuration()
  }

  /// The teachers, when a term asks them for more than files hold.
  func teachers(student: Transformer, tokenizer: Tokenizer) throws -> TeacherPanel? {
    let isStored = recipe.teacher?.signals != nil
    guard let members = recipe.teacher?.members, !members.isEmpty,
      try recipe.lossTerms().map(\.function).contains(where: {
        $0.needsTeacher && !(isStored && $0.comparesDistributions)
      })
    else { return nil }
    // Terms that look into its layers, or compare texts, and MiniLLM want the model itself.
    let isPacked =
      try recipe.lossTerms().map(\.function).allSatisfy { !$0.comparesLayers && !$0.comparesTexts }
      && recipe.objective.onPolicy.variant != .miniLLM
    let panel = TeacherPanel(
      try members.map { member in
        let model: any TeacherModel =
          isPacked
          ? try packedTeacher(from: member.directory, student: student, tokenizer: tokenizer)
          : try teacher(from: member.directory, student: student, tokenizer: tokenizer)
        return TeacherPanel.Member(model, weight: member.weight, domains: Set(member.domains))
      })
    // What packed teachers were made of is of no size that training wants again.
    if isPacked { ProcessMemory.releaseIdle() }
    return panel
  }

  /// As `teacher`, for terms that ask for its distributions alone.
  private func packedTeacher(
    from directory: String, student: Transformer, tokenizer: Tokenizer
  ) throws -> FrozenTransformer {
    let format = DecodingFormat(recipe.training.precision.resolved)
    let stored = try ModelLoader.open(resolve(directory))
    let configuration = try stored.configuration()
    guard configuration.vocabularySize == student.configuration.vocabularySize else {
      return FrozenTransformer(
        try teacher(stored, directory, student: student, tokenizer: tokenizer), format: format)
    }
    try requireContext(of: configuration, directory, student: student)
    return try FrozenTransformer(reading: stored, format: format)
  }

  /// A frozen model; where a term compares it token by token, it shares the student's vocabulary, or holds it as a part,
  /// and reads as long texts as the student is trained on.
  ///
  /// Of a part, the teacher is one for those tokens: its distributions are over them alone, renormalized.
  func teacher(from directory: String, student: Transformer, tokenizer: Tokenizer) throws -> Transformer {
    try teacher(
      ModelLoader.open(resolve(directory)), directory, student: student, tokenizer: tokenizer)
  }

  private func teacher(
    _ stored: StoredModel, _ directory: String, student: Transformer, tokenizer: Tokenizer
  ) throws -> Transformer {
    var teacher = try stored.transformer()
    let functions = try recipe.lossTerms().map(\.function)
    if functions.contains(where: \.comparesTexts), !functions.contains(where: \.sharesTokens) {
      teacher.freeze()
      return teacher
    }
    let (taught, own) = (teacher.configuration.vocabularySize, student.configuration.vocabularySize)
    if taught != own {
      guard taught > own, own == tokenizer.vocabularySize, stored.hasTokenizer,
        let part = tokenizer.part(of: try stored.tokenizer())
      else {
        throw TrainingError.vocabularyMismatch(role: "teacher \(directory)", expected: own, found: taught)
      }
      teacher = try teacher.keeping(tokens: part.kept)
    }
    try requireContext(of: teacher.configuration, directory, student: student)
    teacher.freeze()
    return teacher
  }

  private func requireContext(
    of teacher: ModelConfiguration, _ directory: String, student: Transformer
  ) throws {
    let length = min(recipe.training.maxLength, student.configuration.maximumPositions)
    guard teacher.maximumPositions >= length else {
      throw RecipeError(
        place: "teacher \(directory)", expected: "a context of \(length) tokens",
        found: "\(teacher.maximumPositions)", nextStep: "lower training.max_length")
    }
  }

  /// How a teacher with its own tokenizer and template writes the dataset; nil where no term asks for it.
  func foreignEncoder() throws -> (encoder: ExampleEncoder, contextLength: Int)? {
    guard let directory = recipe.teacher?.directory,
      try recipe.lossTerms().contains(where: \.function.comparesTexts)
    else { return nil }
    let stored = try ModelLoader.open(resolve(directory))
    guard stored.hasTokenizer else {
      throw TrainingError.noSuchFile(path: stored.tokenizerPlace, role: "the teacher's tokenizer")
    }
    let (tokenizer, configuration) = (try stored.tokenizer(), try stored.configuration())
    guard tokenizer.vocabularySize <= configuration.vocabularySize else {
      throw TrainingError.vocabularyMismatch(
        role: "the tokenizer of teacher \(directory)", expected: configuration.vocabularySize,
        found: tokenizer.vocabularySize)
    }
    let encoder = try ExampleEncoder(
      tokenizer: tokenizer, template: ModelTemplate(of: tokenizer),
      learnsCompletionOnly: recipe.training.learnsCompletionOnly)
    return (encoder, configuration.maximumPositions)
  }

  /// The teacher's stored signals, when the recipe names some; they must be of this run's tokenizer, template,
  /// vocabulary and, where it is named, teacher.
  func signals(_ encoder: ExampleEncoder, student: Transformer) throws -> SignalDirectory? {
    guard let source = recipe.teacher, let place = source.signals else { return nil }
    let signals = try SignalDirectory(reading: URL(fileURLWithPath: resolve(place)))
    try signals.header.require(
      tokenizer: encoder.tokenizer, template: encoder.template,
      vocabulary: student.configuration.vocabularySize,
      teacher: source.directory.map { try ModelLoader.open(resolve($0)).weightsFingerprint() }, place: place)
    return signals
  }

  /// The recipe's model once more: what a policy must not leave too far. Packed where that takes less.
  func reference() throws -> any TeacherModel {
    let precision = recipe.training.precision.resolved
    guard precision == .bf16 else { return try movingReference() }
    let reference = FrozenTransformer(try movingReference(), format: DecodingFormat(precision))
    // What it was made of is of no size that training wants again.
    ProcessMemory.releaseIdle()
    return reference
  }

  /// The same as a model that can be moved.
  func movingReference() throws -> Transformer {
    guard let source, !recipe.model.startsFresh, source.hasWeights else {
      throw TrainingError.noSuchFile(
        path: recipe.model.directory ?? "model", role: "weights to be the reference")
    }
    let model = try source.transformer()
    model.freeze()
    return model
  }
}
