import Corpus
import Evaluation
import Testing

@Suite struct AccuracyReportTests {
  private func graded(_ answer: Answer, completion: String) -> GradedAnswer {
    let problem = Problem(
      id: "1", domain: "general", family: "records", level: nil, language: "en", prompt: "", reasoning: "",
      answer: answer, group: "1")
    return GradedAnswer(
      problem: problem, completion: completion, verification: Verifier.verify(completion, against: answer),
      tokenCount: 1, stopped: true)
  }

  /// Three of four answers are A: a model that always says A has accuracy 3/4, and (1 + 0) / 2 balanced.
  @Test func alwaysTheCommonestAnswerIsHalfRightWhenBalanced() throws {
    let always = ["A", "A", "A", "B"].map { graded(.choice($0, count: 5), completion: "A") }
    let report = AccuracyReport(always, prior: AnswerPrior(training: always.map(\.problem)))
    #expect(report.overall.accuracy == 0.75)
    #expect(report.answerPrior == 0.75)
    #expect(report.balancedAccuracy == 0.5 && report.commonestShare == 0.75)
    let booleans = [(true, "yes"), (true, "no"), (true, "no"), (false, "no")].map {
      graded(.boolean($0.0), completion: $0.1)
    }
    let balanced = try #require(AccuracyReport(booleans).balancedAccuracy)
    #expect(abs(balanced - (1.0 / 3 + 1) / 2) < 1e-12, "\(balanced)")
  }

  /// A: 2 of 3 found, once given for B; B: never found; C is given once and right nowhere; one answer cannot be read.
  @Test func macroF1IsThatOfScikitLearn() throws {
    let answers = [("A", "A"), ("A", "A"), ("A", "C"), ("B", "A"), ("B", "?")].map {
      graded(.choice($0.0, count: 5), completion: $0.1)
    }
    let report = AccuracyReport(answers)
    // F1 of A 2·2/(3 + 3), of B 0, of C 0.
    #expect(abs(try #require(report.macroF1) - (4.0 / 6) / 3) < 1e-12)
    #expect(
      try #require(
        AccuracyReport(answers.filter(\.isCorrect) + [graded(.choice("B", count: 5), completion: "B")])
          .macroF1) == 1)
    #expect(AccuracyReport([graded(.choice("A", count: 2), completion: "A")]).macroF1 == nil)
    let booleans = [(true, "yes"), (true, "no"), (false, "false")].map {
      graded(.boolean($0.0), completion: $0.1)
    }
    #expect(abs(try #require(AccuracyReport(booleans).macroF1) - 2.0 / 3) < 1e-12)
  }

  /// Letters, words of a list, and numbers that are right within a tolerance.
  @Test func thePriorIsTheCommonestAnswerHoweverItIsWritten() {
    func prior(_ answers: [Answer]) -> Double {
      let problems = answers.map { graded($0, completion: "").problem }
      return AnswerPrior(training: problems).accuracy(on: problems)
    }
    #expect(prior(["Yes", "Yes", "No", "More"].map { .choice($0, count: 4) }) == 0.5)
    #expect(prior(["A", "A", "A", "B"].map { .choice($0, count: 4) }) == 0.75)
    #expect(prior([.boolean(true), .boolean(true), .boolean(false)]) == 2.0 / 3)
    let close = Answer.number(Number(2), unit: nil, tolerance: 1)
    #expect(prior([close, .number(Number(3), unit: nil, tolerance: 1), close]) == 1)
  }

  @Test func onlyListedAnswersOfSeveralKindsAreBalanced() {
    #expect(AccuracyReport([graded(.choice("A", count: 2), completion: "A")]).balancedAccuracy == nil)
    #expect(AccuracyReport([]).balancedAccuracy == nil)
    let mixed = [graded(.choice("A", count: 2), completion: "A"), graded(.number(3), completion: "3")]
    #expect(AccuracyReport(mixed).balancedAccuracy == nil)
  }
}
