import Files
import Foundation
import Text
import Weights

/// A byte-level BPE tokenizer as GGUF keeps it, and the `tokenizer.json` that says the same.
enum GGUFTokenizer {
  /// ggml's kinds of token.
  private enum Kind {
    static let normal: Int32 = 1
    static let control: Int32 = 3
    static let userDefined: Int32 = 4
  }

  /// How each pre-tokenizer that llama.cpp knows by name stands in `tokenizer.json`.
  private static let preTokenizers: [(name: String, json: JSONValue)] = [
    ("smollm", sequence(["type": "Digits", "individual_digits": true], byteLevel(usesRegex: true))),
    ("gpt-2", byteLevel(usesRegex: true)),
    ("llama-bpe", sequence(split(Tokenizer.llama3Pattern), byteLevel(usesRegex: false))),
    ("qwen2", sequence(split(Tokenizer.qwen2Pattern), byteLevel(usesRegex: false))),
  ]

  private static func sequence(_ steps: JSONValue...) -> JSONValue {
    ["type": "Sequence", "pretokenizers": .array(steps)]
  }

  private static func byteLevel(usesRegex: Bool) -> JSONValue {
    ["type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": .bool(usesRegex)]
  }

  private static func split(_ pattern: String) -> JSONValue {
    ["type": "Split", "pattern": ["Regex": .string(pattern)], "behavior": "Isolated", "invert": false]
  }

  // MARK: Writing

  /// The metadata of `tokenizer`, for a table of `vocabularySize` rows.
  ///
  /// - Throws: `LanguageModelError` when llama.cpp has no pre-tokenizer of this kind.
  static func metadata(
    _ tokenizer: Tokenizer, vocabularySize: Int, end: Int32?
  ) throws -> [(key: String, value: GGUFValue)] {
    let json = tokenizer.json
    func unsaid(_ what: String) -> LanguageModelError {
      .invalidValue(
        file: "tokenizer.json", expected: "a tokenizer that GGUF can tell", found: what,
        nextStep: "export to a directory instead")
    }
    let found = json["pre_tokenizer"] ?? nil
    guard let pre = preTokenizers.first(where: { $0.json == found || sameSteps($0.json, found) })?.name else {
      throw LanguageModelError.invalidValue(
        file: "tokenizer.json",
        expected: "a pre-tokenizer that llama.cpp knows: "
          + preTokenizers.map(\.name).joined(separator: ", "),
        found: found.text(), nextStep: "export to a directory instead")
    }
    // Each of these is part of what llama.cpp does for the name, or cannot be said.
    guard (json["normalizer"]?["type"]?.string == "NFC") == (pre == "qwen2") else {
      throw unsaid("a normalizer")
    }
    guard (json["model"]?["ignore_merges"]?.bool ?? false) == (pre == "llama-bpe") else {
      throw unsaid("ignore_merges")
    }
    guard try tokenizer.encode("", addSpecialTokens: true).isEmpty else {
      throw unsaid("tokens around every text")
    }
    let added = Dictionary(tokenizer.addedTokens.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var tokens: [GGUFValue] = []
    var kinds: [GGUFValue] = []
    for id in 0..<Int32(vocabularySize) {
      // Rows beyond the tokenizer's have names that no text contains.
      tokens.append(.string(tokenizer.token(id) ?? "[PAD\(id)]"))
      let kind = added[id].map { $0.isSpecial ? Kind.control : Kind.userDefined }
      kinds.append(.int32(kind ?? (tokenizer.token(id) == nil ? Kind.control : Kind.normal)))
    }
    let merges = (json["model"]?["merges"]?.array ?? []).map { merge in
      GGUFValue.string(merge.string ?? (merge.array ?? []).compactMap(\.string).joined(separator: " "))
    }
    var metadata: [(key: String, value: GGUFValue)] = [
      ("tokenizer.ggml.model", .string("gpt2")), ("tokenizer.ggml.pre", .string(pre)),
      ("tokenizer.ggml.tokens", .array(.string, tokens)),
      ("tokenizer.ggml.token_type", .array(.int32, kinds)),
      ("tokenizer.ggml.merges", .array(.string, merges)), ("tokenizer.ggml.add_bos_token", .bool(false)),
    ]
    func role(_ key: String, _ id: Int32?) {
      if let id, id >= 0 { metadata.append(("tokenizer.ggml.\(key)", .uint32(UInt32(id)))) }
    }
    role("bos_token_id", tokenizer.beginID ?? end)
    role("eos_token_id", end ?? tokenizer.endID)
    role("padding_token_id", tokenizer.paddingID)
    if let template = tokenizer.configuration.chatTemplate {
      metadata.append(("tokenizer.chat_template", .string(template)))
    }
    return metadata
  }

  /// Whether two pre-tokenizers cut alike: `trim_offsets` moves no edge.
  private static func sameSteps(_ a: JSONValue, _ b: JSONValue) -> Bool {
    func steps(_ value: JSONValue) -> [JSONValue] { value["pretokenizers"]?.array ?? [value] }
    func essence(_ step: JSONValue) -> String {
      guard var object = step.object else { return step.text() }
      object["trim_offsets"] = nil
      object["invert"] = nil
      return JSONValue.object(JSONObject(object.entries.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }))
        .text()
    }
    return steps(a).map(essence) == steps(b).map(essence)
  }

