/// A token that is cut out of the text before anything else happens to it: `<|im_end|>`, `<think>`.
public struct AddedToken: Sendable, Equatable {
  public var id: Int32
  public var content: String
  /// Left out of decoded text on request.
  public var isSpecial: Bool
  /// Matches only where no word character touches it.
  public var isSingleWord: Bool
  /// Takes the white space on its left, on its right, with it.
  public var stripsLeft: Bool
  public var stripsRight: Bool
  /// Is looked for in the normalized text rather than in the original.
  public var isNormalized: Bool

  public init(
    id: Int32, content: String, isSpecial: Bool = true, isSingleWord: Bool = false, stripsLeft: Bool = false,
    stripsRight: Bool = false, isNormalized: Bool = false
  ) {
    self.id = id
    self.content = content
    self.isSpecial = isSpecial
    self.isSingleWord = isSingleWord
    self.stripsLeft = stripsLeft
    self.stripsRight = stripsRight
    self.isNormalized = isNormalized
  }
}

/// Finds added tokens in text: the leftmost, and of those at one place the longest.
struct AddedTokenMatcher: Sendable {
  private struct Candidate {
    let token: AddedToken
    let bytes: [UInt8]
  }

  /// By first byte, the longest first.
  private var candidates: [[Candidate]]
  private var isFirstByte: [Bool]
  let isEmpty: Bool

  init(_ tokens: [AddedToken]) {
    candidates = Array(repeating: [], count: 256)
    isFirstByte = Array(repeating: false, count: 256)
    isEmpty = tokens.isEmpty
    for token in tokens {
      let bytes = Array(token.content.utf8)
      guard let first = bytes.first else { continue }
      candidates[Int(first)].append(Candidate(token: token, bytes: bytes))
      isFirstByte[Int(first)] = true
    }
    for first in 0..<256 { candidates[first].sort { $0.bytes.count > $1.bytes.count } }
  }

  /// Calls `body` with each stretch of `range` in order: a token's id, or nil for text between tokens.
  func forEachPart(_ text: Span<UInt8>, _ range: Range<Int>, _ body: (Range<Int>, Int32?) -> Void) {
    var textStart = range.lowerBound
    var index = range.lowerBound
    while !isEmpty, index < range.upperBound {
      guard isFirstByte[Int(text[index])], let match = match(text, at: index, range.upperBound) else {
        index += 1
        continue
      }
      var start = index
      var end = index + match.bytes.count
      index = end
      let token = match.token
      if token.isSingleWord, !standsAlone(text, start..<end, within: range) { continue }
      if token.stripsLeft { start = max(textStart, spaceStart(text, before: start, range.lowerBound)) }
      if token.stripsRight { end = spaceEnd(text, from: end, range.upperBound) }
      index = max(index, end)
      if textStart < start { body(textStart..<start, nil) }
      body(start..<end, token.id)
      textStart = end
    }
    if textStart < range.upperBound { body(textStart..<range.upperBound, nil) }
  }

  private func match(_ text: Span<UInt8>, at index: Int, _ end: Int) -> Candidate? {
    candidates[Int(text[index])].first { candidate in
      guard index + candidate.bytes.count <= end else { return false }
      for offset in candidate.bytes.indices where text[index + offset] != candidate.bytes[offset] {
        return false
      }
      return true
    }
  }

  private func standsAlone(_ text: Span<UInt8>, _ match: Range<Int>, within range: Range<Int>) -> Bool {
    if match.lowerBound > range.lowerBound {
      let before = text.scalar(at: text.startOfScalar(before: match.lowerBound)).code
      if CharacterClass.isWordCharacter(before) { return false }
    }
    return match.upperBound == range.upperBound
      || !CharacterClass.isWordCharacter(text.scalar(at: match.upperBound).code)
  }

  private func spaceStart(_ text: Span<UInt8>, before index: Int, _ lowerBound: Int) -> Int {
    var start = index
    while start > lowerBound {
      let previous = text.startOfScalar(before: start)
      if CharacterClass(text.scalar(at: previous).code) != .space { break }
      start = previous
    }
    return start
  }

  private func spaceEnd(_ text: Span<UInt8>, from index: Int, _ upperBound: Int) -> Int {
    var end = index
    while end < upperBound {
      let (code, next) = text.scalar(at: end)
      if CharacterClass(code) != .space { break }
      end = next
    }
    return end
  }
}
