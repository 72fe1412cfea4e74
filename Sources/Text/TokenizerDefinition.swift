/// Everything that a `tokenizer.json` says about a byte-level BPE tokenizer.
struct TokenizerDefinition: Sendable, Equatable {
  /// The model's tokens by id, in the byte alphabet's spelling; nil where an id is not used.
  var vocabulary: [String?]
  /// By rank.
  var merges: [Merge]
  var addedTokens: [AddedToken]
  var normalizer: Normalizer
  var preTokenizers: [PreTokenizer]
  /// What `encode` puts before and after a text when it is asked for special tokens.
  var prefix: [Int32]
  var suffix: [Int32]
  /// A word that is a token as a whole is not put together by merges (Llama 3).
  var ignoresMerges: Bool
  var unknownToken: Int32?
  /// Several unknown bytes in a row become one unknown token.
  var fusesUnknown: Bool
}