  // MARK: Reading

  /// The tokenizer that `file` describes.
  ///
  /// - Throws: `LanguageModelError` for a kind of tokenizer that this program does not have, `TokenizerError`.
  static func tokenizer(_ file: GGUFFile) throws -> Tokenizer {
    func malformed(_ key: String, _ expected: String, _ found: String) -> LanguageModelError {
      .invalidValue(
        file: file.name, expected: "\(key): \(expected)", found: found,
        nextStep: "convert the file with the program that made it")
    }
    func strings(_ key: String) throws -> [String] {
      guard let values = file.metadata[key]?.array else { throw malformed(key, "a list of strings", "none") }
      return try values.map { value in
        guard let text = value.string else { throw malformed(key, "strings", "\(value)") }
        return text
      }
    }
    let model = file.metadata["tokenizer.ggml.model"]?.string ?? "none"
    guard model == "gpt2" else { throw malformed("tokenizer.ggml.model", "gpt2 (byte-level BPE)", model) }
    let pre = file.metadata["tokenizer.ggml.pre"]?.string ?? "none"
    guard let preTokenizer = preTokenizers.first(where: { $0.name == pre })?.json else {
      throw malformed(
        "tokenizer.ggml.pre", "one of " + preTokenizers.map(\.name).joined(separator: ", "), pre)
    }
    let tokens = try strings("tokenizer.ggml.tokens")
    let kinds = file.metadata["tokenizer.ggml.token_type"]?.array?.map(\.int) ?? []
    for key in ["add_bos_token", "add_eos_token"] where file.metadata["tokenizer.ggml.\(key)"]?.bool == true {
      throw malformed("tokenizer.ggml.\(key)", "false: nothing around every text", "true")
    }
    guard Set(tokens.map { Array($0.utf8) }).count == tokens.count else {
      throw malformed("tokenizer.ggml.tokens", "each token once", "one twice")
    }
    var vocabulary: [(String, JSONValue)] = []
    var added: [JSONValue] = []
    for (id, token) in tokens.enumerated() {
      let kind = id < kinds.count ? kinds[id] ?? Int(Kind.normal) : Int(Kind.normal)
      vocabulary.append((token, .int(id)))
      guard kind == Int(Kind.control) || kind == Int(Kind.userDefined), token != "[PAD\(id)]" else {
        continue
      }
      added.append([
        "id": .int(id), "content": .string(token), "single_word": false, "lstrip": false, "rstrip": false,
        "normalized": false, "special": .bool(kind == Int(Kind.control)),
      ])
    }
    let level = byteLevel(usesRegex: true)
    let json: JSONValue = [
      "version": "1.0", "truncation": nil, "padding": nil, "added_tokens": .array(added),
      "normalizer": pre == "qwen2" ? ["type": "NFC"] : nil,
      "pre_tokenizer": preTokenizer, "post_processor": level, "decoder": level,
      "model": [
        "type": "BPE", "dropout": nil, "unk_token": nil, "continuing_subword_prefix": nil,
        "end_of_word_suffix": nil, "fuse_unk": false, "byte_fallback": false,
        "ignore_merges": .bool(pre == "llama-bpe"),
        "vocab": .object(JSONObject(uniqueKeysWithValues: vocabulary)),
        "merges": .array(try strings("tokenizer.ggml.merges").map(JSONValue.string)),
      ],
    ]
    func role(_ key: String) -> String? {
      guard let id = file.metadata["tokenizer.ggml.\(key)"]?.int, tokens.indices.contains(id) else {
        return nil
      }
      return tokens[id]
    }
    // llama.cpp wants one: of a model without, `save` writes the end's.
    let isBegun =
      !file.isOwn
      || file.metadata["tokenizer.ggml.bos_token_id"]?.int
        != file.metadata["tokenizer.ggml.eos_token_id"]?.int
    let configuration = TokenizerConfiguration(
      beginToken: isBegun ? role("bos_token_id") : nil, endToken: role("eos_token_id"),
      paddingToken: role("padding_token_id"),
      chatTemplate: file.metadata["tokenizer.chat_template"]?.string)
    return try Tokenizer(json: json, file: file.name, configuration: configuration)
  }
}
