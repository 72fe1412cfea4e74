import GoldenVectors
import Kernels
import TensorCore
import Testing

/// Attention against torch's, whose masks become one range of keys per query.
@Suite struct AttentionGoldenTests {
  @Test func attentionMatchesTorch() throws {
    try GoldenGroup("layers/attention").run { golden in
      let spans = try spans(golden.array("mask"))
      let (heads, keyHeads) = (try golden.int("heads"), try golden.int("kv_heads"))
      let scale = try golden.float("scale")
      try verify(golden, inputs: ["q", "k", "v"], arrange: flatTokens) {
        attention(
          $0[0], $0[1], $0[2], spans: spans, queryHeads: heads, keyValueHeads: keyHeads, scale: scale)
      }
    }
  }

  /// Documents one after another in one batch give what each gives alone.
  @Test func packedDocumentsDoNotSeeEachOther() throws {
    let lengths = [3, 1, 4]
    var random = SeededRandom(seed: 3)
    func draw(_ heads: Int) -> Tensor { OpCheck.Draw.normal([8, heads * 4]).tensor(using: &random) }
    let (q, k, v, dy) = (draw(4), draw(2), draw(2), draw(4))
    func run(_ rows: Range<Int>, _ spans: AttentionSpans) -> [[Float]] {
      let inputs = [q, k, v].map { Parameter(name: "input", value: slice($0, rows: rows)) }
      let y = attention(
        inputs[0](), inputs[1](), inputs[2](), spans: spans, queryHeads: 4, keyValueHeads: 2)
      y.backward(slice(dy, rows: rows))
      return [y.values] + inputs.map { $0.gradient?.array() ?? [] }
    }
    let packed = run(0..<8, .causal(documentLengths: lengths))
    var alone = [[Float]](repeating: [], count: 4)
    var start = 0
    for length in lengths {
      for (part, values) in run(start..<start + length, .causal(documentLengths: [length])).enumerated() {
        alone[part] += values
      }
      start += length
    }
    for (a, b) in zip(packed, alone) { try requireClose(a, b.map { Double($0) }, tolerance: 1e-6) }
  }

  @Test func anEmptySpanGivesZeroAndNoGradient() {
    let inputs = (0..<3).map {
      Parameter(name: "input \($0)", value: Tensor([2, 4], Array(1...8).map(Float.init)))
    }
    let spans = AttentionSpans(firstKey: [0, 2], endKey: [2, 2])
    let y = attention(inputs[0](), inputs[1](), inputs[2](), spans: spans, queryHeads: 1, keyValueHeads: 1)
    y.backward(Tensor([2, 4], [0, 0, 0, 0, 1, 1, 1, 1]))
    #expect(y.values[4...] == [0, 0, 0, 0])
    for input in inputs { #expect(input.gradient?.array() == [Float](repeating: 0, count: 8)) }
  }

  /// The mask [batch, queries, keys] as ranges over the keys of all batches one after another.
  private func spans(_ mask: GoldenArray) throws -> AttentionSpans {
    let (batches, queries, keys) = (mask.shape[0], mask.shape[1], mask.shape[2])
    let values = try mask.ints
    var (first, end): ([Int32], [Int32]) = ([], [])
    for row in 0..<batches * queries {
      let allowed = (0..<keys).filter { values[row * keys + $0] == 1 }
      let offset = row / queries * keys
      let range = (allowed.first ?? 0)..<((allowed.last ?? -1) + 1)
      guard range.count == allowed.count else { throw GoldenError("row \(row) of the mask is not one range") }
      first.append(Int32(offset + range.lowerBound))
      end.append(Int32(offset + range.upperBound))
    }
    return AttentionSpans(firstKey: first, endKey: end)
  }
}
