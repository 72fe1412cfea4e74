import Files
import Foundation

extension TokenizerDefinition {
  /// Reads a `tokenizer.json` as Hugging Face tokenizers writes it.
  ///
  /// - Throws: `FileError` for a file that is missing or is not JSON, `TokenizerError.malformedFile`, and
  ///   `TokenizerError.unsupported` for a tokenizer that is not byte-level BPE of a known pattern.
  init(reading url: URL) throws {
    try self.init(JSONValue(contentsOf: url), file: url.lastPathComponent)
  }

  /// - Throws: `TokenizerError`.
  init(_ json: JSONValue, file: String) throws(TokenizerError) {
    let reader = TokenizerReader(file: file)
    let model = try reader.field(json, "model", in: "")
    try reader.requireType(model, "BPE", at: "model")
    for key in ["byte_fallback"] where model[key]?.bool == true {
      throw reader.unsupported("model.\(key)", "false", "true")
    }
    for key in ["continuing_subword_prefix", "end_of_word_suffix"] where model[key]?.string?.isEmpty == false
    {
      throw reader.unsupported("model.\(key)", "nothing", model[key]?.string ?? "")
    }
    let ids = try reader.vocabulary(try reader.field(model, "vocab", in: "model"))
    vocabulary = try reader.tokensByID(ids)
    merges = try reader.merges(try reader.field(model, "merges", in: "model"), ids: ids)
    ignoresMerges = model["ignore_merges"]?.bool ?? false
    fusesUnknown = model["fuse_unk"]?.bool ?? false
    if let unknown = model["unk_token"]?.string {
      guard let id = ids[ExactText(unknown)] else {
        throw reader.malformed("model.unk_token", "a token of the vocabulary", unknown)
      }
      unknownToken = id
    } else {
      unknownToken = nil
    }
    addedTokens = try reader.addedTokens(json["added_tokens"] ?? .null)
    normalizer = try reader.normalizer(json["normalizer"] ?? .null)
    preTokenizers = try reader.preTokenizers(json["pre_tokenizer"] ?? .null)
    guard preTokenizers.contains(where: { if case .byteLevel = $0 { true } else { false } }) else {
      throw reader.unsupported("pre_tokenizer", "a ByteLevel step", "none")
    }
    (prefix, suffix) = try reader.template(json["post_processor"] ?? .null)
    try reader.requireType(json["decoder"] ?? .null, "ByteLevel", at: "decoder")
  }
}

/// Reads the parts of a `tokenizer.json`; every error names the part.
private struct TokenizerReader {
  let file: String

  func malformed(_ part: String, _ expected: String, _ found: String) -> TokenizerError {
    .malformedFile(file: file, part: part, expected: expected, found: found)
  }

  func unsupported(_ part: String, _ expected: String, _ found: String) -> TokenizerError {
    .unsupported(file: file, part: part, expected: expected, found: found)
  }

  func field(_ value: JSONValue, _ key: String, in part: String) throws(TokenizerError) -> JSONValue {
    guard let found = value[key] else {
      throw malformed(part.isEmpty ? key : "\(part).\(key)", "a value", "none")
    }
    return found
  }

  func requireType(_ value: JSONValue, _ type: String, at part: String) throws(TokenizerError) {
    let found = value["type"]?.string ?? value.kind
    if found != type { throw unsupported(part, type, found) }
  }

  /// Ids stay below 2^24, so that a broken file cannot ask for a table of any size.
  func vocabulary(_ value: JSONValue) throws(TokenizerError) -> [ExactText: Int32] {
    guard let object = value.object else { throw malformed("model.vocab", "an object", value.kind) }
    var ids: [ExactText: Int32] = [:]
    ids.reserveCapacity(object.entries.count)
    for entry in object.entries {
      ids[ExactText(entry.key)] = try id(entry.value, "model.vocab.\(entry.key)")
    }
    return ids
  }

  func id(_ value: JSONValue?, _ part: String) throws(TokenizerError) -> Int32 {
    guard let id = value?.int, 0..<(1 << 24) ~= id else {
      throw malformed(part, "an id from 0 to 2^24 - 1", value?.kind ?? "none")
    }
    return Int32(id)
  }

  func tokensByID(_ ids: [ExactText: Int32]) throws(TokenizerError) -> [String?] {
    var tokens = [String?](repeating: nil, count: Int(ids.values.max() ?? -1) + 1)
    for (token, id) in ids {
      if let other = tokens[Int(id)] {
        throw malformed("model.vocab", "each id once", "\(id) for \(min(other, token.text)) and another")
      }
      tokens[Int(id)] = token.text
    }
    return tokens
  }

  /// Each merge is `["a", "b"]`, or `"a b"` as older files have it.
  func merges(_ value: JSONValue, ids: [ExactText: Int32]) throws(TokenizerError) -> [Merge] {
    guard let elements = value.array else { throw malformed("model.merges", "an array", value.kind) }
    var merges: [Merge] = []
    merges.reserveCapacity(elements.count)
    for (index, element) in elements.enumerated() {
      let parts =
        element.array?.compactMap(\.string) ?? element.string?.split(separator: " ").map(String.init) ?? []
      guard parts.count == 2 else { throw malformed("model.merges[\(index)]", "two tokens", element.kind) }
      guard let left = ids[ExactText(parts[0])], let right = ids[ExactText(parts[1])],
        let result = ids[ExactText(parts[0] + parts[1])]
      else {
        throw malformed(
          "model.merges[\(index)]", "tokens of the vocabulary, merged and apart", "\(parts[0]) \(parts[1])")
      }
      merges.append(Merge(left: left, right: right, result: result))
    }
    return merges
  }

