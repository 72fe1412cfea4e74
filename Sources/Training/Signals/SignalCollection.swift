import Files
import Foundation
import Kernels
import LanguageModels
import TensorCore

/// Writes a teacher's distributions over the examples that a recipe trains on, to be learnt from without the teacher.
public struct SignalCollection {
  public let reading: Recipe.Reading
  /// The directory to write.
  public let output: String
  /// Removes what an earlier collection left there.
  public var overwrites = false
  /// Tokens kept at each position.
  public var k = 16
  /// That of the recipe's first divergence when nil.
  public var temperature: Double?
  public var type = StoredPrecision.fp32
  /// The most learnt tokens of a shard; an example is never cut.
  public var shardTokens = 1 << 18
  /// The most log-probabilities that are held at a time, for a large k: 8 bytes each, a few copies of them.
  package var heldEntries = 1 << 25
  /// What a person enters to repeat it, for the ledger.
  public var command: String?
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
  /// - Returns: nil after an interruption, which leaves nothing new.
  /// - Throws: what a run of the recipe would throw before its first update; `SignalError`.
  public func run() throws -> SignalSummary? {
    let clock = StageClock()
    var recipe = reading.recipe
    let resolve = PathResolver(recipeFile: reading.file)
    guard let place = recipe.teacher?.directory else {
      throw TrainingError.notAvailable(
        what: "signals without one teacher that runs", instead: "`teacher:` in the recipe, a model directory")
    }
    recipe.teacher?.signals = nil
    let foundation = try RunFoundation(recipe, resolve: { resolve($0) })
    let stored = try ModelLoader.open(resolve(place))
    _ = try TeacherPair(student: foundation.tokenizerSource, teacher: stored).check()
    let teacher = try foundation.loader.teacher(
      from: place, student: foundation.model, tokenizer: foundation.encoder.tokenizer)
    let vocabulary = teacher.configuration.vocabularySize
    guard k <= vocabulary else { throw SignalError.tooMany(k: k, vocabulary: vocabulary) }
    let divergence = try recipe.lossTerms().first(where: \.function.comparesDistributions)
    let header = SignalHeader(
      k: k, vocabulary: vocabulary, temperature: temperature ?? divergence?.temperature ?? 1,
      tokenizer: foundation.encoder.tokenizer.fingerprint, template: foundation.encoder.template.name,
      teacher: try stored.weightsFingerprint())
    let account = try SignalAccount(
      reading, foundation, teacher: teacher.configuration, at: place, clock, command: command)
    return try SignalOutput(path: output, overwrites: overwrites).write { directory in
      try Precision.$current.withValue(recipe.training.precision.resolved) {
        try collect(
          foundation.data.training, maxLength: foundation.maxLength,
          batchTokens: recipe.training.batchSize * foundation.maxLength, teacher, header, account, directory)
      }
    }
  }

  private func collect(
    _ source: any ExampleSource, maxLength: Int, batchTokens: Int, _ teacher: Transformer,
    _ header: SignalHeader, _ account: SignalAccount, _ directory: URL
  ) throws -> SignalSummary? {
    var account = account
    var writer = SignalWriter(header, type, in: directory)
    var seen = Set<UInt64>()
    var batch: [Example] = []
    var (batchCount, batchLabels) = (0, 0)
    let limit = max(1, min(shardTokens, heldEntries / header.k))
    func closeBatch() throws {
      if batch.isEmpty { return }
      writer.add(try SignalCollection.asking(teacher, about: batch, header))
      account.count(batch)
      (batch, batchCount, batchLabels) = ([], 0, 0)
    }
    for index in 0..<source.count {
      let example = try source.example(at: index)
      guard example.count <= maxLength, example.labelCount > 0, seen.insert(example.fingerprint).inserted
      else {
        continue
      }
      let isShardFull = writer.waiting + batchLabels + example.labelCount > limit
      if batchCount + example.count > batchTokens || isShardFull {
        try closeBatch()
        progress(Double(index) / Double(source.count))
        if shouldStop() { return nil }
        if isShardFull { try writer.closeShard() }
      }
      batch.append(example)
      batchCount += example.count
      batchLabels += example.labelCount
    }
    try closeBatch()
    guard writer.examples > 0 else {
      throw TrainingError.noExamples(source: source.name, dropped: source.count, maxLength: maxLength)
    }
    try account.ledger.write(to: directory)
    let summary = try writer.finish(of: source.count)
    progress(1)
    return summary
  }

  /// The examples with the teacher's distributions at their labels.
  static func asking(
    _ teacher: Transformer, about examples: [Example], _ header: SignalHeader
  ) throws -> [Example] {
    let batch = TokenBatch(examples)
    var all = KeptSignal(
      k: header.k, logProbabilities: [], indices: [], tail: [], temperature: header.temperature)
    withoutGradient {
      let hidden = batch.learntStates(of: teacher)
      for first in stride(from: 0, to: batch.labelCount, by: 512) {
        let rows = first..<min(batch.labelCount, first + 512)
        let top = Kernels.topLogProbabilities(
          teacher.logits(of: slice(hidden, rows: rows)).buffer, columns: header.vocabulary, k: header.k,
          temperature: Float(header.temperature))
        all.append(
          KeptSignal(
            k: header.k, logProbabilities: top.values, indices: top.indices, tail: top.tails,
            temperature: header.temperature))
      }
    }
    var start = 0
    return examples.map { example in
      var example = example
      let rows = start..<start + example.labelCount
      start = rows.upperBound
      example.signal = all.rows(rows)
      return example
    }
  }
}
