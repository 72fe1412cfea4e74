import Files

extension TokenizerDefinition {
  /// The content of a `tokenizer.json` that Hugging Face tokenizers reads as the same tokenizer.
  var json: JSONValue {
    [
      "version": "1.0", "truncation": nil, "padding": nil,
      "added_tokens": .array(addedTokens.map(Self.json)),
      "normalizer": normalizer == .nfc ? ["type": "NFC"] : nil,
      "pre_tokenizer": preTokenizerJSON,
      "post_processor": postProcessorJSON,
      "decoder": Self.byteLevel(addsPrefixSpace: true, trimsOffsets: true, usesRegex: true),
      "model": modelJSON,
    ]
  }

  private static func json(_ token: AddedToken) -> JSONValue {
    [
      "id": .int(Int(token.id)), "content": .string(token.content), "single_word": .bool(token.isSingleWord),
      "lstrip": .bool(token.stripsLeft), "rstrip": .bool(token.stripsRight),
      "normalized": .bool(token.isNormalized), "special": .bool(token.isSpecial),
    ]
  }

  private static func byteLevel(addsPrefixSpace: Bool, trimsOffsets: Bool, usesRegex: Bool) -> JSONValue {
    [
      "type": "ByteLevel", "add_prefix_space": .bool(addsPrefixSpace), "trim_offsets": .bool(trimsOffsets),
      "use_regex": .bool(usesRegex),
    ]
  }

  private var preTokenizerJSON: JSONValue {
    let steps = preTokenizers.map { step -> JSONValue in
      switch step {
      case .digits(let individual): ["type": "Digits", "individual_digits": .bool(individual)]
      case .split(let pattern):
        [
          "type": "Split", "pattern": ["Regex": .string(pattern.rawValue)], "behavior": "Isolated",
          "invert": false,
        ]
      case .byteLevel(let addsPrefixSpace, let usesRegex):
        Self.byteLevel(addsPrefixSpace: addsPrefixSpace, trimsOffsets: true, usesRegex: usesRegex)
      }
    }
    return steps.count == 1 ? steps[0] : ["type": "Sequence", "pretokenizers": .array(steps)]
  }

  private var postProcessorJSON: JSONValue {
    if prefix.isEmpty && suffix.isEmpty {
      return Self.byteLevel(addsPrefixSpace: true, trimsOffsets: false, usesRegex: true)
    }
    func special(_ id: Int32) -> JSONValue {
      ["SpecialToken": ["id": .string(token(id)), "type_id": 0]]
    }
    func text(_ name: String) -> JSONValue { ["Sequence": ["id": .string(name), "type_id": 0]] }
    let before = prefix.map(special)
    let after = suffix.map(special)
    var names = JSONObject()
    for id in prefix + suffix {
      let name = JSONValue.string(token(id))
      names[token(id)] = ["id": name, "ids": [.int(Int(id))], "tokens": [name]]
    }
    return [
      "type": "TemplateProcessing", "single": .array(before + [text("A")] + after),
      "pair": .array(before + [text("A")] + after + before + [text("B")] + after),
      "special_tokens": .object(names),
    ]
  }

  private var modelJSON: JSONValue {
    let vocabulary = vocabulary.enumerated().compactMap { id, token in token.map { ($0, JSONValue.int(id)) } }
    let merges = merges.map { merge -> JSONValue in
      [.string(token(merge.left)), .string(token(merge.right))]
    }
    return [
      "type": "BPE", "dropout": nil, "unk_token": unknownToken.map { .string(token($0)) } ?? .null,
      "continuing_subword_prefix": nil, "end_of_word_suffix": nil, "fuse_unk": .bool(fusesUnknown),
      "byte_fallback": false, "ignore_merges": .bool(ignoresMerges),
      "vocab": .object(JSONObject(uniqueKeysWithValues: vocabulary)), "merges": .array(merges),
    ]
  }

  /// The text of a token: of an added one, or of the model's.
  func token(_ id: Int32) -> String {
    if let added = addedTokens.first(where: { $0.id == id }) { return added.content }
    guard vocabulary.indices.contains(Int(id)) else { return "" }
    return vocabulary[Int(id)] ?? ""
  }
}
