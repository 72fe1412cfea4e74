import Evaluation
import Files
import GoldenVectors
import Testing

/// Scored choices, perplexities and rescaled accuracies against lm-evaluation-harness.
@Suite struct LikelihoodGoldenTests {
  private static func file(_ name: String) throws -> JSONValue? {
    guard Golden.has("eval/\(name).json") else {
      GoldenRegistry.skip("eval/\(name)", cases: 1, reason: "not in this set; see SWIFTLET_GOLDEN")
      return nil
    }
    return try Golden.json("eval/\(name).json")
  }

  private static func doubles(_ value: JSONValue?) -> [Double]? { value?.array?.compactMap(\.goldenDouble) }

  private static func scores(_ item: JSONValue) throws -> ChoiceScores {
    func sums(_ key: String) -> [Double]? {
      item[key]?.array?.map { doubles($0)?.reduce(0, +) ?? .nan }
    }
    let gold = item["gold"]?.int.map { [$0] } ?? item["gold"]?.array?.compactMap(\.int) ?? []
    return ChoiceScores(
      choices: try #require(item["choices"]?.array).compactMap(\.string),
      logLikelihoods: try #require(sums("token_logprobs")),
      unconditional: sums("unconditional_token_logprobs"),
      isGreedy: try #require(item["is_greedy"]?.array).compactMap(\.bool), right: Set(gold))
  }

  @Test func multipleChoiceMatchesTheHarness() throws {
    guard let golden = try Self.file("multiple_choice") else { return }
    let items = try #require(golden["items"]?.array)
    let all = try items.enumerated().map { index, item in
      let scores = try Self.scores(item)
      try requireClose(
        scores.logLikelihoods, try #require(Self.doubles(item["loglikelihoods"])), tolerance: 1e-9, "\(index)"
      )
      try requireClose(
        scores.normalizedProbabilities, try #require(Self.doubles(item["prob_norm"])), tolerance: 1e-9,
        "\(index)")
      for (rule, key) in [(ChoiceRule.sum, "pred"), (.perCharacter, "pred_norm"), (.perByte, "pred_bytes")] {
        try #require(scores.choice(by: rule) == item[key]?.int, "item \(index): \(key)")
      }
      for rule in ChoiceRule.allCases {
        let expected = item[rule.rawValue]?.double.map { $0 == 1 }
        try #require(scores.isCorrect(by: rule) == expected, "item \(index): \(rule.rawValue)")
      }
      try #require(scores.isExactMatch == (item["exact_match"]?.int == 1), "item \(index): exact_match")
      GoldenRegistry.countRun(1)
      return scores
    }
    let aggregate = try #require(golden["aggregate"])
    let report = LikelihoodReport(all)
    for rule in [ChoiceRule.sum, .perCharacter, .perByte] {
      let measure = try #require(report.measure(rule))
      try requireClose(
        measure.accuracy, try #require(aggregate[rule.rawValue]?.double), tolerance: 1e-9, rule.rawValue)
      #expect(measure.interval == WilsonInterval(successes: measure.correct, trials: items.count))
    }
    try requireClose(
      report.exactMatch.accuracy, try #require(aggregate["exact_match"]?.double), tolerance: 1e-9)
    try requireClose(
      try #require(report.measure(.sum)).standardError, try #require(aggregate["acc_stderr"]?.double),
      tolerance: 1e-9)
    // Only some items say how likely the choices are without the question.
    #expect(report.measure(.mutualInformation) == nil)
    GoldenRegistry.countRun(1)
  }

  @Test func perplexityMatchesTheHarness() throws {
    guard let golden = try Self.file("perplexity") else { return }
    let texts = try #require(golden["token_logprobs"]?.array).compactMap { Self.doubles($0) }
    let bytes = try #require(golden["bytes"]?.array).compactMap(\.int)
    let words = try #require(golden["words"]?.array).compactMap(\.int)
    var perplexity = TextPerplexity()
    for (index, tokens) in texts.enumerated() {
      perplexity.add(
        logLikelihood: tokens.reduce(0, +), tokens: tokens.count, words: words[index], bytes: bytes[index])
    }
    for (key, found) in [
      ("word_perplexity", perplexity.wordPerplexity), ("byte_perplexity", perplexity.bytePerplexity),
      ("bits_per_byte", perplexity.bitsPerByte), ("token_perplexity", perplexity.tokenPerplexity),
    ] {
      try requireClose(try #require(found), try #require(golden[key]?.double), tolerance: 1e-9, key)
    }
    GoldenRegistry.countRun(1)
  }

  @Test func rescaledAccuracyMatchesItsFormulas() throws {
    guard let golden = try Self.file("metrics") else { return }
    func number(_ item: JSONValue, _ key: String) throws -> Double {
      try #require(item[key]?.double, "\(key)")
    }
    for item in try #require(golden["rescaled_accuracy"]?["cases"]?.array) {
      let found = RescaledAccuracy.of(try number(item, "acc"), chance: try number(item, "random"))
      try requireClose(found, try number(item, "ra"), tolerance: 1e-9)
      GoldenRegistry.countRun(1)
    }
    for item in try #require(golden["rescaled_accuracy_repo"]?["cases"]?.array) {
      let found = RescaledAccuracy.of(
        try number(item, "acc"), chance: try number(item, "random"), upper: try number(item, "upper"))
      try requireClose(max(0, found), try number(item, "ra"), tolerance: 1e-9)
      GoldenRegistry.countRun(1)
    }
  }
}
