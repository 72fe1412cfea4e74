import ArgumentParser
import Benchmarks
import Experiments
import Files
import Foundation
import LanguageModels
import Training

/// Whether the models of a card are timed.
struct MeasureOptions: ParsableArguments {
  @Flag(
    inversion: .prefixedNo,
    help: """
      Generate for a moment with the model, and with its teacher where it is here, and time it for the card; by default \
      a release build does when it writes the model too.
      """)
  var measure: Bool?

  /// Fills the table of serving in the card of a model that is written now, unless that is refused.
  ///
  /// - Throws: what opening a model finds wrong.
  func fillOfNew(_ card: inout ModelCard) throws {
    if measure ?? !MachineDescription.isDebugBuild { try time(&card) }
  }

  /// Fills the card's table of serving, where that is asked for.
  ///
  /// - Throws: what opening a model finds wrong.
  func fill(_ card: inout ModelCard) throws {
    if measure == true { try time(&card) }
  }

  private func time(_ card: inout ModelCard) throws {
    MachineDescription.warnOfDebugBuild()
    for index in card.serving.indices {
      guard let path = card.serving[index].path, let context = card.serving[index].context, context >= 4
      else {
        continue
      }
      Terminal.write("measuring \(card.serving[index].name)\n")
      card.serving[index].measured = try measurement(of: path, context: context)
    }
  }

  private func measurement(of path: String, context: Int) throws -> ModelCard.Measurement {
    var benchmark = GenerationBenchmark()
    benchmark.promptLength = min(64, context / 2)
    benchmark.newTokens = min(64, context / 2)
    benchmark.repetitions = 3
    let measured = try benchmark.run(weights: DecodingFormat(.automatic)) { try ModelLoader.open(path) }
    return ModelCard.Measurement(
      promptTokens: measured.promptLength, newTokens: measured.newTokens,
      firstTokenSeconds: Double(measured.promptLength) / max(measured.prefillTokensPerSecond, 1e-9),
      promptTokensPerSecond: measured.prefillTokensPerSecond, tokensPerSecond: measured.tokensPerSecond,
      threads: measured.threads, format: measured.weights.rawValue,
      processor: MachineFacts.current.processor)
  }
}
