import Evaluation
import Files
import Foundation
import GoldenVectors
import Testing

@Suite struct PassAtKGoldenTests {
  @Test func casesAndMean() throws {
    let group = try #require(try Golden.json("eval/metrics.json")["pass_at_k"])
    let cases = try #require(group["cases"]?.array)
    for one in cases {
      let n = try #require(one["n"]?.int), c = try #require(one["c"]?.int), k = try #require(one["k"]?.int)
      let expected = try #require(one["pass_at_k"]?.double)
      let found = PassAtK.estimate(answers: n, correct: c, k: k)
      #expect(abs(found - expected) <= 1e-9, "n \(n), c \(c), k \(k): found \(found), expected \(expected)")
    }
    let mean = try #require(group["mean"])
    let k = try #require(mean["k"]?.int), expected = try #require(mean["value"]?.double)
    let counts = try #require(mean["n"]?.array).map { $0.int ?? 0 }
    let correct = try #require(mean["c"]?.array).map { $0.int ?? 0 }
    let estimates = zip(counts, correct).map { PassAtK.estimate(answers: $0, correct: $1, k: k) }
    #expect(abs(estimates.reduce(0, +) / Double(estimates.count) - expected) <= 1e-9)
    print("pass@k: \(cases.count) cases and the mean of \(counts.count) problems")
  }
}

@Suite struct PassAtKTests {
  @Test func rightAnswersAloneAreFoundAtOnceAndNoneNever() {
    for n in 1...12 {
      for k in 1...n {
        #expect(PassAtK.estimate(answers: n, correct: n, k: k) == 1)
        #expect(PassAtK.estimate(answers: n, correct: 0, k: k) == 0)
      }
    }
  }

  /// At k = 1 it is the accuracy; it grows with k and with c.
  @Test func growsWithTriesAndWithRightAnswers() {
    let n = 20
    for c in 0...n {
      let byK = (1...n).map { PassAtK.estimate(answers: n, correct: c, k: $0) }
      #expect(abs(byK[0] - Double(c) / Double(n)) < 1e-12)
      #expect(zip(byK, byK.dropFirst()).allSatisfy { $0 <= $1 }, "c \(c): \(byK)")
      guard c < n else { continue }
      for k in 1...n {
        #expect(
          PassAtK.estimate(answers: n, correct: c, k: k)
            <= PassAtK.estimate(answers: n, correct: c + 1, k: k))
      }
    }
  }

  /// C(100000, 50000) has 30,101 digits. By logarithms of factorials, to their own rounding.
  @Test func manyAnswersOverflowNothing() {
    let (n, c, k) = (100_000, 3, 50_000)
    func logChoose(_ n: Int, _ k: Int) -> Double {
      lgamma(Double(n + 1)) - lgamma(Double(k + 1)) - lgamma(Double(n - k + 1))
    }
    let expected = 1 - exp(logChoose(n - c, k) - logChoose(n, k))
    #expect(abs(PassAtK.estimate(answers: n, correct: c, k: k) - expected) < 1e-8)
    #expect(PassAtK.estimate(answers: 1_000_000, correct: 999_999, k: 2) == 1)
  }
}
