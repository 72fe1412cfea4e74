import Files
import Foundation
import GoldenVectors
import Kernels
import LanguageModels
import Testing
import Text
import Weights

@Suite("Stored models") struct StoredModelTests {
  /// A model of the golden tokenizer's vocabulary as a directory and as a GGUF file.
  private static func write(to folder: URL, hidden: Int = 32) throws -> (directory: URL, file: URL) {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var random = SeededRandom(seed: 2)
    let tokenizer = try Tokenizer.load(Golden.url("tokenizers/bytebpe1024"))
    var configuration = ModelConfiguration(
      vocabularySize: 1024, hiddenSize: hidden, intermediateSize: 64, layerCount: 2, queryHeadCount: 4)
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
  /// Weights that are packed as they are read decode to the same bits as those of the model in memory: in every form, for
  /// tied and untied output layers, and where matrices are stored transposed.
  @Test(arguments: DecodingFormat.allCases)
  func packsAsItReads(format: DecodingFormat) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("packed-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (directory, file) = try Self.write(to: folder)
    var random = SeededRandom(seed: 3)
    var untied = ModelConfiguration(
      vocabularySize: 600, hiddenSize: 32, intermediateSize: 64, layerCount: 1, queryHeadCount: 2)
    untied.tiesEmbeddings = false
    let gpt2 = try ModelConfiguration(
      JSONValue(
        parsing: """
          {"model_type": "gpt2", "n_embd": 32, "n_head": 4, "n_layer": 1, "n_positions": 40, "vocab_size": 600,
           "activation_function": "gelu_new", "eos_token_id": 5}
          """, source: "test"), file: "config.json")
    var places = [directory, file]
    // Tables whose rows are read from blocks.
    for type in [GGUFTensorType.q8_0, .q4_0, .f16] {
      places.append(folder.appendingPathComponent("\(type).gguf"))
      try GGUFModel.save(
        ModelDirectory.load(directory), tokenizer: StoredModel(opening: directory).tokenizer(), name: "m",
        format: .uniform(type), to: places[places.count - 1], place: "m.gguf")
    }
    for (name, configuration) in [("untied", untied), ("gpt2", gpt2)] {
      places.append(folder.appendingPathComponent(name))
      try ModelDirectory.save(
        Transformer(configuration, using: &random), to: places[places.count - 1], type: .bfloat16)
    }
    let requests = [GenerationRequest(prompt: [7, 590, 3], maximumNewTokens: 9)]
    for place in places {
      let stored = try StoredModel(opening: place)
      func answer(_ generator: Generator) throws -> GeneratedSequence {
        try generator.generate(requests, recording: SignalRecording(k: 5))[0]
      }
      let whole = try answer(Generator(stored.transformer(), weights: format))
      let packed = try answer(Generator(reading: stored, weights: format))
      #expect(packed.tokens == whole.tokens && !packed.tokens.isEmpty, "\(place.lastPathComponent)")
      #expect(packed.signals?.logProbabilities == whole.signals?.logProbabilities)
    }
  }

  /// What reading a model refuses, packing it refuses with the same words.
  @Test func packingNamesWhatIsWrong() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("wrong-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let directory = try Self.write(to: folder).directory
    let model = try ModelDirectory.load(directory)
    let whole = model.parameters.map {
      StoredTensor($0.name, shape: $0.shape, floats: $0.value.values)
    }
    let broken = StoredTensor(
      whole[0].name, shape: whole[0].shape, floats: model.parameters[0].value.values.dropLast() + [.nan])
    for tensors in [
      Array(whole.dropFirst()), Array(whole.dropLast()), [broken] + whole.dropFirst(),
      whole + [StoredTensor("other.weight", shape: [1], floats: [0])],
      [StoredTensor(whole[0].name, shape: [2, 2], floats: [1, 2, 3, 4])] + whole.dropFirst(),
    ] {
      try SafetensorsWriter.write(tensors, to: directory.appendingPathComponent("model.safetensors"))
      let stored = try StoredModel(opening: directory)
      let read = try #require(throws: LanguageModelError.self) { try stored.transformer() }
      #expect(throws: read) { try Generator(reading: stored) }
    }
    #expect(throws: LanguageModelError.self) {
      try Generator(
        reading: StoredModel(
          opening: Self.write(to: folder.appendingPathComponent("odd"), hidden: 40).directory),
        weights: .q8_0)
    }
  }
}
