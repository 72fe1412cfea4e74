/// One step of cutting text into words. Merges never cross a word's edge.
enum PreTokenizer: Sendable, Equatable {
  /// Digits (`\p{N}`) apart from the rest: each alone, or run by run.
  case digits(individual: Bool)
  case split(SplitPattern)
  /// The GPT-2 pattern where `usesRegex`, and a space before text that has none where `addsPrefixSpace`.
  case byteLevel(addsPrefixSpace: Bool, usesRegex: Bool)
}

/// The steps of a tokenizer, each cutting what the one before it left.
struct WordSplitter: Sendable {
  private enum Step {
    case digits(individual: Bool)
    case pattern(SplitPattern)
  }

  private let steps: [Step]
  /// A space goes before each text that does not begin with one.
  let addsPrefixSpace: Bool

  init(_ preTokenizers: [PreTokenizer]) {
    var steps: [Step] = []
    var addsPrefixSpace = false
    for preTokenizer in preTokenizers {
      switch preTokenizer {
      case .digits(let individual): steps.append(.digits(individual: individual))
      case .split(let pattern): steps.append(.pattern(pattern))
      case .byteLevel(let addsSpace, let usesRegex):
        addsPrefixSpace = addsPrefixSpace || addsSpace
        if usesRegex { steps.append(.pattern(.gpt2)) }
      }
    }
    self.steps = steps
    self.addsPrefixSpace = addsPrefixSpace
  }

  /// Calls `body` with the range of each word of `range`, in order.
  func forEachWord(_ text: Span<UInt8>, _ range: Range<Int>, _ body: (Range<Int>) -> Void) {
    split(text, range, step: 0, body)
  }

  private func split(_ text: Span<UInt8>, _ range: Range<Int>, step: Int, _ body: (Range<Int>) -> Void) {
    if range.isEmpty { return }
    if step == steps.count { return body(range) }
    let isLast = step + 1 == steps.count
    var start = range.lowerBound
    while start < range.upperBound {
      let end =
        switch steps[step] {
        case .pattern(let pattern): pattern.endOfWord(text, from: start, to: range.upperBound)
        case .digits(let individual): Self.digitsEnd(text, start, range.upperBound, individual)
        }
      if isLast { body(start..<end) } else { split(text, start..<end, step: step + 1, body) }
      start = end
    }
  }

  private static func digitsEnd(_ text: Span<UInt8>, _ start: Int, _ end: Int, _ individual: Bool) -> Int {
    var (code, index) = text.scalar(at: start)
    let isNumber = CharacterClass(code) == .number
    if isNumber && individual { return index }
    while index < end {
      let next: Int
      (code, next) = text.scalar(at: index)
      if (CharacterClass(code) == .number) != isNumber { break }
      index = next
    }
    return index
  }
}
