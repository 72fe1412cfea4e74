import ArgumentParser
import LanguageModels

/// How tokens are chosen.
struct SamplingOptions: ParsableArguments {
  @Flag(help: "Take the most likely token each time.")
  var greedy = false

  @Option(help: "Divides the logits; 0 is greedy.")
  var temperature: Float = 1

  @Option(name: .customLong("top-k"), help: "Keep the k most likely tokens; 0 keeps all.")
  var topK = 0

  @Option(name: .customLong("top-p"), help: "Keep the fewest tokens that hold this probability together.")
  var topP: Float = 1

  @Option(
    name: .customLong("min-p"), help: "Keep tokens at least this likely relative to the most likely one.")
  var minP: Float = 0

  @Option(help: "Penalty on tokens that occurred; 1 changes nothing.")
  var repetitionPenalty: Float = 1

  @Option(help: "No sequence of so many tokens occurs twice; 0 allows all.")
  var noRepeatNgramSize = 0

  @Option(help: "The seed of the draws.")
  var seed: UInt64 = 0

  @Option(help: "The most tokens to write.")
  var maxNewTokens = 256

  func validate() throws {
    if maxNewTokens < 1 { throw ValidationError("--max-new-tokens must be 1 or more") }
  }

  var parameters: SamplingParameters {
    SamplingParameters(
      temperature: greedy ? 0 : temperature, topK: topK, topP: topP, minP: minP,
      repetitionPenalty: repetitionPenalty, noRepeatNGramSize: noRepeatNgramSize)
  }

  func request(_ prompt: [Int32], stopTokens: [Int32]) -> GenerationRequest {
    GenerationRequest(
      prompt: prompt, maximumNewTokens: maxNewTokens, sampling: parameters, seed: seed, stopTokens: stopTokens
    )
  }
}
