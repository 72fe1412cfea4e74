/// The regular expressions by which published tokenizers cut text into words, as hand-written scanners: they
/// match what the expression matches, in the order of its alternatives, without a regex engine. Every text is
/// covered whole.
enum SplitPattern: String, CaseIterable, Sendable {
  case gpt2 = #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#
  case qwen2 =
    #"""
    (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}\#
    | ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
    """#
  case llama3 =
    #"""
    (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}\#
    | ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
    """#

  /// The end of the word that begins at `start` in `text[..<end]`, which is UTF-8 cut at scalars. `start` is
  /// less than `end`.
  func endOfWord(_ text: Span<UInt8>, from start: Int, to end: Int) -> Int {
    switch self {
    case .gpt2: Self.gpt2Word(text, start, end)
    case .qwen2: Self.qwen2Word(text, start, end, digits: 1)
    case .llama3: Self.qwen2Word(text, start, end, digits: 3)
    }
  }

  private static func gpt2Word(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    if text[start] == UInt8(ascii: "'") {
      let contraction = contractionEnd(text, start, end, ignoresCase: false)
      if contraction > start { return contraction }
    }
    let (code, second) = text.scalar(at: start)
    var kind = CharacterClass(code)
    var content = start
    if code == 0x20, second < end {  // " ?" takes the space when anything but space follows
      let next = CharacterClass(text.scalar(at: second).code)
      if next != .space {
        kind = next
        content = second
      }
    }
    return kind == .space ? spaceEnd(text, start, end) : runEnd(text, content, end, of: kind)
  }

  private static func qwen2Word(_ text: Span<UInt8>, _ start: Int, _ end: Int, digits: Int) -> Int {
    if text[start] == UInt8(ascii: "'") {
      let contraction = contractionEnd(text, start, end, ignoresCase: true)
      if contraction > start { return contraction }
    }
    let (code, second) = text.scalar(at: start)
    let kind = CharacterClass(code)
    if kind == .letter { return runEnd(text, second, end, of: .letter) }
    if kind == .number {
      var index = second
      var count = 1
      while count < digits, index < end {
        let (code, next) = text.scalar(at: index)
        guard CharacterClass(code) == .number else { break }
        index = next
        count += 1
      }
      return index
    }
    let following = second < end ? CharacterClass(text.scalar(at: second).code) : nil
    if following == .letter, code != 0x0A, code != 0x0D { return runEnd(text, second, end, of: .letter) }
    if kind == .other || (code == 0x20 && following == .other) {
      var index = runEnd(text, kind == .other ? start : second, end, of: .other)
      while index < end, text[index] == 0x0A || text[index] == 0x0D { index += 1 }
      return index
    }
    // `\s*[\r\n]+` ends behind the last line break of the run of spaces.
    var index = runEnd(text, start, end, of: .space)
    while index > start {
      if text[index - 1] == 0x0A || text[index - 1] == 0x0D { return index }
      index = text.startOfScalar(before: index)
    }
    return spaceEnd(text, start, end)
  }

  /// The end of the run of `kind` from `start` on.
  private static func runEnd(_ text: Span<UInt8>, _ start: Int, _ end: Int, of kind: CharacterClass) -> Int {
    var index = start
    while index < end {
      let (code, next) = text.scalar(at: index)
      if CharacterClass(code) != kind { break }
      index = next
    }
    return index
  }

  /// `\s+(?!\S)|\s+`: a run of spaces leaves its last one to the word that follows, unless it has only one.
  private static func spaceEnd(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    let run = runEnd(text, start, end, of: .space)
    if run == end { return run }
    let last = text.startOfScalar(before: run)
    return last > start ? last : run
  }

  /// The end of `'s`, `'t`, `'re`, `'ve`, `'m`, `'ll` or `'d` at `start`, or `start`.
  private static func contractionEnd(_ text: Span<UInt8>, _ start: Int, _ end: Int, ignoresCase: Bool) -> Int
  {
    func letter(_ index: Int) -> UInt8 {
      guard index < end else { return 0 }
      return ignoresCase && 0x41...0x5A ~= text[index] ? text[index] | 0x20 : text[index]
    }
    switch letter(start + 1) {
    case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"): return start + 2
    case UInt8(ascii: "r") where letter(start + 2) == UInt8(ascii: "e"),
      UInt8(ascii: "v") where letter(start + 2) == UInt8(ascii: "e"),
      UInt8(ascii: "l") where letter(start + 2) == UInt8(ascii: "l"):
      return start + 3
    case 0xC5 where ignoresCase && letter(start + 2) == 0xBF:  // ſ, the long s, folds to s
      return start + 3
    default: return start
    }
  }
}

extension Tokenizer {
  /// The expressions of Llama 3 and of Qwen 2, as their `tokenizer.json` has them.
  package static let llama3Pattern = SplitPattern.llama3.rawValue
  package static let qwen2Pattern = SplitPattern.qwen2.rawValue
}
