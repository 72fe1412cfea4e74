import Foundation
import Kernels
import LanguageModels

/// Makes signals of a teacher's logits that another program wrote, for the examples that a recipe trains on.
///
/// Sequence n of the files is example n of the recipe's dataset, in the student's tokens. The files do not say whose logits
/// they are, nor what mass the tokens had that are not in them: it is taken as none, as mlx-lm's own loss does.
public struct SignalImport {
  public let reading: Recipe.Reading
  /// The folder with the logits.
  public let logits: String
  /// The directory to write.
  public let output: String
  public var overwrites = false
  /// Tokens kept at each position; all that the files hold when nil.
  public var k: Int?
  /// That of the recipe's first divergence when nil.
  public var temperature: Double?
  public var type = StoredPrecision.fp32
  /// The most learnt tokens of a shard.
  public var shardTokens = 1 << 18
  /// Told the share of the examples that is done, 0…1.
  public var progress: (Double) -> Void = { _ in }
  /// Polled after every example.
  public var shouldStop: () -> Bool = { Interruption.isRequested }
  /// Where the teacher foresees fewer of the learnt tokens, the logits are of other texts.
  private static let leastForeseen = 0.25

  public init(_ reading: Recipe.Reading, logits: String, output: String) {
    (self.reading, self.logits, self.output) = (reading, logits, output)
  }

  /// - Returns: nil after an interruption, which leaves nothing new.
  /// - Throws: `SignalError` for files that are not of this dataset; what a run of the recipe would throw before its first
  ///   update.
  public func run() throws -> SignalSummary? {
    var recipe = reading.recipe
    recipe.teacher = nil
    let resolve = PathResolver(recipeFile: reading.file)
    let foundation = try RunFoundation(recipe, resolve: { resolve($0) })
    let files = try LogitFiles(reading: URL(fileURLWithPath: logits))
    let source = foundation.data.training
    guard files.count == source.count else {
      throw SignalError.malformed(
        place: logits,
        expected: "a sequence for each of the dataset's \(source.count) examples, in their order",
        found: "\(files.count)")
    }
    if let k, k > files.k { throw SignalError.tooMany(k: k, vocabulary: files.k) }
    let divergence = try recipe.lossTerms().first(where: \.function.comparesDistributions)
    let header = SignalHeader(
      k: k ?? files.k, vocabulary: foundation.model.configuration.vocabularySize,
      temperature: temperature ?? divergence?.temperature ?? 1,
      tokenizer: foundation.encoder.tokenizer.fingerprint, template: foundation.encoder.template.name,
      teacher: try files.fingerprint())
    return try SignalOutput(path: output, overwrites: overwrites).write { directory in
      var writer = SignalWriter(header, type, in: directory)
      var seen = Set<UInt64>()
      for index in 0..<source.count {
        if shouldStop() { return nil }
        progress(Double(index) / Double(source.count))
        var example = try source.example(at: index)
        guard example.count <= foundation.maxLength, example.labelCount > 0,
          seen.insert(example.fingerprint).inserted
        else {
          continue
        }
        example.signal = try files.signal(
          of: example, sequence: index, k: header.k, temperature: header.temperature,
          vocabulary: header.vocabulary)
        if writer.waiting + example.labelCount > shardTokens { try writer.closeShard() }
        writer.add([example])
      }
      guard writer.examples > 0 else {
        throw TrainingError.noExamples(
          source: source.name, dropped: source.count, maxLength: foundation.maxLength)
      }
      let summary = try writer.finish(of: source.count)
      guard summary.foreseen >= SignalImport.leastForeseen else {
        throw SignalError.malformed(
          place: logits,
          expected:
            "logits of the dataset's own texts, in its order, which foresee the next token among eight",
          found: String(format: "%.0f %% of the tokens foreseen", 100 * summary.foreseen))
      }
      progress(1)
      return summary
    }
  }
}
