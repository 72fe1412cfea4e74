import Kernels

/// One prompt to be continued.
public struct GenerationRequest: Sendable {
  /// At least one token, fewer than the model's context holds.
  public var prompt: [Int32]
  /// Generation also ends where the context does.
  public var maximumNewTokens: Int
  public var sampling: SamplingParameters
  /// Decides this sequence's random choices, whatever else is generated beside it.
  public var seed: UInt64
  /// Any of these ends the sequence; it is kept as the last token.
  public var stopTokens: [Int32]

  public init(
    prompt: [Int32], maximumNewTokens: Int, sampling: SamplingParameters = .greedy, seed: UInt64 = 0,
    stopTokens: [Int32] = []
  ) {
    self.prompt = prompt
    self.maximumNewTokens = maximumNewTokens
    self.sampling = sampling
    self.seed = seed
    self.stopTokens = stopTokens
  }
}

public enum FinishReason: String, Sendable {
  /// A stop token came.
  case stop
  /// The limit of new tokens or the end of the context was reached.
  case length
  /// The token callback returned false.
  case cancelled
}

/// What a model made of one request.
public struct GeneratedSequence: Sendable {
  /// The new tokens, a stop token included.
  public internal(set) var tokens: [Int32] = []
  /// Of each token, under the softmax at the sampling temperature (1 when greedy), after penalties, before top-k,
  /// top-p and min-p cut the distribution.
  public internal(set) var logProbabilities: [Float] = []
  public internal(set) var finishReason = FinishReason.length
  /// A row for each token when the signals were recorded.
  public internal(set) var signals: TeacherSignals?

  /// The tokens without the stop token at their end.
  public var content: ArraySlice<Int32> { finishReason == .stop ? tokens.dropLast() : tokens[...] }
}

/// The most likely tokens at each place of a sequence, as a teacher's distribution is stored.
///
/// Rows of k entries, best first; taken from the model's logits at `temperature`, without penalties and cuts.
public struct TeacherSignals: Sendable, Equatable {
  public let k: Int
  public let temperature: Float
  /// [tokens, k]
  public internal(set) var logProbabilities: [Float] = []
  /// [tokens, k]
  public internal(set) var indices: [Int32] = []
  /// The log of the mass of all other tokens, [tokens]; −∞ when k is the vocabulary.
  public internal(set) var tails: [Float] = []

  public init(k: Int, temperature: Float) {
    self.k = k
    self.temperature = temperature
  }

  mutating func append(_ rows: TopLogProbabilities, row: Int) {
    logProbabilities.append(contentsOf: rows.values[row * k..<(row + 1) * k])
    indices.append(contentsOf: rows.indices[row * k..<(row + 1) * k])
    tails.append(rows.tails[row])
  }
}

/// Asks the generator to record signals while it generates.
public struct SignalRecording: Sendable {
  /// 1 to the vocabulary size.
  public var k: Int
  /// Above 0.
  public var temperature: Float

  public init(k: Int, temperature: Float = 1) {
    self.k = k
    self.temperature = temperature
  }
}

/// How far a call of `generate` or `score` has come.
public struct GenerationProgress: Sendable {
  public let finishedSequences: Int
  public let sequences: Int
  public let generatedTokens: Int
  public let durationSeconds: Double

  public init(finishedSequences: Int, sequences: Int, generatedTokens: Int, durationSeconds: Double) {
    self.finishedSequences = finishedSequences
    self.sequences = sequences
    self.generatedTokens = generatedTokens
    self.durationSeconds = durationSeconds
  }

  public var tokensPerSecond: Double { durationSeconds > 0 ? Double(generatedTokens) / durationSeconds : 0 }
}
