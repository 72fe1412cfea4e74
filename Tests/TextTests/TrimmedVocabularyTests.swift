import Files
import Foundation
import GoldenVectors
import Kernels
import Testing
import Text

@Suite("Trimmed vocabularies") struct TrimmedVocabularyTests {
  static let english =
    "The interest on 12,500 won at 3.25% is paid by the bank. <think>It's the bank's.</think>"
  static let korean = "이자는 원금에 이율과 기간을 곱한 값입니다. 원금 12500원, 기간 2년."

  private static func tokenizers() throws -> [Tokenizer] {
    [
      try TokenizerTests.trained(vocabularySize: 400),
      try Tokenizer.load(Golden.url("tokenizers/bytebpe1024")),
      try Tokenizer.load(Golden.url("tokenizers/llama3_like")),
      try Tokenizer.load(Golden.url("tokenizers/qwen_like")),
    ]
  }

  /// Of texts in both languages, with and without the special tokens around them.
  @Test func theTokensOfItsTextsAreTheSameOnes() throws {
    for whole in try Self.tokenizers() {
      let texts = Self.english.split(separator: " ").map(String.init) + [Self.english, Self.korean]
      let used = try Set(texts.flatMap { try whole.encode($0) })
      let trimmed = try whole.trimmed(keeping: used)
      #expect(trimmed.tokenizer.vocabularySize < whole.vocabularySize)
      #expect(trimmed.kept == trimmed.kept.sorted() && used.isSubset(of: trimmed.kept))
      for text in texts {
        let expected = try whole.encode(text, addSpecialTokens: true).map { id in
          Int32(trimmed.kept.firstIndex(of: id) ?? -1)
        }
        #expect(try trimmed.tokenizer.encode(text, addSpecialTokens: true) == expected, "\(text)")
        try trimmed.requireImage(of: whole.encode(text), found: trimmed.tokenizer.encode(text), place: text)
      }
      for (new, old) in trimmed.kept.enumerated() {
        #expect(trimmed.tokenizer.token(Int32(new)) == whole.token(old))
        #expect(trimmed.tokenizer.isSpecial(Int32(new)) == whole.isSpecial(old))
      }
    }
  }

