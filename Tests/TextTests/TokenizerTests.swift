import Files
import Foundation
import GoldenVectors
import Kernels
import Testing
import Text

@Suite struct TokenizerTests {
  static let text = """
    The interest on 12,500 won at 3.25% for 2 years is 812.5 won. It's the bank's offer; we'll take it.
    이자는 원금에 이율과 기간을 곱한 값입니다. 원금 12500원, 이율 3.25%, 기간 2년.
    <think>12500 * 0.0325 = 406.25</think> Answer: 812.5
    """

  static func trained(vocabularySize: Int = 320) throws -> Tokenizer {
    var trainer = try BPETrainer(.init(vocabularySize: vocabularySize, addedTokens: ["<think>", "</think>"]))
    for _ in 0..<3 { trainer.add(text) }
    return trainer.train()
  }

  static func randomText(_ random: inout SeededRandom) -> String {
    let pieces = [
      "<|im_start|>", "<think>", " ", "\n\n", "\r\n", "'s", "123", "한국어", "e\u{301}", "😀", "\u{0}",
    ]
    var text = ""
    for _ in 0..<Int.random(in: 0...24, using: &random) {
      if Int.random(in: 0..<4, using: &random) == 0 {
        text += pieces[Int.random(in: pieces.indices, using: &random)]
      } else if let scalar = Unicode.Scalar(UInt32.random(in: 0...0x1FFFF, using: &random)) {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  @Test func decodingUndoesEncoding() throws {
    let tokenizers = [
      try Self.trained(), try Tokenizer.load(Golden.url("tokenizers/llama3_like")),
      try Tokenizer.load(Golden.url("tokenizers/bytebpe1024")),
    ]
    var random = SeededRandom(seed: 5)
    for _ in 0..<1500 {
      let text = Self.randomText(&random)
      for tokenizer in tokenizers {
        let ids = try tokenizer.encode(text)
        #expect(ExactText(tokenizer.decode(ids)) == ExactText(text))
        #expect(ids.allSatisfy { 0..<tokenizer.vocabularySize ~= Int($0) })
      }
    }
  }

  @Test func repeatedEncodingsAgree() throws {
    // The first encoding meets new words, the second known ones.
    let tokenizer = try Self.trained()
    let first = try tokenizer.encode(Self.text)
    #expect(try tokenizer.encode(Self.text) == first)
    #expect(try Self.trained().encode(Self.text + Self.text) == (first + first))
  }

  @Test func longWordsTakeNoQuadraticTime() throws {
    let tokenizer = try Tokenizer.load(Golden.url("tokenizers/bytebpe1024"))
    let text = String(repeating: "ab", count: 20_000)
    #expect(try tokenizer.decode(tokenizer.encode(text)) == text)
  }

  @Test func digitsStandAlone() throws {
    let tokenizer = try Self.trained(vocabularySize: 400)
    let ids = try tokenizer.encode("12500")
    #expect(ids.map { tokenizer.token($0) } == ["1", "2", "5", "0", "0"])
  }

  @Test func nfcComposesOnlyWhatItMust() throws {
    let tokenizer = try Tokenizer.load(Golden.url("tokenizers/qwen_like"))
    for (text, composed) in [
      ("e\u{301}", "\u{E9}"), ("\u{1112}\u{1161}\u{11AB}", "한"), ("가\u{11A8}나", "각나"),
      ("\u{212B}x", "\u{C5}x"),
      ("a\u{323}\u{302} b", "\u{1EAD} b"), ("か\u{3099}", "が"), ("€ 5 → 6", "€ 5 → 6"),
    ] {
      let decoded = try tokenizer.decode(tokenizer.encode(text))
      #expect(ExactText(decoded) == ExactText(composed), "\(text)")
    }
  }

  @Test func addedTokensAreLeftmostAndLongest() throws {
    var trainer = try BPETrainer(
      .init(vocabularySize: 400, specialTokens: ["<a>", "<a><b>", "<b>c"], splitsDigits: true))
    trainer.add("abc")
    let tokenizer = trainer.train()
    #expect(try tokenizer.encode("<a><b>c").first == tokenizer.id(of: "<a><b>"))
    #expect(try tokenizer.encode("<a><b").first == tokenizer.id(of: "<a>"))
    #expect(try tokenizer.decode(tokenizer.encode("<a>x<b>c"), skipSpecialTokens: true) == "x")
  }

  @Test func streamingGivesOutWholeCharacters() throws {
    let tokenizer = try Self.trained()
    var stream = StreamingDecoder(tokenizer)
    var text = ""
    for id in try tokenizer.encode(Self.text + "😀한") {
      let piece = stream.append(id)
      #expect(!piece.contains("\u{FFFD}"))
      text += piece
    }
    #expect(text + stream.finish() == Self.text + "😀한")
    _ = stream.append(try tokenizer.encode("😀")[0])
    #expect(stream.finish() == "\u{FFFD}")
  }

  @Test func savedTokenizersLoadAsTheSame() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "swiftlet-text-\(UInt64.random(in: 0...UInt64.max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var configuration = TokenizerConfiguration(
      beginToken: nil, endToken: "<|im_end|>", paddingToken: "<pad>", chatTemplate: ChatTemplate.chatML.jinja)
    configuration.maximumLength = 512
    let tokenizer = try Self.trained().with(configuration)
    try tokenizer.save(to: folder)
    let loaded = try Tokenizer.load(folder)
    #expect(loaded.json == tokenizer.json)
    #expect(loaded.configuration.json == configuration.json)
    #expect(loaded.endID == 2)
    #expect(loaded.paddingID == 3)
    #expect(loaded.beginID == nil)
    #expect(try loaded.encode(Self.text) == tokenizer.encode(Self.text))
    #expect(try ModelTemplate(of: loaded) == .chatML)
  }
}
