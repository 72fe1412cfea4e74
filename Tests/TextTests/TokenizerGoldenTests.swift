import Files
import GoldenVectors
import Testing
import Text

/// Ids and decoded text of Hugging Face tokenizers.
@Suite struct TokenizerGoldenTests {
  @Test(arguments: ["bytebpe1024", "qwen_like", "llama3_like", "smollm2"])
  func agreesWithReference(name: String) throws {
    let folder = "tokenizers/\(name)"
    guard Golden.has("\(folder)/golden.json") else {
      return GoldenRegistry.skip(
        folder, cases: 227, reason: "not in this set; SWIFTLET_GOLDEN names a larger one")
    }
    let golden = try Golden.json("\(folder)/golden.json")
    let tokenizer = try Tokenizer.load(Golden.url(folder))
    #expect(tokenizer.vocabularySize == golden["vocab_size"]?.int)
    for item in try #require(golden["cases"]?.array) {
      let text = try #require(item["text"]?.string)
      let ids = try #require(item["ids"]?.array).compactMap(\.int)
      try requireEqual(
        tokenizer.encode(text, dropsUnknownBytes: true), ids, "\(name) \(text.debugDescription)")
      if let special = item["ids_with_special"]?.array {
        try requireEqual(
          tokenizer.encode(text, addSpecialTokens: true, dropsUnknownBytes: true), special.compactMap(\.int),
          text)
      }
      let decoded = item["decoded"]?.string ?? text
      #expect(ExactText(tokenizer.decode(ids.map { Int32($0) })) == ExactText(decoded))
      if let plain = item["decoded_skip_special"]?.string {
        #expect(
          ExactText(tokenizer.decode(ids.map { Int32($0) }, skipSpecialTokens: true)) == ExactText(plain))
      }
      GoldenRegistry.countRun(1)
    }
    for item in try #require(golden["byte_decoding"]?.array) {
      let ids = try #require(item["ids"]?.array).compactMap(\.int).map { Int32($0) }
      let decoded = try #require(item["decoded"]?.string)
      #expect(ExactText(tokenizer.decode(ids)) == ExactText(decoded), "\(ids)")
      var stream = StreamingDecoder(tokenizer)
      let streamed = ids.map { stream.append($0) }.joined() + stream.finish()
      #expect(ExactText(streamed) == ExactText(decoded), "\(ids), one by one")
      GoldenRegistry.countRun(1)
    }
  }

  @Test(arguments: ["bytebpe1024", "qwen_like", "llama3_like"])
  func writesWhatItRead(name: String) throws {
    let original = try Golden.json("tokenizers/\(name)/tokenizer.json")
    let written = try Tokenizer.load(Golden.url("tokenizers/\(name)")).json
    for (key, value) in try #require(original.object).entries.map({ ($0.key, $0.value) }) {
      #expect(written[key] == value, "\(key)")
    }
  }
}