  func addedTokens(_ value: JSONValue) throws(TokenizerError) -> [AddedToken] {
    if value.isNull { return [] }
    guard let elements = value.array else { throw malformed("added_tokens", "an array", value.kind) }
    var tokens: [AddedToken] = []
    for (index, element) in elements.enumerated() {
      guard let content = element["content"]?.string, !content.isEmpty else {
        throw malformed("added_tokens[\(index)].content", "a text", element["content"]?.kind ?? "none")
      }
      let isSpecial = element["special"]?.bool ?? false
      tokens.append(
        AddedToken(
          id: try id(element["id"], "added_tokens[\(index)].id"), content: content, isSpecial: isSpecial,
          isSingleWord: element["single_word"]?.bool ?? false, stripsLeft: element["lstrip"]?.bool ?? false,
          stripsRight: element["rstrip"]?.bool ?? false,
          isNormalized: element["normalized"]?.bool ?? !isSpecial))
    }
    return tokens
  }

  func normalizer(_ value: JSONValue) throws(TokenizerError) -> Normalizer {
    switch value["type"]?.string {
    case nil where value.isNull: return .none
    case "NFC": return .nfc
    case "Sequence":
      let steps = value["normalizers"]?.array ?? []
      if steps.isEmpty { return .none }
      guard steps.count == 1 else { throw unsupported("normalizer", "NFC or none", "\(steps.count) steps") }
      return try normalizer(steps[0])
    case let other: throw unsupported("normalizer", "NFC or none", other ?? value.kind)
    }
  }

  func preTokenizers(_ value: JSONValue) throws(TokenizerError) -> [PreTokenizer] {
    switch value["type"]?.string {
    case "Sequence":
      var steps: [PreTokenizer] = []
      for step in value["pretokenizers"]?.array ?? [] {
        steps += try preTokenizers(step)
        guard steps.count <= 32 else { throw unsupported("pre_tokenizer", "at most 32 steps", "more") }
      }
      return steps
    case "Digits": return [.digits(individual: value["individual_digits"]?.bool ?? false)]
    case "ByteLevel":
      return [
        .byteLevel(
          addsPrefixSpace: value["add_prefix_space"]?.bool ?? true,
          usesRegex: value["use_regex"]?.bool ?? true)
      ]
    case "Split":
      let text = value["pattern"]?["Regex"]?.string ?? value["pattern"]?["String"]?.string ?? "nothing"
      guard let pattern = SplitPattern(rawValue: text) else {
        throw unsupported("pre_tokenizer.pattern", "the pattern of GPT-2, Qwen2 or Llama 3", text)
      }
      // The patterns cover every text, so keeping the matches apart and removing what is between them are the
      // same.
      let behavior = (value["behavior"]?.string ?? "Isolated", value["invert"]?.bool ?? false)
      guard behavior == ("Isolated", false) || behavior == ("Removed", true) else {
        throw unsupported("pre_tokenizer.behavior", "Isolated", "\(behavior.0), invert \(behavior.1)")
      }
      return [.split(pattern)]
    case let other:
      throw unsupported("pre_tokenizer", "ByteLevel, Digits, Split or a Sequence", other ?? value.kind)
    }
  }

  /// The ids around a single text.
  func template(_ value: JSONValue) throws(TokenizerError) -> (prefix: [Int32], suffix: [Int32]) {
    switch value["type"]?.string {
    case nil where value.isNull: return ([], [])
    case "ByteLevel": return ([], [])  // trims offsets only
    case "Sequence":
      var result: (prefix: [Int32], suffix: [Int32]) = ([], [])
      for step in value["processors"]?.array ?? [] {
        let (prefix, suffix) = try template(step)
        result = (prefix + result.prefix, result.suffix + suffix)
      }
      return result
    case "TemplateProcessing":
      var result: (prefix: [Int32], suffix: [Int32]) = ([], [])
      var isAfterText = false
      for (index, piece) in (value["single"]?.array ?? []).enumerated() {
        let part = "post_processor.single[\(index)]"
        if piece["Sequence"] != nil {
          if isAfterText { throw unsupported(part, "the text once", "twice") }
          isAfterText = true
        } else {
          let name = piece["SpecialToken"]?["id"]?.string ?? ""
          guard let ids = value["special_tokens"]?[name]?["ids"]?.array else {
            throw malformed(part, "one of special_tokens", name.isEmpty ? piece.kind : name)
          }
          for value in ids {
            let id = try id(value, "post_processor.special_tokens.\(name)")
            if isAfterText { result.suffix.append(id) } else { result.prefix.append(id) }
          }
        }
      }
      guard isAfterText else { throw malformed("post_processor.single", "a Sequence", "none") }
      return result
    case let other:
      throw unsupported("post_processor", "ByteLevel, TemplateProcessing or none", other ?? value.kind)
    }
  }
}
