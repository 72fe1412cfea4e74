import Foundation
import GoldenVectors
import Kernels
import LanguageModels
import TensorCore
import Testing
import Weights

/// Students cut out of tiny models with random weights.
@Suite("Pruning") struct PruningTests {
  private static let documents: [[Int32]] = [
    (0..<10).map { Int32($0 * 29 % 32) }, (0..<14).map { Int32($0 * 7 % 32) }, [], [3],
  ]

  /// 3 layers of 4 heads of 4 entries, two for a key; hidden 8, 12 neurons, 32 tokens.
  private static func model(
    tied: Bool = true, _ change: (inout ModelConfiguration) -> Void = { _ in }
  ) throws -> Transformer {
    var configuration = ModelConfiguration(
      vocabularySize: 32, hiddenSize: 8, intermediateSize: 12, layerCount: 3, queryHeadCount: 4,
      keyValueHeadCount: 2, headDimension: 4, tiesEmbeddings: tied, attentionBias: true, mlpBias: true,
      maximumPositions: 64, beginToken: 1, endTokens: [2, 5], padToken: -1, initializerRange: 0.4)
    change(&configuration)
    var random = SeededRandom(seed: 3)
    let model = try Transformer(configuration, using: &random)
    for parameter in model.parameters where parameter.name.hasSuffix("bias") {
      parameter.value = Tensor(parameter.shape, (0..<parameter.count).map { _ in 0.2 * random.normal() })
    }
    return model
  }

  private static func logits(_ model: Transformer, _ tokens: [Int32]) -> [Float] {
    withoutGradient {
      model.logits(of: model.forward(tokens: tokens, documentLengths: [tokens.count])).values
    }
  }

  private static func parameter(_ model: Transformer, _ name: String) throws -> Parameter {
    try #require(model.parameters.first { $0.name == name }, "\(name)")
  }

  /// Changes the rows of a matrix (the elements of a vector), or its columns.
  private static func set(
    _ model: Transformer, _ name: String, rows: Range<Int>? = nil, columns: Range<Int>? = nil, to value: Float
  ) throws {
    let parameter = try parameter(model, name)
    let width = parameter.shape.count > 1 ? parameter.shape[1] : 1
    var values = parameter.value.values
    for row in rows ?? 0..<parameter.shape[0] {
      for column in columns ?? 0..<width { values[row * width + column] = value }
    }
    parameter.value = Tensor(parameter.shape, values)
  }

  private static func pruned(_ model: Transformer, _ shape: PrunedShape) throws -> (KeptParts, Transformer) {
    let smaller = try #require(try shape.steps(from: model.configuration, place: "prune").last)
    let kept = KeptParts(
      of: model.configuration, by: ActivationImportance(of: model, on: documents), for: smaller.configuration,
      layers: shape.keptLayers)
    return (kept, try model.keeping(kept))
  }

  @Test(arguments: ModelGoldenTests.implemented) func allPartsAreTheModelItself(folder: String) throws {
    let model = try ModelDirectory.load(Golden.url("models/\(folder)"))
    let same = try model.keeping(KeptParts(all: model.configuration))
    #expect(same.configuration == model.configuration)
    #expect(same.parameters.map(\.name) == model.parameters.map(\.name))
    let tokens = Self.documents[1]
    #expect(Self.logits(same, tokens) == Self.logits(model, tokens))
    // A copy: training the student leaves the teacher.
    let first = try #require(same.parameters.first)
    first.value = Tensor.zeros(first.shape)
    #expect(try #require(model.parameters.first).value.values.contains { $0 != 0 })
  }