  /// Any text, other languages too, is still encoded without loss: the bytes are there.
  @Test func otherTextsAreWrittenInSmallerPieces() throws {
    var random = SeededRandom(seed: 5)
    for whole in try Self.tokenizers() {
      let trimmed = try whole.trimmed(keeping: whole.encode(Self.english)).tokenizer
      for _ in 0..<200 {
        let text = TokenizerTests.randomText(&random)
        #expect(
          try ExactText(trimmed.decode(trimmed.encode(text))) == ExactText(whole.decode(whole.encode(text))))
      }
      #expect(try trimmed.encode(Self.korean).count >= whole.encode(Self.korean).count)
    }
  }

  @Test func theSizeIsFilledWithTheEarliestMerges() throws {
    let whole = try TokenizerTests.trained(vocabularySize: 400)
    let least = try whole.trimmed(keeping: []).kept
    #expect(least.count == 256 + whole.addedTokens.count)
    let filled = try whole.trimmed(keeping: [], size: least.count + 7).kept
    #expect(filled == (0..<Int32(least.count + 7)).map { $0 })
    // A late token needs its parts first.
    let last = Int32(whole.vocabularySize - 1)
    let parts = whole.closed([last])
    #expect(parts.count > least.count + 1)
    #expect(try whole.trimmed(keeping: [last], size: 300).kept.count == 300)
    #expect(try whole.trimmed(keeping: [last], size: 5000).kept.count == whole.vocabularySize)
    #expect(throws: TokenizerError.trimTooSmall(requested: least.count, minimum: parts.count)) {
      try whole.trimmed(keeping: [last], size: least.count)
    }
  }

  @Test func itIsWrittenAndReadAndKnownAgain() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("trim-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for whole in try Self.tokenizers() {
      let trimmed = try whole.trimmed(keeping: whole.encode(Self.english + Self.korean))
      try trimmed.tokenizer.save(to: folder)
      let read = try Tokenizer.load(folder)
      for text in [Self.english, Self.korean] {
        #expect(
          try read.encode(text, addSpecialTokens: true)
            == trimmed.tokenizer.encode(text, addSpecialTokens: true))
      }
      #expect(read.part(of: whole)?.kept == trimmed.kept)
      #expect(whole.part(of: whole)?.kept.count == whole.vocabularySize)
      #expect(whole.part(of: read) == nil)
    }
    // The same tokens put together in another way are another tokenizer.
    let whole = try Tokenizer.load(Golden.url("tokenizers/bytebpe1024"))
    try whole.trimmed(keeping: whole.encode(Self.english)).tokenizer.save(to: folder)
    let file = folder.appendingPathComponent("tokenizer.json")
    var json = try #require(try JSONValue(contentsOf: file).object)
    var model = try #require(json["model"]?.object)
    model["merges"] = .array(try #require(model["merges"]?.array).dropLast())
    json["model"] = .object(model)
    try AtomicFile.write(JSONValue.object(json).text(), to: file)
    #expect(try Tokenizer.load(folder).part(of: whole) == nil)
  }

  /// transformers lists the added tokens a second time, by their ids.
  @Test func addedTokensAreRenumberedInTheConfigurationToo() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("trim-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let byte = (UInt8.min...UInt8.max).map { #""\#(Self.spelling($0))": \#(Int($0) + 1)"# }
    try AtomicFile.write(
      """
      {"added_tokens": [{"id": 300, "content": "<end>", "special": true}], "normalizer": null,
       "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false}, "decoder": {"type": "ByteLevel"},
       "model": {"type": "BPE", "vocab": {\(byte.joined(separator: ", "))}, "merges": []}}
      """, to: folder.appendingPathComponent("tokenizer.json"))
    try AtomicFile.write(
      #"{"eos_token": "<end>", "added_tokens_decoder": {"300": {"content": "<end>"}}}"#,
      to: folder.appendingPathComponent("tokenizer_config.json"))
    let trimmed = try Tokenizer.load(folder).trimmed(keeping: [])
    #expect(trimmed.kept == (1...256).map { Int32($0) } + [300] && trimmed.tokenizer.endID == 256)
    try trimmed.tokenizer.save(to: folder)
    let text = try String(contentsOf: folder.appendingPathComponent("tokenizer_config.json"), encoding: .utf8)
    #expect(text.contains("\"256\"") && !text.contains("300"))
    #expect(try Tokenizer.load(folder).encode("a<end>") == [97, 256])
  }

  @Test func anotherCutIsRefusedWithTheFirstDifference() throws {
    let whole = try TokenizerTests.trained(vocabularySize: 400)
    let trimmed = try whole.trimmed(keeping: whole.encode("the bank"))
    let (ids, image) = (try whole.encode("the bank"), try trimmed.tokenizer.encode("the bank"))
    try trimmed.requireImage(of: ids, found: image, place: "text 3")
    func refusal(_ ids: [Int32], _ found: [Int32]) -> TokenizerError? {
      #expect(throws: TokenizerError.self) {
        try trimmed.requireImage(of: ids, found: found, place: "text 3")
      }
    }
    let other = try trimmed.tokenizer.encode("the tank")
    let first = try #require(zip(image, other).enumerated().first { $1.0 != $1.1 })
    let error = try #require(refusal(ids, other))
    #expect(error.place == "text 3" && error.exitCode == .badData)
    let expected = try #require(trimmed.tokenizer.token(first.element.0))
    let found = try #require(trimmed.tokenizer.token(first.element.1))
    #expect(error.expected == "the whole tokenizer's token \(first.offset) \"\(expected)\"")
    #expect(error.found == "token \(first.offset) \"\(found)\"")
    #expect(refusal(ids, Array(image.dropLast()))?.found == "token \(image.count - 1) none")
    let dropped = try #require((0..<400).first { !trimmed.kept.contains($0) })
    #expect(refusal(ids + [dropped], image + [0])?.expected.hasSuffix("not kept") == true)
  }

  @Test func aByteWithoutATokenIsAnError() throws {
    let json = try JSONValue(
      parsing: """
        {"added_tokens": [], "normalizer": null, "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false},
         "decoder": {"type": "ByteLevel"},
         "model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2, "aba": 3}, "merges": ["a b", "ab a"]}}
        """, source: "json")
    let whole = try Tokenizer(json: json, file: "json", configuration: TokenizerConfiguration())
    let trimmed = try whole.trimmed(keeping: whole.encode("ab"))
    #expect(try trimmed.kept == [0, 1, 2] && trimmed.tokenizer.encode("aba") == [2, 0])
    for tokenizer in [whole, trimmed.tokenizer] {
      #expect(try !tokenizer.encode("abba").isEmpty)
      // The second time the word is met too.
      for _ in 0..<2 {
        let error = #expect(throws: TokenizerError.unknownByte(text: "ab\nc", byte: 10)) {
          try tokenizer.encode("ab\nc")
        }
        #expect(error?.description.contains("\n") == false && error?.exitCode == .badData)
        for template in [ModelTemplate.plain, .chatML] {
          #expect(throws: TokenizerError.self) {
            try template.promptTokens([ChatMessage(role: "user", content: "ab")], tokenizer)
          }
        }
      }
      #expect(try tokenizer.encode("a\ncb", dropsUnknownBytes: true) == [0, 1])
    }
    let long = String(repeating: "ab", count: 30) + "한" + String(repeating: "ba", count: 30)
    let error = #expect(throws: TokenizerError.self) { try whole.encode(long) }
    #expect(
      error?.place == "the text \"" + String(repeating: "ab", count: 10) + "한"
        + String("bababababababababab") + "\"")
    #expect(try !TokenizerTests.trained().encode("\u{0}한\u{10FFFF}").isEmpty)
  }

  /// The byte's character in a vocabulary (Radford et al. 2019), escaped for JSON.
  private static func spelling(_ byte: UInt8) -> String {
    let printable = { (byte: UInt8) in
      0x21...0x7E ~= byte || 0xA1...0xAC ~= byte || 0xAE...0xFF ~= byte
    }
    let code =
      printable(byte) ? Int(byte) : 0x100 + (UInt8.min..<byte).count { !printable($0) }
    let hexadecimal = String(code, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal
  }
}
