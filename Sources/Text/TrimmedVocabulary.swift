/// A tokenizer with a part of another's tokens, numbered anew, and where they come from.
public struct TrimmedVocabulary: Sendable {
  public let tokenizer: Tokenizer
  /// The other tokenizer's id of each token, ascending.
  public let kept: [Int32]
  private let newIDs: [Int32: Int32]

  /// - Parameter kept: ids of `whole`, ascending, closed as by `Tokenizer.closed`.
  fileprivate init(_ whole: Tokenizer, kept: [Int32]) {
    self.kept = kept
    let newIDs = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, Int32($0)) })
    self.newIDs = newIDs
    tokenizer = Tokenizer(
      whole.definition.renumbered(kept, newIDs), configuration: whole.configuration.renumbered(newIDs))
  }

  /// Compares the trimmed tokenizer's tokens of a text with the image of the whole one's.
  ///
  /// - Parameters:
  ///   - ids: of the whole tokenizer.
  ///   - found: of the trimmed one.
  ///   - place: what an error calls the text.
  /// - Throws: `TokenizerError.otherTokens` with the first difference.
  public func requireImage(of ids: [Int32], found: [Int32], place: String) throws(TokenizerError) {
    let expected = ids.map { newIDs[$0] ?? -1 }
    guard expected != found else { return }
    let first =
      zip(expected, found).enumerated().first { $1.0 != $1.1 }?.offset ?? min(expected.count, found.count)
    func token(_ ids: [Int32]) -> String {
      guard ids.indices.contains(first) else { return "token \(first) none" }
      return "token \(first) " + (tokenizer.token(ids[first]).map { "\"\($0)\"" } ?? "not kept")
    }
    throw .otherTokens(
      part: place, expected: "the whole tokenizer's \(token(expected))", found: token(found))
  }
}

extension Tokenizer {
  /// The smallest set around `ids` whose texts are encoded as before: with all added tokens, all tokens of single bytes,
  /// those that the tokenizer's files name, and for each token that merges make the two parts of each such merge.
  ///
  /// A word whose tokens are kept passes on its way to them through such parts alone. So each of its merges is kept, in
  /// the old order, and no other one comes before it: the trimmed tokenizer gives the same tokens.
  public func closed(_ ids: some Sequence<Int32>) -> Set<Int32> {
    var kept = Set(definition.addedTokens.map(\.id) + definition.prefix + definition.suffix)
    kept.formUnion([beginID, endID, paddingID, definition.unknownToken].compactMap { $0 })
    for (id, token) in definition.vocabulary.enumerated() {
      if let token, ByteAlphabet.bytes(of: token)?.count == 1 { kept.insert(Int32(id)) }
    }
    kept.formUnion(ids)
    var parts: [Int32: [Int32]] = [:]
    for merge in definition.merges { parts[merge.result, default: []] += [merge.left, merge.right] }
    var open = Array(kept)
    while let id = open.popLast() {
      for part in parts[id] ?? [] where kept.insert(part).inserted { open.append(part) }
    }
    return kept
  }

  /// The tokenizer of the tokens in `closed(ids)`, and beside them of the earliest merges up to `size` tokens in all.
  ///
  /// - Parameters:
  ///   - ids: below `vocabularySize`.
  ///   - size: nil for none beside them.
  /// - Throws: `TokenizerError.trimTooSmall` when `size` does not hold what must be kept.
  public func trimmed(keeping ids: some Sequence<Int32>, size: Int? = nil) throws(TokenizerError)
    -> TrimmedVocabulary
  {
    var kept = closed(ids)
    if let size {
      guard kept.count <= size else { throw .trimTooSmall(requested: size, minimum: kept.count) }
      // Frequent merges were learnt first. A part comes before what is made of it, so that one pass suffices.
      for merge in definition.merges where kept.count < size {
        if kept.contains(merge.left), kept.contains(merge.right) { kept.insert(merge.result) }
      }
    }
    return TrimmedVocabulary(self, kept: kept.sorted())
  }

  /// How this tokenizer is a part of `whole`: the tokens that it was left with, and no other difference; nil where it is
  /// not. The ids follow from the two tokenizers alone.
  public func part(of whole: Tokenizer) -> TrimmedVocabulary? {
    var kept: [Int32] = []
    for id in 0..<Int32(vocabularySize) {
      guard let token = token(id), let old = whole.id(of: token), old > kept.last ?? -1 else { return nil }
      kept.append(old)
    }
    let part = TrimmedVocabulary(whole, kept: kept)
    return part.tokenizer.definition == definition ? part : nil
  }
}

extension TokenizerDefinition {
  /// The same rules for some of the tokens: token `kept[i]` becomes token i.
  ///
  /// - Parameter newIDs: the same as a table from old to new.
  fileprivate func renumbered(_ kept: [Int32], _ newIDs: [Int32: Int32]) -> TokenizerDefinition {
    var part = self
    part.vocabulary = kept.map { vocabulary.indices.contains(Int($0)) ? vocabulary[Int($0)] : nil }
    // As a file is read: the list ends with its last token.
    while case .some(.none) = part.vocabulary.last { part.vocabulary.removeLast() }
    part.merges = merges.compactMap { merge in
      guard let left = newIDs[merge.left], let right = newIDs[merge.right], let result = newIDs[merge.result]
      else { return nil }
      return Merge(left: left, right: right, result: result)
    }
    part.addedTokens = addedTokens.compactMap { token in
      guard let id = newIDs[token.id] else { return nil }
      var token = token
      token.id = id
      return token
    }
    part.prefix = prefix.compactMap { newIDs[$0] }
    part.suffix = suffix.compactMap { newIDs[$0] }
    part.unknownToken = unknownToken.flatMap { newIDs[$0] }
    return part
  }
}
