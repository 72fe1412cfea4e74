import Kernels
import LanguageModels
import TensorCore
import Testing

/// A packed teacher beside the model that it was made of.
@Suite struct FrozenTransformerTests {
  /// Read in three parts: 300 + 150 tokens, 100 + 1 + 320, 40.
  private static let lengths = [300, 150, 100, 1, 320, 40]
  private static let tokens = (0..<lengths.reduce(0, +)).map { Int32($0 * 31 % 96) }

  /// The largest difference of any log-probability at `rows`.
  private func worst(
    _ frozen: FrozenTransformer, _ model: Transformer, rows: [Int32], lengths: [Int] = lengths,
    tokens: [Int32] = tokens
  ) -> Float {
    withoutGradient {
      let expected = logSoftmax(
        model.logits(of: gatherRows(model.forward(tokens: tokens, documentLengths: lengths), rows: rows)))
      let states = frozen.forward(tokens: tokens, documentLengths: lengths, rows: rows)
      let found = logSoftmax(frozen.logits(of: states))
      #expect(found.shape == [rows.count, 96])
      return zip(found.values, expected.values).map { abs($0 - $1) }.max() ?? 0
    }
  }

  @Test func itSaysWhatTheModelSays() throws {
    let model = try GeneratorTests.tinyModel(maximumPositions: 320)
    let frozen = FrozenTransformer(model, format: .fp32)
    let all = Self.tokens.indices.map { Int32($0) }
    #expect(worst(frozen, model, rows: all) < 1e-4)
    // Of a document nothing, of one its last token, and both sides of where the parts meet.
    #expect(worst(frozen, model, rows: [449, 450, 550, 870, 871]) < 1e-4)
    #expect(worst(frozen, model, rows: []) == 0)
    #expect(worst(frozen, model, rows: [0], lengths: [1], tokens: [5]) < 1e-4)
  }

  @Test(arguments: [(DecodingFormat.bf16, 0.15), (.q8_0, 0.15)])
  func shorterWeightsStayClose(format: DecodingFormat, bound: Float) throws {
    let model = try GeneratorTests.tinyModel(maximumPositions: 320, wide: true)
    let frozen = FrozenTransformer(model, format: format)
    let difference = worst(frozen, model, rows: stride(from: 3, to: 900, by: 7).map { Int32($0) })
    #expect(difference > 1e-4 && difference < bound, "\(format): \(difference)")
    #expect(frozen.weightBytes < 4 * model.parameterCount || !Processor.multipliesBF16)
  }

  @Test func laterChangesOfTheModelAreNotSeen() throws {
    let model = try GeneratorTests.tinyModel(maximumPositions: 320)
    let frozen = FrozenTransformer(model, format: .fp32)
    let rows: [Int32] = [10, 500]
    let before = frozen.forward(tokens: Self.tokens, documentLengths: Self.lengths, rows: rows).values
    for parameter in model.parameters { Kernels.scaleInPlace(parameter.value.buffer, 0.5) }
    let after = frozen.forward(tokens: Self.tokens, documentLengths: Self.lengths, rows: rows).values
    #expect(before == after)
    #expect(worst(frozen, model, rows: rows) > 0.01)
  }
}
