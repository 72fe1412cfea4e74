import Kernels
import LanguageModels
import Testing

@Suite struct GGUFNamesTests {
  /// ggml turns neighbours, transformers the two halves of a head: row 1 of a head of eight is row 4 of the halves.
  @Test func rowsOfAHeadGoFromHalvesToPairs() {
    let rows = Buffer((0..<16).map(Float.init))  // two heads of four rows, two columns
    let pairs = GGUFNames.reordered(rows, heads: 2, columns: 2, toPairs: true)
    #expect(pairs.array() == [0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15])
    #expect(GGUFNames.reordered(pairs, heads: 2, columns: 2, toPairs: false).array() == rows.array())
  }

  @Test func everyParameterHasItsName() {
    #expect(GGUFNames.name(of: "model.layers.12.self_attn.q_proj.weight") == "blk.12.attn_q.weight")
    #expect(GGUFNames.name(of: "model.layers.0.mlp.down_proj.bias") == "blk.0.ffn_down.bias")
    #expect(GGUFNames.name(of: "model.norm.weight") == "output_norm.weight")
    #expect(GGUFNames.name(of: "model.layers.0.self_attn.q_norm.weight") == nil)
  }
}
