import Foundation
import GoldenVectors
import Kernels
import LanguageModels
import Testing
import Text
import Weights

@Suite("Stored models") struct StoredModelTests {
  /// A model of the golden tokenizer's vocabulary as a directory and as a GGUF file.
  private static func write(to folder: URL) throws -> (directory: URL, file: URL) {
    var random = SeededRandom(seed: 2)
    let tokenizer = try Tokenizer.load(Golden.url("tokenizers/bytebpe1024"))
    var configuration = ModelConfiguration(
      vocabularySize: 1024, hiddenSize: 32, intermediateSize: 64, layerCount: 2, queryHeadCount: 4)
    configuration.endTokens = [2]
    let model = try Transformer(configuration, using: &random)
    let directory = folder.appendingPathComponent("model"), file = folder.appendingPathComponent("m.gguf")
    try ModelDirectory.save(
      model, to: directory, companions: StoredModel(opening: Golden.url("tokenizers/bytebpe1024")))
    try GGUFModel.save(
      model, tokenizer: tokenizer.with(TokenizerConfiguration(chatTemplate: "{{ messages[0].content }}")),
      name: "m", format: .uniform(.f32), to: file, place: "m.gguf")
    return (directory, file)
  }

  @Test func aFileAndADirectoryHoldTheSameModel() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("stored-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let written = try Self.write(to: folder)
    let (directory, file) = (
      try StoredModel(opening: written.directory), try StoredModel(opening: written.file)
    )
    #expect(directory.hasWeights && file.hasWeights && directory.hasTokenizer && file.hasTokenizer)
    let (a, b) = (try directory.transformer(), try file.transformer())
    #expect(zip(a.parameters, b.parameters).allSatisfy { $0.value.values == $1.value.values })
    #expect(try file.configuration().vocabularySize == directory.configuration().vocabularySize)
    let text = "What is 47×36? <|im_end|>"
    #expect(try file.tokenizer().encode(text) == directory.tokenizer().encode(text))
    // The template comes along, and what is written reads as the same.
    let copy = folder.appendingPathComponent("copy")
    try ModelDirectory.save(b, to: copy, companions: file)
    let read = try StoredModel(opening: copy)
    #expect(try read.tokenizer().configuration.chatTemplate == "{{ messages[0].content }}")
    #expect(try read.tokenizer().encode(text) == file.tokenizer().encode(text))
    #expect(try StoredModel(readingGGUF: written.file).transformer().parameterCount == a.parameterCount)
  }

  @Test func whatIsNoModelIsNamed() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("none-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let text = folder.appendingPathComponent("notes.txt"), broken = folder.appendingPathComponent("b.gguf")
    try Data("hello".utf8).write(to: text)
    try Data("hello".utf8).write(to: broken)
    for place in [folder.appendingPathComponent("nowhere"), text] {
      let error = #expect(throws: LanguageModelError.noModel(path: place.path)) {
        try StoredModel(opening: place)
      }
      #expect(error?.exitCode == .noInput)
    }
    #expect(throws: WeightsError.self) { try StoredModel(opening: broken) }
    let empty = try StoredModel(opening: folder)
    #expect(!empty.hasWeights && !empty.hasTokenizer)
    #expect(throws: (any Error).self) { try empty.transformer() }
  }
}
