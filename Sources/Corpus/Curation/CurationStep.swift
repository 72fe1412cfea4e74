/// What a trace can be dropped for, in the order in which it is looked at: the first that applies counts.
public enum CurationStep: String, CaseIterable, Sendable {
  /// The teacher was cut off at its limit.
  case truncated
  /// No right answer is known.
  case unverified
  /// The verifier finds no answer.
  case unparsable
  /// The verifier finds another answer than the right one.
  case wrong
  case overlong
  /// Holds a block of program text.
  case codeBlock = "code_block"
  /// Says the same again and again.
  case repetitive
  /// Written in another language than the question, or in several.
  case mixedLanguage = "mixed_language"
  /// Shares a run of words with an evaluation set.
  case contaminated
  /// Says word for word what a kept trace says.
  case duplicate
  /// Says nearly what a kept trace says.
  case nearDuplicate = "near_duplicate"

  /// The step in words, for a report.
  public var about: String {
    switch self {
    case .truncated: "cut off at the limit"
    case .unverified: "no right answer is known"
    case .unparsable: "no answer can be read"
    case .wrong: "wrong answer"
    case .overlong: "too long"
    case .codeBlock: "a code block"
    case .repetitive: "repeats itself"
    case .mixedLanguage: "mixed or other language"
    case .contaminated: "shares words with an evaluation set"
    case .duplicate: "word for word a kept one"
    case .nearDuplicate: "nearly a kept one"
    }
  }
}
