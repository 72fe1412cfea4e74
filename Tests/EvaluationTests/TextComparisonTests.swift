import Evaluation
import Foundation
import Testing

/// Two models on the same texts.
@Suite struct TextComparisonTests {
  private static func texts(_ bits: [Double], bytes: [Int]) -> [TextPerplexity] {
    zip(bits, bytes).map { bits, bytes in
      var text = TextPerplexity()
      text.add(logLikelihood: -bits * log(2), tokens: 1, words: 1, bytes: bytes)
      return text
    }
  }

  @Test func aLongTextWeighsMore() throws {
    let bytes = [10, 30, 0, 60]
    let comparison = try #require(
      TextComparison(
        Self.texts([20, 30, 0, 30], bytes: bytes), Self.texts([10, 45, 0, 60], bytes: bytes)))
    // (10 − 15 − 30) / 100
    #expect(abs(comparison.difference + 0.35) < 1e-12)
    let interval = try #require(comparison.interval)
    #expect(interval.low < -0.35 && interval.high > -0.35)
    // No draw lies beyond one text drawn alone: −30 / 60 and 10 / 10.
    #expect(interval.low >= -0.5 - 1e-12 && interval.high <= 1 + 1e-12 && interval.high > 0)
  }

  @Test func textsAreDrawnTogetherForBoth() throws {
    // Both find some texts much harder than others, the second all of them by the same.
    let bits = (1...40).map { Double($0 * $0) }
    let bytes = Array(repeating: 100, count: 40)
    let comparison = try #require(
      TextComparison(Self.texts(bits, bytes: bytes), Self.texts(bits.map { $0 + 5 }, bytes: bytes)))
    let interval = try #require(comparison.interval)
    #expect(abs(interval.low + 0.05) < 1e-12 && abs(interval.high + 0.05) < 1e-12)
  }

  @Test func oneTextHasNoInterval() throws {
    let one = try #require(TextComparison(Self.texts([8], bytes: [4]), Self.texts([4], bytes: [4])))
    #expect(one.difference == 1 && one.interval == nil)
    #expect(TextComparison(Self.texts([0], bytes: [0]), Self.texts([0], bytes: [0])) == nil)
  }
}
