import Foundation

/// How well a model predicts texts, per word, byte and token (lm-evaluation-harness, `weighted_perplexity` and
/// `bits_per_byte`): the counts and log-likelihoods of all texts are summed first.
///
/// Bytes make models of different tokenizers comparable; words and tokens do not.
public struct TextPerplexity: Sendable, Equatable {
  public private(set) var documents = 0
  public private(set) var tokens = 0
  public private(set) var words = 0
  /// In UTF-8.
  public private(set) var bytes = 0
  /// Σ ln p(token | the tokens before it).
  public private(set) var logLikelihood = 0.0

  public init() {}

  public mutating func add(logLikelihood: Double, tokens: Int, words: Int, bytes: Int) {
    documents += 1
    self.tokens += tokens
    self.words += words
    self.bytes += bytes
    self.logLikelihood += logLikelihood
  }

  public mutating func add(_ other: TextPerplexity) {
    documents += other.documents
    tokens += other.tokens
    words += other.words
    bytes += other.bytes
    logLikelihood += other.logLikelihood
  }

  /// exp(−Σ ln p / words); nil without words.
  public var wordPerplexity: Double? { perplexity(words) }
  /// exp(−Σ ln p / bytes); nil without bytes.
  public var bytePerplexity: Double? { perplexity(bytes) }
  /// exp(−Σ ln p / tokens); nil without tokens.
  public var tokenPerplexity: Double? { perplexity(tokens) }
  /// −Σ ln p / bytes / ln 2; nil without bytes.
  public var bitsPerByte: Double? { bytes == 0 ? nil : -logLikelihood / Double(bytes) / log(2) }

  private func perplexity(_ count: Int) -> Double? { count == 0 ? nil : exp(-logLikelihood / Double(count)) }
}