  /// Each weight of the student, found by plain loops in the model.
  @Test(arguments: [true, false]) func weightsAreThoseOfTheKeptParts(tied: Bool) throws {
    let model = try Self.model(tied: tied)
    let kept = KeptParts(
      layers: [0, 2], channels: [1, 3, 4, 7], neurons: [[0, 5, 11], [2, 3, 4]], groups: [[1], [0]],
      tokens: [0, 1, 2, 5, 9, 31])
    let student = try model.keeping(kept)
    let configuration = student.configuration
    #expect(configuration.layerCount == 2 && configuration.hiddenSize == 4)
    #expect(configuration.intermediateSize == 3 && configuration.vocabularySize == 6)
    #expect(configuration.queryHeadCount == 2 && configuration.keyValueHeadCount == 1)
    #expect(configuration.headDimension == 4 && configuration.tiesEmbeddings == tied)
    #expect(
      configuration.beginToken == 1 && configuration.endTokens == [2, 3] && configuration.padToken == -1)
    #expect(student.parameterCount == configuration.parameterCount)
    for (index, layer) in [0, 2].enumerated() {
      // Query heads 2 and 3 share key 1; heads have 4 rows.
      let queries = kept.groups[index] == [1] ? Array(8..<16) : Array(0..<8)
      let keys = kept.groups[index] == [1] ? Array(4..<8) : Array(0..<4)
      let (channels, neurons) = (kept.channels, kept.neurons[index])
      for (name, rows, columns) in [
        ("self_attn.q_proj", queries, channels), ("self_attn.k_proj", keys, channels),
        ("self_attn.v_proj", keys, channels), ("self_attn.o_proj", channels, queries),
        ("mlp.gate_proj", neurons, channels), ("mlp.up_proj", neurons, channels),
        ("mlp.down_proj", channels, neurons),
      ] {
        let source = try Self.parameter(model, "model.layers.\(layer).\(name).weight")
        let target = try Self.parameter(student, "model.layers.\(index).\(name).weight")
        let values = source.value.values
        let expected = rows.flatMap { row in columns.map { values[row * source.shape[1] + $0] } }
        #expect(target.shape == [rows.count, columns.count] && target.value.values == expected, "\(name)")
        let bias = try Self.parameter(model, "model.layers.\(layer).\(name).bias").value.values
        #expect(
          try Self.parameter(student, "model.layers.\(index).\(name).bias").value.values
            == rows.map { bias[$0] })
      }
    }
    let table = try Self.parameter(model, tied ? "model.embed_tokens.weight" : "lm_head.weight").value.values
    #expect(
      student.outputWeight.value.values
        == kept.tokens.flatMap { token in kept.channels.map { table[Int(token) * 8 + $0] } })
  }

  /// What drops out adds nothing to the rest: without it the model computes the same.
  @Test func partsThatDoNothingAreTheFirstToGo() throws {
    let model = try Self.model()
    let last = "model.layers.2."
    // Layer 1 is the identity; in the last layer neurons 4 and 7 and the first group are dead.
    for name in ["self_attn.o_proj", "mlp.down_proj"] {
      try Self.set(model, "model.layers.1.\(name).weight", to: 0)
      try Self.set(model, "model.layers.1.\(name).bias", to: 0)
    }
    for index in 0..<3 where index != 1 {
      let layer = "model.layers.\(index)."
      for neuron in [4, 7] {
        try Self.set(model, layer + "mlp.up_proj.weight", rows: neuron..<neuron + 1, to: 0)
        try Self.set(model, layer + "mlp.up_proj.bias", rows: neuron..<neuron + 1, to: 0)
      }
      try Self.set(model, layer + "self_attn.v_proj.weight", rows: 0..<4, to: 0)
      try Self.set(model, layer + "self_attn.v_proj.bias", rows: 0..<4, to: 0)
    }
    let importance = ActivationImportance(of: model, on: Self.documents)
    #expect(abs(importance.layers[1]) < 1e-6 && importance.layers[0] > 1e-3 && importance.layers[2] > 1e-3)
    #expect(importance.neurons[2][4] == 0 && importance.groups[2][0] == 0 && importance.groups[2][1] > 0)
    let (kept, student) = try Self.pruned(
      model, PrunedShape(layerCount: 2, intermediateSize: 10, queryHeadCount: 2))
    #expect(kept.layers == [0, 2])
    #expect(kept.neurons == [[0, 1, 2, 3, 5, 6, 8, 9, 10, 11], [0, 1, 2, 3, 5, 6, 8, 9, 10, 11]])
    #expect(kept.groups == [[1], [1]] && kept.channels == Array(0..<8))
    #expect(try Self.parameter(student, "model.layers.1.mlp.up_proj.weight").shape == [10, 8])
    #expect(try Self.parameter(model, last + "mlp.up_proj.weight").shape == [12, 8])
    for tokens in Self.documents where !tokens.isEmpty {
      try requireClose(
        Self.logits(student, tokens), Self.logits(model, tokens).map(Double.init), tolerance: 1e-5, "logits")
    }
  }

  /// The layers that a person names stay, whatever their importance, and the rest is chosen among theirs.
  @Test func namedLayersStay() throws {
    let model = try Self.model()
    for name in ["self_attn.o_proj", "mlp.down_proj"] {
      try Self.set(model, "model.layers.1.\(name).weight", to: 0)
      try Self.set(model, "model.layers.1.\(name).bias", to: 0)
    }
    let (kept, student) = try Self.pruned(model, PrunedShape(keptLayers: [0, 1], intermediateSize: 10))
    #expect(kept.layers == [0, 1] && kept.neurons.count == 2 && student.configuration.layerCount == 2)
    for (shape, expected) in [
      (PrunedShape(keptLayers: []), "keep_layers of layers 0 to 2, ascending"),
      (PrunedShape(keptLayers: [1, 1]), "keep_layers of layers 0 to 2, ascending"),
      (PrunedShape(keptLayers: [0, 3]), "keep_layers of layers 0 to 2, ascending"),
      (PrunedShape(layerCount: 1, keptLayers: [0, 1]), "as many keep_layers as num_hidden_layers"),
    ] {
      let error = #expect(throws: LanguageModelError.self) {
        try shape.steps(from: model.configuration, place: "prune")
      }
      #expect(error?.expected == expected)
    }
  }

  /// A channel that is always 0 changes the others by their root mean square alone, which the norms can make up for.
  @Test func aChannelOfZerosIsTheFirstToGo() throws {
    let model = try Self.model { $0.rmsNormEpsilon = 1e-12 }
    for parameter in model.parameters where parameter.shape[0] == 8 {
      try Self.set(model, parameter.name, rows: 2..<3, to: 0)
    }
    try Self.set(model, "model.embed_tokens.weight", columns: 2..<3, to: 0)
    var smaller = model.configuration
    smaller.hiddenSize = 7
    let kept = KeptParts(
      of: model.configuration, by: ActivationImportance(of: model, on: Self.documents), for: smaller)
    let student = try model.keeping(kept)
    #expect(kept.channels == [0, 1, 3, 4, 5, 6, 7])
    for parameter in student.parameters where parameter.name.contains("norm") {
      parameter.value = Tensor(parameter.shape, parameter.value.values.map { $0 * (8.0 / 7).squareRoot() })
    }
    try requireClose(
      Self.logits(student, Self.documents[1]), Self.logits(model, Self.documents[1]).map(Double.init),
      tolerance: 1e-5, "logits")
  }

  /// L2 over documents of the mean over tokens, by plain loops from the model's own hidden states.
  @Test func aChannelsImportanceIsThatOfItsNorms() throws {
    let model = try Self.model()
    var squares = [Double](repeating: 0, count: 8)
    for tokens in Self.documents where !tokens.isEmpty {
      let final = withoutGradient { model.forward(tokens: tokens, documentLengths: [tokens.count]) }.values
      for channel in 0..<8 {
        let mean =
          tokens.indices.reduce(0.0) { $0 + Double(abs(final[$1 * 8 + channel])) } / Double(tokens.count)
        squares[channel] += mean * mean
      }
    }
    let importance = ActivationImportance(of: model, on: Self.documents)
    #expect(importance.channels.count == 4)
    for channel in 0..<8 {
      #expect(abs(importance.channels[3][channel] - squares[channel].squareRoot()) < 1e-9)
    }
  }

  @Test func theLogitsOfKeptTokensDoNotChange() throws {
    for tied in [true, false] {
      let model = try Self.model(tied: tied)
      let kept: [Int32] = [0, 1, 2, 5, 7, 8, 30, 31]
      let student = try model.keeping(tokens: kept)
      let new: [Int32] = [4, 7, 0, 3, 3, 1]
      let whole = Self.logits(model, new.map { kept[Int($0)] })
      let expected = new.indices.flatMap { row in kept.map { whole[row * 32 + Int($0)] } }
      try requireClose(
        Self.logits(student, new), expected.map(Double.init), tolerance: 1e-6, "logits, tied \(tied)")
    }
    let error = #expect(throws: LanguageModelError.self) {
      try Self.model().keeping(tokens: [0, 1, 2, 3])
    }
    #expect(error?.expected.contains("eos_token_id 5") == true)
  }

  /// The layers of SmolLM3 that turn nothing by positions keep that when others go.
  @Test func layersWithoutPositionsKeepTheirPlace() throws {
    let model = try Self.model { $0.layersWithoutPositions = [1] }
    var kept = KeptParts(all: model.configuration)
    kept.layers = [1, 2]
    kept.neurons.removeFirst()
    kept.groups.removeFirst()
    #expect(try model.keeping(kept).configuration.layersWithoutPositions == [0])
  }

  @Test(arguments: [
    (PrunedShape(layerCount: 4), "num_hidden_layers from 1 to the model's 3"),
    (PrunedShape(layerCount: 0), "num_hidden_layers from 1"),
    (PrunedShape(hiddenSize: 9), "hidden_size from 1 to the model's 8"),
    (PrunedShape(hiddenSize: 6), "hidden_size to be a multiple of num_attention_heads 4"),
    (PrunedShape(intermediateSize: 13), "intermediate_size from 1"),
    (PrunedShape(queryHeadCount: 3), "num_attention_heads of 2 times"),
    (PrunedShape(queryHeadCount: 1), "num_attention_heads of 2 times"),
    (PrunedShape(queryHeadCount: 2, keyValueHeadCount: 2), "num_attention_heads of 2 times"),
    (PrunedShape(keyValueHeadCount: 3), "num_key_value_heads from 1 to the model's 2"),
  ])
  func sizesThatDoNotFitAreRefused(shape: PrunedShape, expected: String) throws {
    let model = try Self.model().configuration
    let error = #expect(throws: LanguageModelError.self) { try shape.steps(from: model, place: "prune") }
    #expect(error?.expected.hasPrefix(expected) == true, "\(String(describing: error))")
    #expect(error?.place == "prune" && error?.exitCode == .badData)
  }

  @Test func aGPT2IsRefused() throws {
    let model = try GPT2Tests.tinyModel().configuration
    let error = #expect(throws: LanguageModelError.self) {
      try PrunedShape(layerCount: 1).steps(from: model, place: "prune")
    }
    #expect(error?.found == "gpt2")
  }

  @Test func stepsCountWhatTheyTakeAway() throws {
    let model = try Self.model().configuration
    let steps = try PrunedShape(
      layerCount: 2, hiddenSize: 4, intermediateSize: 6, keyValueHeadCount: 1
    ).steps(from: model, place: "prune")
    #expect(
      steps.map(\.change) == [
        "layers 3 → 2", "hidden size 8 → 4", "neurons of a layer 12 → 6", "heads 4 → 2",
      ])
    let counts = steps.map(\.configuration.parameterCount)
    #expect(counts == counts.sorted(by: >) && counts[0] < model.parameterCount)
    #expect(steps[1].configuration.parametersByComponent.embedding == 32 * 4)
    let (_, student) = try Self.pruned(
      Self.model(), PrunedShape(layerCount: 2, hiddenSize: 4, intermediateSize: 6, keyValueHeadCount: 1))
    #expect(student.parameterCount == counts.last)
    #expect(try PrunedShape().steps(from: model, place: "prune").isEmpty)
  }

  @Test(arguments: [true, false]) func aStudentIsWrittenAndRead(tied: Bool) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pruned-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let (_, student) = try Self.pruned(
      Self.model(tied: tied),
      PrunedShape(layerCount: 1, hiddenSize: 6, intermediateSize: 5, queryHeadCount: 2))
    try ModelDirectory.save(student, to: folder)
    let read = try ModelDirectory.load(folder)
    #expect(read.configuration == student.configuration)
    #expect(Self.logits(read, Self.documents[0]) == Self.logits(student, Self.documents[0]))
  }
}
