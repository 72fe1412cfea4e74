import Files
import Foundation
import GoldenVectors
import Kernels
import LanguageModels
import TensorCore
import Testing
import Weights

@Suite("GPT-2") struct GPT2Tests {
  static let own = """
    {"model_type": "gpt2", "n_embd": 24, "n_head": 4, "n_layer": 2, "n_positions": 40, "vocab_size": 96,
     "n_inner": null, "activation_function": "gelu_new", "layer_norm_epsilon": 1e-05, "eos_token_id": 5}
    """
  static let others = """
    {"model_type": "gpt2", "hidden_size": 24, "num_attention_heads": 4, "num_hidden_layers": 2,
     "max_position_embeddings": 40, "vocab_size": 96, "n_inner": 96, "activation_function": "gelu_pytorch_tanh",
     "eos_token_id": 5}
    """

  static func configuration(_ text: String = own, changing key: String? = nil, to value: JSONValue? = nil)
    throws
    -> ModelConfiguration
  {
    guard case .object(var object) = try JSONValue(parsing: text, source: "test") else {
      throw GoldenError("no object")
    }
    if let key { object[key] = value }
    return try ModelConfiguration(.object(object), file: "config.json")
  }

  static func tinyModel() throws -> Transformer {
    var random = SeededRandom(seed: 4)
    var configuration = try configuration()
    configuration.initializerRange = 0.3
    return try Transformer(configuration, using: &random)
  }

  @Test func readsItsOwnKeysAndThoseOfOtherModels() throws {
    let configuration = try Self.configuration()
    #expect(configuration == (try Self.configuration(Self.others)))
    #expect(configuration == (try ModelConfiguration(configuration.json())))
    #expect(configuration.intermediateSize == 96 && configuration.tiesEmbeddings)
    #expect(configuration.endTokens == [5])
    let model = try Self.tinyModel()
    #expect(model.parameterCount == configuration.parameterCount)
    let undecayed = model.parameters.filter { !$0.decays }.map(\.name)
    #expect(undecayed.contains("transformer.wte.weight") && undecayed.contains("transformer.wpe.weight"))
    #expect(!undecayed.contains("transformer.h.0.attn.c_attn.weight"))
  }

  static let wrong: [(String, JSONValue?, String)] = [
    ("n_embd", nil, "config.json: expected the key n_embd, found none"),
    ("n_head", 0, "config.json: expected n_embd to be a multiple of n_head 0, found 24"),
    ("n_head", 5, "config.json: expected n_embd to be a multiple of n_head 5, found 24"),
    ("n_embd", 4_611_686_018_427_387_904, "hidden_size from 1 to 1048576"),
    ("n_positions", -1, "max_position_embeddings from 1"),
    ("activation_function", "relu", "activation_function gelu_new, found \"relu\""),
    ("scale_attn_by_inverse_layer_idx", true, "scale_attn_by_inverse_layer_idx false, found true"),
    ("add_cross_attention", true, "add_cross_attention false, found true"),
    ("vocab_size", "many", "vocab_size to be a whole number, found a string"),
  ]

  @Test(arguments: wrong) func namesWhatIsWrong(key: String, value: JSONValue?, message: String) throws {
    let error = #expect(throws: LanguageModelError.self) {
      try Self.configuration(changing: key, to: value)
    }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "no error")")
  }

  /// The checkpoints of 2019 have no prefix and hold the causal mask.
  @Test func loadsTheNamesOfTheFirstCheckpoints() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gpt2-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let model = try Self.tinyModel()
    try ModelDirectory.save(model, to: folder)
    let file = folder.appendingPathComponent("model.safetensors")
    var tensors = model.parameters.map { parameter in
      StoredTensor(
        String(parameter.name.dropFirst("transformer.".count)), shape: parameter.shape,
        floats: parameter.value.values)
    }
    tensors.append(StoredTensor("h.0.attn.bias", shape: [1, 1, 2, 2], floats: [1, 0, 1, 1]))
    try SafetensorsWriter.write(tensors, to: file)
    let loaded = try ModelDirectory.load(folder)
    #expect(loaded.parameters.map(\.name) == model.parameters.map(\.name))
    #expect(zip(loaded.parameters, model.parameters).allSatisfy { $0.value.values == $1.value.values })
    try SafetensorsWriter.write(tensors.dropLast(2), to: file)
    let error = #expect(throws: LanguageModelError.self) { try ModelDirectory.load(folder) }
    #expect(error?.expected == "tensor transformer.ln_f.bias [24]")
  }

  @Test(arguments: Precision.allCases) func cachedDecodingEqualsTheFullForwardPass(precision: Precision)
    throws
  {
    let model = try Self.tinyModel()
    let prompt = (0..<20).map { Int32($0 * 31 % 96) }
    let result = try Generator(model, weights: DecodingFormat(precision)).generate(
      [GenerationRequest(prompt: prompt, maximumNewTokens: 30)], recording: SignalRecording(k: 96))[0]
    // The context of 40 ends it.
    #expect(result.tokens.count == 20 && result.finishReason == .length)
    let whole = prompt + result.tokens
    let logits = Precision.$current.withValue(precision) {
      withoutGradient { model.logits(of: model.forward(tokens: whole, documentLengths: [whole.count])) }
    }
    let signals = try #require(result.signals)
    for index in result.tokens.indices {
      let row = prompt.count + index - 1
      let reference = Kernels.topLogProbabilities(
        logits.buffer.slice(row * 96..<(row + 1) * 96), columns: 96, k: 96, temperature: 1)
      // bf16 rounds keys and values in the cache too.
      let bound: Float = precision == .fp32 ? 1e-4 : 0.2
      let best = signals.logProbabilities[index * 96]
      #expect(abs(best - reference.values[0]) <= bound)
    }
  }

  @Test func packedDocumentsEqualDocumentsAlone() throws {
    let model = try Self.tinyModel()
    let documents = [1, 33, 17].map { length in (0..<length).map { Int32($0 * 17 % 96) } }
    func states(_ documents: [[Int32]]) -> [Float] {
      withoutGradient {
        model.forward(tokens: documents.flatMap { $0 }, documentLengths: documents.map(\.count)).values
      }
    }
    let (packed, alone) = (states(documents), documents.flatMap { states([$0]) })
    #expect((zip(packed, alone).map { abs($0 - $1) }.max() ?? 1) <= 1e-5)
  }
}
