import Foundation
import Kernels
import LanguageModels
import TensorCore
import Testing

/// A packed teacher beside the model that it was made of.
@Suite struct FrozenTransformerTests {
  /// Read in four parts: 300 + 150 tokens, 100 + 1, 600, 40.
  private static let lengths = [300, 150, 100, 1, 600, 40]
  private static let tokens = (0..<lengths.reduce(0, +)).map { Int32($0 * 31 % 96) }

  /// The log-probabilities of both at `rows`, [rows, vocabulary].
  private func both(
    _ frozen: FrozenTransformer, _ model: Transformer, rows: [Int32], lengths: [Int] = lengths,
    tokens: [Int32] = tokens
  ) -> (found: [Float], expected: [Float]) {
    withoutGradient {
      let expected = logSoftmax(
        model.logits(of: gatherRows(model.forward(tokens: tokens, documentLengths: lengths), rows: rows)))
      let states = frozen.forward(tokens: tokens, documentLengths: lengths, rows: rows)
      let found = logSoftmax(frozen.logits(of: states))
      #expect(found.shape == [rows.count, 96])
      return (found.values, expected.values)
    }
  }

  /// The largest difference of any log-probability at `rows`.
  private func worst(
    _ frozen: FrozenTransformer, _ model: Transformer, rows: [Int32], lengths: [Int] = lengths,
    tokens: [Int32] = tokens
  ) -> Float {
    let (found, expected) = both(frozen, model, rows: rows, lengths: lengths, tokens: tokens)
    return zip(found, expected).map { abs($0 - $1) }.max() ?? 0
  }

  @Test func itSaysWhatTheModelSays() throws {
    let model = try GeneratorTests.tinyModel(maximumPositions: 640)
    let frozen = FrozenTransformer(model, format: .fp32)
    let all = Self.tokens.indices.map { Int32($0) }
    #expect(worst(frozen, model, rows: all) < 1e-4)
    // Of a document nothing, of one its last token, and both sides of where the parts meet.
    #expect(worst(frozen, model, rows: [449, 450, 550, 551, 1150, 1151]) < 1e-4)
    #expect(worst(frozen, model, rows: []) == 0)
    #expect(worst(frozen, model, rows: [0], lengths: [1], tokens: [5]) < 1e-4)
  }

  @Test(arguments: [ArchitectureName.mistral, .qwen2, .qwen3, .smolLM3])
  func itIsOfTheModelsArchitecture(_ architecture: ArchitectureName) throws {
    var configuration = try GeneratorTests.tinyModel(maximumPositions: 640).configuration
    configuration.architecture = architecture
    if architecture == .mistral { configuration.slidingWindow = 40 }
    if architecture == .smolLM3 { configuration.layersWithoutPositions = [1] }
    var random = SeededRandom(seed: 3)
    let model = try Transformer(configuration, using: &random)
    // Biases and norms that are not those of a fresh model.
    for parameter in model.parameters where parameter.shape.count == 1 {
      parameter.value = Tensor(parameter.shape, parameter.value.values.map { $0 + 0.3 * random.normal() })
    }
    let all = Self.tokens.indices.map { Int32($0) }
    #expect(worst(FrozenTransformer(model, format: .fp32), model, rows: all) < 2e-4)
  }

  /// As the answers to a policy's prompts stand: a prompt once, what follows it side by side.
  @Test(arguments: [nil, 7]) func itReadsTextsThatBranch(window: Int?) throws {
    var configuration = try GeneratorTests.tinyModel(maximumPositions: 640).configuration
    if window != nil { configuration.architecture = .mistral }
    configuration.slidingWindow = window
    var random = SeededRandom(seed: 3)
    let model = try Transformer(configuration, using: &random)
    let frozen = FrozenTransformer(model, format: .fp32)
    let groups = [
      (prompt: 20, continuations: [5, 9, 1]), (prompt: 3, continuations: [30]),
      (prompt: 6, continuations: []),
    ]
    let positions = groups.flatMap { group in
      Array(0..<Int32(group.prompt))
        + group.continuations.flatMap { Int32(group.prompt)..<Int32(group.prompt + $0) }
    }
    let tokens = positions.indices.map { Int32($0 * 31 % 96) }
    let spans = AttentionSpans.branching(groups)
    #expect(spans.keyTokens != nil)
    // The last of a prompt stands before each of its continuations.
    let rows: [Int32] = [19, 20, 24, 19, 25, 33, 19, 34, 37, 67, 73]
    withoutGradient {
      let expected = gatherRows(model.forward(tokens: tokens, positions: positions, spans: spans), rows: rows)
      let found = frozen.forward(tokens: tokens, positions: positions, spans: spans, rows: rows)
      #expect(found.shape == expected.shape)
      #expect(zip(found.values, expected.values).allSatisfy { abs($0 - $1) < 1e-4 })
    }
  }

