/// A tokenizer's encoding rules, compiled: text in UTF-8 to token ids.
struct TextEncoder: Sendable {
  private let originalTokens: AddedTokenMatcher
  private let normalizedTokens: AddedTokenMatcher
  private let normalizer: Normalizer
  private let splitter: WordSplitter
  private let merges: MergeTable
  /// The token of each single byte, or −1.
  private let byteTokens: [Int32]
  /// Whole words that are tokens, for `ignore_merges`.
  private let wholeWords: ByteStringTable
  private let wholeWordTokens: [Int32]
  private let unknownToken: Int32?
  private let fusesUnknown: Bool

  init(_ definition: TokenizerDefinition) {
    originalTokens = AddedTokenMatcher(definition.addedTokens.filter { !$0.isNormalized })
    normalizedTokens = AddedTokenMatcher(definition.addedTokens.filter(\.isNormalized))
    normalizer = definition.normalizer
    splitter = WordSplitter(definition.preTokenizers)
    merges = MergeTable(definition.merges)
    unknownToken = definition.unknownToken
    fusesUnknown = definition.fusesUnknown
    var byteTokens = [Int32](repeating: -1, count: 256)
    var wholeWords = ByteStringTable()
    var wholeWordTokens: [Int32] = []
    for (id, token) in definition.vocabulary.enumerated() {
      guard let token, let bytes = ByteAlphabet.bytes(of: token) else { continue }
      if bytes.count == 1 { byteTokens[Int(bytes[0])] = Int32(id) }
      if definition.ignoresMerges, wholeWords.insert(bytes) == wholeWordTokens.count {
        wholeWordTokens.append(Int32(id))
      }
    }
    self.byteTokens = byteTokens
    self.wholeWords = wholeWords
    self.wholeWordTokens = wholeWordTokens
  }

  /// Appends the ids of `text` to `output`.
  ///
  /// - Returns: the first byte that no token spells, where the text has one and no unknown token stands for it; then the ids are
  ///   those of another text.
  func encode(_ text: [UInt8], using memory: inout EncoderMemory, into output: inout [Int32]) -> UInt8? {
    memory.lostByte = nil
    let span = text.span
    originalTokens.forEachPart(span, 0..<text.count) { range, id in
      if let id {
        output.append(id)
      } else if let normalized = normalizer.normalized(span, range) {
        encodeNormalized(normalized.span, 0..<normalized.count, &memory, &output)
      } else {
        encodeNormalized(span, range, &memory, &output)
      }
    }
    return memory.lostByte
  }

  private func encodeNormalized(
    _ text: Span<UInt8>, _ range: Range<Int>, _ memory: inout EncoderMemory, _ output: inout [Int32]
  ) {
    normalizedTokens.forEachPart(text, range) { range, id in
      if let id {
        output.append(id)
      } else if splitter.addsPrefixSpace, text[range.lowerBound] != 0x20 {
        var spaced: [UInt8] = [0x20]
        for index in range { spaced.append(text[index]) }
        encodeWords(spaced.span, 0..<spaced.count, &memory, &output)
      } else {
        encodeWords(text, range, &memory, &output)
      }
    }
  }

  private func encodeWords(
    _ text: Span<UInt8>, _ range: Range<Int>, _ memory: inout EncoderMemory, _ output: inout [Int32]
  ) {
    splitter.forEachWord(text, range) { word in
      if memory.append(text, word, to: &output) { return }
      let start = output.count
      if let lost = encodeWord(text, word, &memory.merger, &output) {
        memory.lostByte = memory.lostByte ?? lost
      } else {
        memory.remember(text, word, output[start...])
      }
    }
  }

  /// - Returns: the first byte of the word for which there is no token at all.
  private func encodeWord(
    _ text: Span<UInt8>, _ word: Range<Int>, _ merger: inout WordMerger, _ output: inout [Int32]
  ) -> UInt8? {
    if !wholeWordTokens.isEmpty {
      let whole = wholeWords.find(text, word)
      if whole >= 0 {
        output.append(wholeWordTokens[whole])
        return nil
      }
    }
    var lost: UInt8?
    merger.begin()
    var lastIsUnknown = false
    for index in word {
      let token = byteTokens[Int(text[index])]
      if token >= 0 {
        merger.append(token)
      } else if let unknownToken {
        if !(fusesUnknown && lastIsUnknown) { merger.append(unknownToken) }
      } else {
        lost = lost ?? text[index]
      }
      lastIsUnknown = token < 0
    }
    merger.merge(merges, into: &output)
    return lost
  }
}

/// What one encoding after the other may reuse: the ids of words seen before. Text repeats its words; a hit
/// costs a hash of a few bytes where a miss costs the merges.
struct EncoderMemory: Sendable {
  private static let longestWord = 48
  private static let wordLimit = 1 << 17

  var merger = WordMerger()
  /// The first byte of the text that is encoded now for which there is no token.
  var lostByte: UInt8?
  private var words = ByteStringTable(minimumCapacity: 1 << 10)
  private var tokens: [Int32] = []
  /// Where the tokens of each word begin; one more at the end.
  private var starts: [Int32] = [0]

  /// Appends the ids of a known word; false when it is new.
  mutating func append(_ text: Span<UInt8>, _ word: Range<Int>, to output: inout [Int32]) -> Bool {
    let index = words.find(text, word)
    if index < 0 { return false }
    for position in Int(starts[index])..<Int(starts[index + 1]) { output.append(tokens[position]) }
    return true
  }

  mutating func remember(_ text: Span<UInt8>, _ word: Range<Int>, _ ids: ArraySlice<Int32>) {
    if word.count > Self.longestWord { return }
    if words.count >= Self.wordLimit {
      words.removeAll()
      tokens.removeAll(keepingCapacity: true)
      starts = [0]
    }
    _ = words.insert(text, word)
    tokens.append(contentsOf: ids)
    starts.append(Int32(tokens.count))
  }
}
