import Files
import Foundation
import GoldenVectors
import Testing
import Text

/// Each broken or foreign `tokenizer.json` is a named error, never a trap.
@Suite struct TokenizerErrorTests {
  @Test(arguments: [
    ("model", "{}"), ("model", #"{"type":"WordPiece","vocab":{}}"#),
    ("model", #"{"type":"BPE","vocab":{"a":-1},"merges":[]}"#),
    ("model", #"{"type":"BPE","vocab":{"a":99999999999},"merges":[]}"#),
    ("model", #"{"type":"BPE","vocab":{"a":0,"b":0},"merges":[]}"#),
    ("model", #"{"type":"BPE","vocab":{"a":0,"b":1},"merges":["a b"]}"#),
    ("model", #"{"type":"BPE","vocab":{"a":0},"merges":["a"]}"#),
    ("model", #"{"type":"BPE","vocab":{"a":0},"merges":[],"byte_fallback":true}"#),
    ("model", #"{"type":"BPE","vocab":{"a":0},"merges":[],"unk_token":"b"}"#),
    ("normalizer", #"{"type":"Lowercase"}"#), ("normalizer", #"{"type":"Replace"}"#),
    ("pre_tokenizer", "null"), ("pre_tokenizer", #"{"type":"Metaspace"}"#),
    ("pre_tokenizer", #"{"type":"Split","pattern":{"Regex":"\\d"},"behavior":"Isolated","invert":false}"#),
    ("pre_tokenizer", #"{"type":"Digits","individual_digits":true}"#),
    (
      "pre_tokenizer",
      #"{"type":"Sequence","pretokenizers":["#
        + Array(repeating: #"{"type":"Digits"}"#, count: 40).joined(separator: ",")
        + #",{"type":"ByteLevel"}]}"#
    ),
    ("post_processor", #"{"type":"BertProcessing"}"#),
    ("post_processor", #"{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"x"}}]}"#),
    ("post_processor", #"{"type":"TemplateProcessing","single":[]}"#),
    ("decoder", "null"), ("decoder", #"{"type":"WordPiece"}"#),
    ("added_tokens", #"[{"id":5}]"#), ("added_tokens", #"[{"content":"<x>"}]"#), ("added_tokens", "{}"),
  ])
  func refuses(part: String, text: String) throws {
    var json = try #require(try Golden.json("tokenizers/bytebpe1024/tokenizer.json").object)
    json[part] = try JSONValue(parsing: text, source: part)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "swiftlet-text-\(UInt64.random(in: 0...UInt64.max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try AtomicFile.write(JSONValue.object(json).text(), to: folder.appendingPathComponent("tokenizer.json"))
    let error = #expect(throws: TokenizerError.self) { try Tokenizer.load(folder) }
    #expect(error?.place.hasPrefix("tokenizer.json: \(part)") == true, "\(String(describing: error))")
    #expect(error?.exitCode == .badData)
  }

  @Test func aMissingTokenizerIsNamed() {
    let url = URL(fileURLWithPath: "/nowhere/tokenizer.json")
    #expect(throws: FileError.missing(path: url.path)) { try Tokenizer.load(url) }
  }
}
