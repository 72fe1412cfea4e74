import Files
import Foundation

/// What stands beside a tokenizer in `tokenizer_config.json`: the tokens with a role, and the chat template.
public struct TokenizerConfiguration: Sendable, Equatable {
  public var beginToken: String?
  public var endToken: String?
  public var paddingToken: String?
  public var unknownToken: String?
  /// Jinja source, as transformers renders it.
  public var chatTemplate: String?
  /// In tokens; nil where the file names none.
  public var maximumLength: Int?
  /// The other keys of the file, which are kept when it is written again.
  private var others = JSONObject()

  public init(
    beginToken: String? = nil, endToken: String? = nil, paddingToken: String? = nil,
    chatTemplate: String? = nil
  ) {
    self.beginToken = beginToken
    self.endToken = endToken
    self.paddingToken = paddingToken
    self.chatTemplate = chatTemplate
  }

  private static let file = "tokenizer_config.json"

  /// Reads `tokenizer_config.json` of `folder`, and `chat_template.jinja` beside it, which wins; without
  /// these files nothing is set.
  ///
  /// - Throws: `FileError`, `TokenizerError.malformedFile`.
  init(readingFolder folder: URL) throws {
    self.init()
    let url = folder.appendingPathComponent(Self.file)
    if FileManager.default.fileExists(atPath: url.path) { try read(JSONValue(contentsOf: url)) }
    let template = folder.appendingPathComponent("chat_template.jinja")
    if FileManager.default.fileExists(atPath: template.path) {
      chatTemplate = String(decoding: try readFile(template), as: UTF8.self)
    }
  }

  private mutating func read(_ json: JSONValue) throws(TokenizerError) {
    guard let object = json.object else {
      throw .malformedFile(file: Self.file, part: "file", expected: "an object", found: json.kind)
    }
    beginToken = try token(object, "bos_token")
    endToken = try token(object, "eos_token")
    paddingToken = try token(object, "pad_token")
    unknownToken = try token(object, "unk_token")
    // A list of named templates occurs too; the one called "default" is meant.
    let templates = object["chat_template"]?.array ?? []
    chatTemplate =
      object["chat_template"]?.string
      ?? templates.first { $0["name"]?.string == "default" }?["template"]?.string
    // Transformers writes 10^30 for "no limit".
    maximumLength = object["model_max_length"]?.int
    others = object
    for key in [
      "bos_token", "eos_token", "pad_token", "unk_token", "chat_template", "model_max_length",
      "tokenizer_class", "clean_up_tokenization_spaces",
    ] {
      others[key] = nil
    }
  }

  /// A token is a string, or an object with `content`.
  private func token(_ object: JSONObject, _ key: String) throws(TokenizerError) -> String? {
    guard let value = object[key], !value.isNull else { return nil }
    guard let text = value.string ?? value["content"]?.string else {
      throw .malformedFile(file: Self.file, part: key, expected: "a token", found: value.kind)
    }
    return text
  }

  /// The same roles where tokens have other ids: transformers lists added tokens by theirs.
  func renumbered(_ newIDs: [Int32: Int32]) -> TokenizerConfiguration {
    let key = "added_tokens_decoder"
    guard let tokens = others[key]?.object else { return self }
    var copy = self
    copy.others[key] = .object(
      JSONObject(
        tokens.entries.compactMap { entry in
          Int32(entry.key).flatMap { newIDs[$0] }.map { ("\($0)", entry.value) }
        }))
    return copy
  }

  /// The content of a `tokenizer_config.json` that transformers reads.
  package var json: JSONValue {
    var object = JSONObject([
      ("tokenizer_class", "PreTrainedTokenizerFast"), ("clean_up_tokenization_spaces", false),
    ])
    object["bos_token"] = beginToken.map(JSONValue.string)
    object["eos_token"] = endToken.map(JSONValue.string)
    object["pad_token"] = paddingToken.map(JSONValue.string)
    object["unk_token"] = unknownToken.map(JSONValue.string)
    object["model_max_length"] = maximumLength.map(JSONValue.int)
    object["chat_template"] = chatTemplate.map(JSONValue.string)
    for entry in others.entries { object[entry.key] = entry.value }
    return .object(object)
  }
}
