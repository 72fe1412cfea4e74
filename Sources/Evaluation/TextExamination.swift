import Corpus
import LanguageModels
import Text

/// A piece of a long text that the model reads at once: what it sees and what is scored of it.
public struct TokenWindow: Sendable, Equatable {
  /// Tokens that are read before the first scored one, as indices into the text behind its start token: input i
  /// predicts token i.
  public let context: Range<Int>
  public let scored: Range<Int>

  /// Windows that score each of `count` tokens exactly once.
  ///
  /// The first scores `length` tokens, every later one the next `stride`, after as many earlier tokens as `length`
  /// leaves room for. With `stride` = `length` this is the rolling log-likelihood of lm-evaluation-harness: windows
  /// do not overlap, but for the token before, and the last one, which reads a full window back.
  /// - Parameters: 1 ≤ `stride` ≤ `length`, in tokens.
  public static func covering(_ count: Int, length: Int, stride: Int) -> [TokenWindow] {
    precondition(length >= 1 && stride >= 1 && stride <= length, "TokenWindow: \(stride) of \(length)")
    var windows: [TokenWindow] = []
    var start = 0
    while start < count {
      let end = start + min(windows.isEmpty ? length : stride, count - start)
      windows.append(TokenWindow(context: max(0, end - length)..<start + 1, scored: start..<end))
      start = end
    }
    return windows
  }
}

/// Measures how well a model predicts plain texts.
///
/// Each text stands alone behind the tokenizer's begin token, its end token where it has none.
public struct TextExamination {
  public let generator: Generator
  public let tokenizer: Tokenizer
  /// The most tokens read at once.
  public let windowLength: Int
  /// The tokens that a window after the first scores.
  public let stride: Int
  private let startToken: Int32

  private static let windowsPerBatch = 32

  /// - Parameters: `windowLength` is the model's context where nil, `stride` the window where nil.
  /// - Throws: `EvaluationError` for a window or stride outside its range, and a tokenizer without begin and end.
  public init(
    generator: Generator, tokenizer: Tokenizer, windowLength: Int? = nil, stride: Int? = nil
  ) throws(EvaluationError) {
    let limit = generator.contextLength
    let length = windowLength ?? limit
    guard (1...limit).contains(length) else {
      throw .invalidWindow(name: "--window", limit: limit, found: length)
    }
    guard (1...length).contains(stride ?? length) else {
      throw .invalidWindow(name: "--stride", limit: length, found: stride ?? length)
    }
    let configuration = generator.configuration
    let start =
      tokenizer.beginID ?? tokenizer.endID ?? configuration.beginToken ?? configuration.endTokens.first
    guard let start else { throw .noStartToken }
    self.generator = generator
    self.tokenizer = tokenizer
    self.windowLength = length
    self.stride = stride ?? length
    startToken = start
  }

  public struct Scored: Sendable {
    public let document: TextReader.Document
    /// Of this text alone.
    public let perplexity: TextPerplexity
  }

  /// - Parameters:
  ///   - archive: has the scores of windows from before, and keeps that of each window when it is finished.
  ///   - progress: called after every step, when what is finished has been kept; windows count as sequences. What it
  ///     throws ends the examination.
  /// - Returns: the measures of each text, in the order of the texts.
  /// - Throws: `TokenizerError.unknownByte` for a text that the tokenizer cannot spell, which no measure by the byte can leave
  ///   out; `LanguageModelError` when logits are not finite; and what `archive` and `progress` throw.
  public func score(
    _ documents: [TextReader.Document], archive: (any AnswerArchive<[KeptScore]>)? = nil,
    progress: ((ExaminationProgress) throws -> Void)? = nil
  ) throws -> [Scored] {
    let texts = try documents.map { try tokenizer.encode($0.text) }
    let windows = texts.enumerated().flatMap { index, tokens in
      TokenWindow.covering(tokens.count, length: windowLength, stride: stride).map { (index, $0) }
    }
    var sums = [Double](repeating: 0, count: texts.count)
    var (reused, tokensRead) = (0, 0)
    let clock = ContinuousClock.now
    for first in Swift.stride(from: 0, to: windows.count, by: Self.windowsPerBatch) {
      let batch = windows[first..<min(first + Self.windowsPerBatch, windows.count)]
      let requests = batch.map { request($0.1, of: texts[$0.0]) }
      let before = (reused: reused, tokens: tokensRead)
      // Where the archive has all of them, no step is told.
      reused += batch.count
      let results = try generator.score(requests, archive: archive) { part in
        reused = before.reused + part.reused
        tokensRead = before.tokens + part.generation.generatedTokens
        try progress?(
          ExaminationProgress(
            reused: reused,
            generation: GenerationProgress(
              finishedSequences: first - before.reused + part.generation.finishedSequences,
              sequences: windows.count - reused, generatedTokens: tokensRead,
              durationSeconds: (ContinuousClock.now - clock) / .seconds(1))))
      }
      for (window, result) in zip(batch, results) { sums[window.0] += result[0].logLikelihood }
    }
    return zip(zip(documents, texts), sums).map { text, sum in
      var perplexity = TextPerplexity()
      perplexity.add(
        logLikelihood: sum, tokens: text.1.count,
        words: text.0.text.split(whereSeparator: \.isWhitespace).count, bytes: text.0.text.utf8.count)
      return Scored(document: text.0, perplexity: perplexity)
    }
  }

  /// - Parameter tokens: the whole text, without the start token.
  private func request(_ window: TokenWindow, of tokens: [Int32]) -> ScoringRequest {
    ScoringRequest(
      prompt: window.context.map { $0 == 0 ? startToken : tokens[$0 - 1] },
      continuations: [Array(tokens[window.scored])])
  }
}
