/// Learns a byte-level BPE vocabulary: beginning with the 256 bytes, the most frequent pair of neighbouring
/// tokens becomes a token, again and again (Sennrich et al. 2016).
///
/// The result depends on the text alone: of equally frequent pairs, the one with the smaller ids is merged.
/// Hugging Face's `BpeTrainer` learns the same merges from the same words.
public struct BPETrainer {
  public struct Settings: Sendable {
    /// Tokens in all: special and added tokens, the 256 bytes, and the merges.
    public var vocabularySize: Int
    /// A pair that occurs less often is not merged.
    public var minimumFrequency: Int
    /// The first ids, in this order; left out of decoded text on request.
    public var specialTokens: [String]
    /// The ids behind them: whole in the text, but part of it (`<think>`).
    public var addedTokens: [String]
    /// Each digit is a word of its own, so that numbers are read digit by digit.
    public var splitsDigits: Bool

    public init(
      vocabularySize: Int, minimumFrequency: Int = 2,
      specialTokens: [String] = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<pad>"],
      addedTokens: [String] = [], splitsDigits: Bool = true
    ) {
      self.vocabularySize = vocabularySize
      self.minimumFrequency = minimumFrequency
      self.specialTokens = specialTokens
      self.addedTokens = addedTokens
      self.splitsDigits = splitsDigits
    }
  }

  private let settings: Settings
  private let added: [AddedToken]
  private let matcher: AddedTokenMatcher
  private let preTokenizers: [PreTokenizer]
  private let splitter: WordSplitter
  private var words = ByteStringTable(minimumCapacity: 1 << 12)
  private var counts: [Int] = []

  /// - Throws: `TokenizerError.vocabularyTooSmall`.
  public init(_ settings: Settings) throws(TokenizerError) {
    self.settings = settings
    let special = settings.specialTokens.map { ($0, true) } + settings.addedTokens.map { ($0, false) }
    added = special.enumerated().map { AddedToken(id: Int32($0), content: $1.0, isSpecial: $1.1) }
    let minimum = added.count + 256
    guard settings.vocabularySize >= minimum else {
      throw .vocabularyTooSmall(requested: settings.vocabularySize, minimum: minimum)
    }
    matcher = AddedTokenMatcher(added)
    preTokenizers =
      (settings.splitsDigits ? [.digits(individual: true)] : []) + [
        .byteLevel(addsPrefixSpace: false, usesRegex: true)
      ]
    splitter = WordSplitter(preTokenizers)
  }

  /// Counts the words of `text`. Special and added tokens in it are passed over.
  public mutating func add(_ text: String) {
    let bytes = Array(text.utf8)
    let span = bytes.span
    matcher.forEachPart(span, 0..<bytes.count) { range, id in
      if id != nil { return }
      splitter.forEachWord(span, range) { word in
        let index = words.insert(span, word)
        if index == counts.count { counts.append(1) } else { counts[index] += 1 }
      }
    }
  }

  /// Learns the merges from the words counted so far.
  public func train() -> Tokenizer {
    var vocabulary: [String?] = added.map(\.content)
    var byteTokens = [Int32](repeating: 0, count: 256)
    for byte in ByteAlphabet.sortedBytes {
      byteTokens[Int(byte)] = Int32(vocabulary.count)
      vocabulary.append(ByteAlphabet.text(of: [byte]))
    }
    var learner = MergeLearner(vocabulary: vocabulary)
    for index in 0..<words.count {
      learner.add(words[index].map { byteTokens[Int($0)] }, count: counts[index])
    }
    let merges = learner.learn(
      vocabularySize: settings.vocabularySize, minimumFrequency: settings.minimumFrequency)
    let definition = TokenizerDefinition(
      vocabulary: learner.vocabulary, merges: merges, addedTokens: added, normalizer: .none,
      preTokenizers: preTokenizers, prefix: [], suffix: [], ignoresMerges: false, unknownToken: nil,
      fusesUnknown: false)
    func role(_ token: String) -> String? { settings.specialTokens.contains(token) ? token : nil }
    return Tokenizer(
      definition,
      configuration: TokenizerConfiguration(endToken: role("<|endoftext|>"), paddingToken: role("<pad>")))
  }
}