  @Test(arguments: DecodingFormat.allCases) func theThreadsDoNotChangeItsBits(format: DecodingFormat) throws {
    let model = try GeneratorTests.tinyModel(maximumPositions: 640, wide: true)
    let frozen = FrozenTransformer(model, format: format)
    let threads = Threads.count
    defer { Threads.count = threads }
    let found = [1, 2, 3].map { count in
      Threads.count = count
      return frozen.forward(tokens: Self.tokens, documentLengths: Self.lengths, rows: [0, 449, 700, 1190])
        .values
    }
    #expect(found[0] == found[1] && found[0] == found[2])
  }

  /// A context that no table of positions could hold costs nothing until it is used.
  @Test func aLongContextTakesWhatIsReadOfIt() throws {
    let model = try GeneratorTests.tinyModel(maximumPositions: 1 << 30)
    let frozen = FrozenTransformer(model, format: .fp32)
    #expect(worst(frozen, model, rows: [1190, 1150], lengths: [1191]) < 1e-4)
  }

  @Test func whatTheWeightsTakeIsCounted() throws {
    let model = try GeneratorTests.tinyModel(wide: true)
    let table = 4 * 96 * 32
    // The table of tokens is there a second time, as it was.
    #expect(FrozenTransformer(model, format: .fp32).weightBytes == 4 * model.parameterCount + table)
    let matrices = model.parameters.filter { $0.shape.count == 2 }.reduce(0) { $0 + $1.count }
    let rest = 4 * (model.parameterCount - matrices)
    if Processor.multipliesBF16 {
      #expect(FrozenTransformer(model, format: .bf16).weightBytes == 2 * matrices + rest + table)
    }
    // 8 bits and a scale of 16 for each 32.
    #expect(FrozenTransformer(model, format: .q8_0).weightBytes == matrices / 32 * 34 + rest + table)
  }

  @Test func positionsMayBeLearnt() throws {
    let model = try GPT2Tests.tinyModel()
    let vocabulary = Int32(model.configuration.vocabularySize)
    let lengths = [5, 17, 3]
    let tokens = (0..<25).map { Int32($0 * 7) % vocabulary }
    let frozen = FrozenTransformer(model, format: .fp32)
    let (found, expected) = withoutGradient {
      let rows = tokens.indices.map { Int32($0) }
      return (
        frozen.logits(of: frozen.forward(tokens: tokens, documentLengths: lengths, rows: rows)).values,
        model.logits(of: model.forward(tokens: tokens, documentLengths: lengths)).values
      )
    }
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-4 })
  }

  /// KL(fp32 ‖ shorter weights) in nats, which grows with the square of what is rounded away: 2⁻⁹ of a number in bf16,
  /// 1/254 of the largest of 32 in 8 bits, 1/16 in 4.
  @Test(arguments: [(DecodingFormat.bf16, 1e-5, 3e-3), (.q8_0, 1e-5, 6e-3), (.q4_0, 6e-3, 1)])
  func shorterWeightsStayClose(format: DecodingFormat, above: Double, below: Double) throws {
    let model = try GeneratorTests.tinyModel(maximumPositions: 640, wide: true)
    let frozen = FrozenTransformer(model, format: format)
    let rows = stride(from: 3, to: 900, by: 7).map { Int32($0) }
    let (found, expected) = both(frozen, model, rows: rows)
    let sum = zip(found, expected).reduce(0.0) { $0 + exp(Double($1.1)) * Double($1.1 - $1.0) }
    let divergence = sum / Double(rows.count)
    #expect(divergence > above && divergence < below, "\(format): \(divergence)")
  }

  @Test func laterChangesOfTheModelAreNotSeen() throws {
    let model = try GeneratorTests.tinyModel(maximumPositions: 640)
    let frozen = FrozenTransformer(model, format: .fp32)
    let rows: [Int32] = [10, 500]
    let before = frozen.forward(tokens: Self.tokens, documentLengths: Self.lengths, rows: rows).values
    for parameter in model.parameters { Kernels.scaleInPlace(parameter.value.buffer, 0.5) }
    let after = frozen.forward(tokens: Self.tokens, documentLengths: Self.lengths, rows: rows).values
    #expect(before == after)
    #expect(worst(frozen, model, rows: rows) > 0.01)
  }
}
