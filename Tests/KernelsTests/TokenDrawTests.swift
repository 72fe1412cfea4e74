import Foundation
import Kernels
import Testing

@Suite("Token draws") struct TokenDrawTests {
  private func logits(_ count: Int, seed: UInt64, scale: Float = 3) -> [Float] {
    var random = SeededRandom(seed: seed)
    // Every third value repeats, so that ties occur.
    var values = (0..<count).map { _ in scale * random.normal() }
    for i in stride(from: 3, to: count, by: 3) { values[i] = values[i - 3] }
    return values
  }

  static let settings: [TokenDraw] = [
    TokenDraw(), TokenDraw(topK: 1), TokenDraw(topK: 5), TokenDraw(topK: 70), TokenDraw(topK: 5000),
    TokenDraw(topP: 0.5), TokenDraw(topP: 0.999), TokenDraw(minP: 0.05),
    TokenDraw(temperature: 0.2, topP: 0.9),
    TokenDraw(temperature: 2, topK: 20, topP: 0.8, minP: 0.1), TokenDraw(temperature: 0.05, topK: 50),
  ]

  @Test(arguments: [1, 7, 8, 9, 63, 65, 300, 2048], settings)
  func candidatesMatchThePlainTwin(count: Int, draw: TokenDraw) {
    let x = logits(count, seed: UInt64(count))
    let (tokens, weights) = Kernels.candidates(Buffer(x), draw: draw)
    let expected = PlainKernels.candidates(x, draw: draw)
    // Equal weights may be cut between by rounding of the sums: compare the sets where no top-p cuts.
    if draw.topP == 1 { #expect(Set(tokens) == Set(expected.tokens)) }
    #expect(abs(tokens.count - expected.tokens.count) <= 1)
    for (a, b) in zip(weights, expected.weights) { #expect(abs(a - b) <= 1e-5) }
  }

  @Test(arguments: settings) func drawsInProportion(draw: TokenDraw) {
    let x = logits(200, seed: 9)
    let rows = 4000
    let all = Buffer((0..<rows).flatMap { _ in x })
    let draws = (0..<rows).map { row in
      var one = draw
      one.uniform = (Double(row) + 0.5) / Double(rows)
      return one
    }
    let (tokens, logProbabilities) = Kernels.drawTokens(all, columns: 200, draws: draws)
    let expected = PlainKernels.candidates(x, draw: draw)
    let total = expected.weights.reduce(0, +)
    var counts: [Int32: Int] = [:]
    for token in tokens { counts[token, default: 0] += 1 }
    if draw.topK == 1 {
      #expect(counts == [expected.tokens[0]: rows])
    } else {
      for (token, weight) in zip(expected.tokens, expected.weights) {
        let share = Float(counts[token] ?? 0) / Float(rows)
        #expect(abs(share - weight / total) <= 1e-3)
      }
    }
    let row = rows / 3
    let reference = Kernels.logProbability(
      of: tokens[row], logits: Buffer(x), temperature: draw.temperature)
    #expect(abs(logProbabilities[row] - reference) <= 1e-4)
  }

  @Test(arguments: [(1, 1), (9, 3), (300, 20), (300, 300), (2048, 64), (2048, 100)])
  func topLogProbabilitiesMatchThePlainTwin(count: Int, k: Int) {
    let x = logits(count, seed: UInt64(count + k))
    for temperature in [Float(1), 2, 0.1] {
      let top = Kernels.topLogProbabilities(Buffer(x + x), columns: count, k: k, temperature: temperature)
      let expected = PlainKernels.topLogProbabilities(x, k: k, temperature: temperature)
      #expect(Array(top.indices[..<k]) == expected.indices)
      #expect(Array(top.indices[k...]) == expected.indices)
      for i in 0..<k {
        #expect(abs(Double(top.values[i]) - expected.values[i]) <= 1e-5 * max(1, abs(expected.values[i])))
      }
      if k == count {
        #expect(top.tails == [-.infinity, -.infinity])
      } else if expected.tail > -60 {
        #expect(abs(Double(top.tails[0]) - expected.tail) <= 1e-4 * max(1, abs(expected.tail)))
      }
    }
  }
}
