import Files
import Foundation
import Kernels
import LanguageModels

/// Writes a teacher's distributions over the examples that a recipe trains on, to be learnt from without the teacher.
public struct SignalCollection {
  public let reading: Recipe.Reading
  /// The directory to write.
  public let output: String
  /// Who tells of the distributions.
  public enum Origin: Sendable, Equatable {
    /// The recipe's teacher, which is asked.
    case teacher
    /// A folder of a teacher's logits that another program wrote (`LogitFiles`).
    case logits(String)
    /// The log-probabilities that a server told with the answers that are learnt from (`AnswerSignals`).
    case answers
  }

  public var origin = Origin.teacher
  /// Removes what an earlier collection left there.
  public var overwrites = false
  /// Tokens kept at each position; of a model that is asked 16, else all that are told, when nil.
  public var k: Int?
  /// That of the recipe's first divergence when nil.
  public var temperature: Double?
  public var type = StoredPrecision.fp32
  /// The most learnt tokens of a shard; an example is never cut.
  public var shardTokens = 1 << 18
  /// The most log-probabilities that are held at a time, for a large k: 8 bytes each, a few copies of them.
  package var heldEntries = 1 << 25
  /// After so many seconds what was told is written, so that no more than that is lost.
  package var saveSeconds = 300.0
  /// What a person enters to repeat it, for the ledger.
  public var command: String?
  /// Told how many examples an earlier sitting has collected, where there is such a one.
  public var resumed: (_ examples: Int) -> Void = { _ in }
  /// Told the share of the examples that is done, 0…1.
  public var progress: (Double) -> Void = { _ in }
  /// Polled after every batch.
  public var shouldStop: () -> Bool = { Interruption.isRequested }

  public init(_ reading: Recipe.Reading, output: String) {
    self.reading = reading
    self.output = output
  }

  /// Works in `OUTPUT.partial`, which takes the output's name when it is whole: until then an earlier collection stays.
  ///
  /// What a teacher that is asked has told stays there after an interruption or an error, and is saved every few minutes: the
  /// same collection goes on from it, and comes to the same files as an unbroken one.
  ///
  /// - Returns: nil after an interruption.
  /// - Throws: what a run of the recipe would throw before its first update; `SignalError`.
  public func run() throws -> SignalSummary? {
    let clock = StageClock()
    var recipe = reading.recipe
    let asksTeacher = origin == .teacher
    if asksTeacher { recipe.teacher?.signals = nil } else { recipe.teacher = nil }
    let resolve = PathResolver(recipeFile: reading.file)
    let foundation = try RunFoundation(recipe, resolve: { resolve($0) })
    let temperature = try temperature(of: recipe)
    if origin == .answers, temperature != 1 {
      throw SignalError.otherAnswers(
        place: "temperature",
        expected: "1, as servers tell of (temperature: 1 in the recipe's loss function)",
        found: "\(temperature)")
    }
    let vocabulary = foundation.model.configuration.vocabularySize
    let source: any SignalSource =
      switch origin {
      case .teacher: try askedTeacher(foundation, clock) { resolve($0) }
      case .logits(let folder):
        try LogitFiles(
          reading: URL(fileURLWithPath: folder), examples: foundation.data.training.count,
          vocabulary: vocabulary)
      case .answers:
        try AnswerSignals(
          reading: recipe.dataset.paths.map { resolve($0) }, skipsBadLines: recipe.dataset.skipsBadLines,
          for: foundation.data.training, encoder: foundation.encoder,
          includesReasoning: recipe.dataset.includesReasoning, vocabulary: vocabulary,
          stage: LedgerStage(signalsOf: reading, foundation, command: command))
      }
    let k = self.k ?? (asksTeacher ? min(16, source.largestK) : source.largestK)
    guard k <= source.largestK else { throw SignalError.tooMany(k: k, available: source.largestK) }
    let header = SignalHeader(
      k: k, vocabulary: source.vocabulary, temperature: temperature,
      tokenizer: foundation.encoder.tokenizer.fingerprint, template: foundation.encoder.template.name,
      teacher: source.teacher,
      precision: asksTeacher ? recipe.training.precision.resolved.rawValue : nil)
    let place = SignalOutput(path: output, overwrites: overwrites)
    return try place.write(keepsParts: asksTeacher) { directory in
      let parts = try self.parts(in: directory, header, of: foundation, place)
      return try Precision.$current.withValue(recipe.training.precision.resolved) {
        try collect(
          foundation.data.training, maxLength: foundation.maxLength,
          batchTokens: recipe.training.batchSize * foundation.maxLength, source, header, parts)
      }
    }
  }

  /// Whether the output holds what this collection of the recipe's one teacher would write, as far as its header tells.
  ///
  /// - Throws: `SignalError` for signals that cannot be read; what opening the teacher finds wrong.
  package func isCollected() throws -> Bool {
    guard FileManager.default.fileExists(atPath: output) else { return false }
    let header = try SignalDirectory(reading: URL(fileURLWithPath: output)).header
    let recipe = reading.recipe
    let teacher = try recipe.teacher?.directory.map {
      try ModelLoader.open(PathResolver(recipeFile: reading.file)($0)).weightsFingerprint()
    }
    let temperature = try temperature(of: recipe)
    return header.teacher == teacher && header.k == k && header.temperature == temperature
      && header.precision == recipe.training.precision.resolved.rawValue
  }

