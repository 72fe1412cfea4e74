import Kernels

/// What can be wrong with a tokenizer's files, with its training, or with a template for it.
public enum TokenizerError: Diagnostic, Equatable {
  /// The file breaks its format. `part` is the key: `model.merges[3]`.
  case malformedFile(file: String, part: String, expected: String, found: String)
  /// The file is sound but asks for something that this package does not do.
  case unsupported(file: String, part: String, expected: String, found: String)
  case vocabularyTooSmall(requested: Int, minimum: Int)
  /// What must be kept of a vocabulary is more than was asked for.
  case trimTooSmall(requested: Int, minimum: Int)
  /// A byte that no token spells, in a text of any length.
  case unknownByte(text: String, byte: UInt8)
  /// A trimmed tokenizer cuts a text in another way than the whole one.
  case otherTokens(part: String, expected: String, found: String)
  /// A template or a setting needs a token that the tokenizer lacks.
  case missingToken(token: String, neededBy: String)
  case unknownTemplate(name: String)
  /// A message that a template cannot render.
  case badMessage(part: String, expected: String, found: String)

  public var place: String {
    switch self {
    case .malformedFile(let file, let part, _, _), .unsupported(let file, let part, _, _): "\(file): \(part)"
    case .vocabularyTooSmall: "tokenizer training: vocabulary size"
    case .trimTooSmall: "vocabulary.size"
    case .unknownByte(let text, let byte): "the text \"\(Self.surroundings(of: byte, in: text))\""
    case .missingToken(_, let neededBy): neededBy
    case .unknownTemplate: "chat template"
    case .badMessage(let part, _, _), .otherTokens(let part, _, _): part
    }
  }

  public var expected: String {
    switch self {
    case .malformedFile(_, _, let expected, _), .unsupported(_, _, let expected, _): expected
    case .vocabularyTooSmall(_, let minimum): "at least \(minimum): the special tokens and 256 bytes"
    case .trimTooSmall(_, let minimum):
      "at least \(minimum): special tokens, bytes, the tokens of the dataset"
    case .unknownByte: "bytes that the tokenizer has tokens for"
    case .missingToken(let token, _): "the token \(token) in the vocabulary"
    case .unknownTemplate: "one of \(ChatTemplate.allCases.map(\.rawValue).joined(separator: ", "))"
    case .badMessage(_, let expected, _), .otherTokens(_, let expected, _): expected
    }
  }

  public var found: String {
    switch self {
    case .malformedFile(_, _, _, let found), .unsupported(_, _, _, let found), .badMessage(_, _, let found),
      .otherTokens(_, _, let found):
      found
    case .unknownByte(_, let byte): "byte \(byte)"
    case .vocabularyTooSmall(let requested, _), .trimTooSmall(let requested, _): "\(requested)"
    case .missingToken: "none"
    case .unknownTemplate(let name): name
    }
  }

  public var nextStep: String {
    switch self {
    case .malformedFile: "get the file again or write it again with the program that made it"
    case .unsupported: "use a byte-level BPE tokenizer (GPT-2, Qwen, Llama 3 or SmolLM style)"
    case .vocabularyTooSmall, .trimTooSmall: "ask for a larger vocabulary"
    case .unknownByte: "take the character out of the text, or use a tokenizer of all 256 bytes"
    case .otherTokens: "leave out the vocabulary key, so that the whole tokenizer is kept"
    case .missingToken: "train the tokenizer with this token or use another template"
    case .unknownTemplate: "choose one of these"
    case .badMessage: "correct the record"
    }
  }

  public var exitCode: ExitCode {
    switch self {
    case .malformedFile, .unsupported, .missingToken, .badMessage, .trimTooSmall, .unknownByte, .otherTokens:
      .badData
    case .vocabularyTooSmall, .unknownTemplate: .usage
    }
  }

  /// The 20 characters before the byte and as many from it on, on one line.
  private static func surroundings(of byte: UInt8, in text: String) -> String {
    // A normalizer may have made the byte: then the text's beginning must do.
    let place = text.utf8.firstIndex(of: byte) ?? text.startIndex
    return String(text[..<place].suffix(20) + text[place...].prefix(20)).replacing("\n", with: " ")
  }
}