  /// At which the distributions are kept.
  private func temperature(of recipe: Recipe) throws -> Double {
    try temperature ?? recipe.lossTerms().first(where: \.function.comparesDistributions)?.temperature ?? 1
  }

  /// What an earlier sitting left of this collection; nothing where it is to be overwritten and was another one, and where
  /// files are read anew in no time.
  private func parts(
    in directory: URL, _ header: SignalHeader, of foundation: RunFoundation, _ place: SignalOutput
  ) throws -> SignalParts {
    do {
      let parts = try SignalParts(in: directory)
      try parts.require(header, type, of: foundation.data.training, maxLength: foundation.maxLength)
      if origin == .teacher { return parts }
    } catch let error as SignalError {
      guard overwrites else { throw error }
    }
    try place.clear(directory, keepingShards: false)
    return try SignalParts(in: directory)
  }

  /// The recipe's own teacher, beside a student whose tokens it shares.
  private func askedTeacher(
    _ foundation: RunFoundation, _ clock: StageClock, _ resolve: (String) -> String
  ) throws -> AskedTeacher {
    guard let place = reading.recipe.teacher?.directory else {
      throw TrainingError.notAvailable(
        what: "signals without one teacher that runs", instead: "`teacher:` in the recipe, a model directory")
    }
    let stored = try ModelLoader.open(resolve(place))
    _ = try TeacherPair(student: foundation.tokenizerSource, teacher: stored).check()
    let model = try foundation.loader.teacher(
      from: place, student: foundation.model, tokenizer: foundation.encoder.tokenizer)
    return AskedTeacher(
      model, fingerprint: try stored.weightsFingerprint(),
      try SignalAccount(
        reading, foundation, teacher: model.configuration, at: place, clock, command: command))
  }

  private func collect(
    _ examples: any ExampleSource, maxLength: Int, batchTokens: Int, _ source: any SignalSource,
    _ header: SignalHeader, _ parts: SignalParts
  ) throws -> SignalSummary? {
    var source = source
    var writer = SignalWriter(header, type, in: parts.directory, after: parts.fullShards)
    var seen = Set<UInt64>()
    func isWanted(_ example: Example) -> Bool {
      example.count <= maxLength && example.labelCount > 0 && seen.insert(example.fingerprint).inserted
    }
    if !parts.isEmpty {
      var parts = parts
      for index in 0..<examples.count {
        if shouldStop() { return nil }
        let example = try examples.example(at: index)
        guard let (answered, isInFullShard) = try parts.take(example) else { continue }
        _ = isWanted(example)
        if isInFullShard { writer.count(answered) } else { writer.add([answered]) }
        source.count([example])
      }
      if let stage = try Ledger(in: parts.directory)?.stages.first { source.add(earlier: stage) }
      resumed(writer.examples)
    }
    var (batch, numbers): ([Example], [Int]) = ([], [])
    var (batchCount, batchLabels) = (0, 0)
    let limit = max(1, min(shardTokens, heldEntries / header.k))
    func closeBatch() throws {
      if batch.isEmpty { return }
      writer.add(try source.signals(for: batch, numbers: numbers, header))
      (batch, numbers, batchCount, batchLabels) = ([], [], 0, 0)
    }
    var lastSave = ContinuousClock.now
    func save(closing: Bool = false) throws {
      // The time first: it has passed even where the shard is lost.
      try source.ledger?.write(to: parts.directory)
      if closing { try writer.closeShard() } else { try writer.save() }
      lastSave = .now
    }
    do {
      for index in 0..<examples.count {
        let example = try examples.example(at: index)
        guard isWanted(example) else { continue }
        let isShardFull = writer.waiting + batchLabels + example.labelCount > limit
        if batchCount + example.count > batchTokens || isShardFull {
          try closeBatch()
          progress(Double(index) / Double(examples.count))
          if shouldStop() {
            try save()
            return nil
          }
          if isShardFull {
            try save(closing: true)
          } else if ContinuousClock.now - lastSave > .seconds(saveSeconds) {
            try save()
          }
        }
        batch.append(example)
        numbers.append(index)
        batchCount += example.count
        batchLabels += example.labelCount
      }
      try closeBatch()
    } catch {
      // Why the collection ended says more than parts that cannot be kept.
      try? save()
      throw error
    }
    try source.finish()
    guard writer.examples > 0 else {
      throw TrainingError.noExamples(source: examples.name, dropped: examples.count, maxLength: maxLength)
    }
    try source.ledger?.write(to: parts.directory)
    var summary = try writer.finish(of: examples.count)
    if let counts = (source as? AnswerSignals)?.counts {
      summary.answers = counts
      // What is taken as certain says nothing.
      summary.foreseen = 1 - (1 - summary.foreseen) * Double(summary.tokens) / Double(max(1, counts.told))
    }
    progress(1)
    return summary
  }
}
