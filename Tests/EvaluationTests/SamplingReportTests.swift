import Corpus
import Evaluation
import Foundation
import Testing

@Suite struct SamplingReportTests {
  @Test func theMajorityWinsTiesGoToTheFirstAndTheUnreadableDoNotVote() {
    let problem = SampledProblem()
    func vote(_ answers: String...) -> MajorityVote { MajorityVote(answers.map(problem.graded)) }
    let split = vote("3", "7", "7.0", "7", "none")
    #expect(split.answer == "7" && split.votes == 3 && split.samples == 5 && split.share == 0.6)
    #expect(split.isCorrect)
    let tied = vote("3", "7", "3", "7")
    #expect(tied.answer == "3" && !tied.isCorrect)
    #expect(vote("7", "3", "7", "3").isCorrect)
    let silent = vote("none", "nothing", "", "nil")
    #expect(silent.answer == nil && silent.share == 0 && !silent.isCorrect)
    // Three that cannot be read are no majority.
    #expect(vote("none", "nothing", "7", "nil").isCorrect)
    #expect(MajorityVote([]).share == 0)
  }

  /// By hand: of two answers said with 0.9 one is right, |0.5 − 0.9| · 2/4; 0.2 and wrong, 0.2 · 1/4; 1 and right, 0.
  @Test func calibrationIsTheDistanceOfConfidenceAndAccuracy() throws {
    let calibration = try #require(Calibration([(0.9, true), (0.9, false), (0.2, false), (1, true)]))
    #expect(abs(calibration.expectedError - 0.25) < 1e-12)
    #expect(abs(calibration.brierScore - (0.01 + 0.81 + 0.04 + 0) / 4) < 1e-12)
    #expect(calibration.bins.map(\.count) == [0, 1, 0, 0, 0, 0, 0, 0, 2, 1])
    let perfect = try #require(Calibration([(1, true), (0, false), (1, true)]))
    #expect(perfect.expectedError == 0 && perfect.brierScore == 0)
    #expect(Calibration([(0.35, true)])?.bins[3].count == 1)
    #expect(Calibration([]) == nil)
    #expect(Calibration([(2, true), (-1, false), (.nan, false)])?.bins.map(\.count).reduce(0, +) == 3)
  }

  @Test func tokenProbabilitiesAreConfidence() throws {
    let problem = SampledProblem()
    let calibration = try #require(
      Calibration(tokenProbabilities: [
        problem.sampled("7", seed: 0, sample: 0, logProbability: log(0.8)),
        problem.sampled("", seed: 0, sample: 0),
      ]))
    #expect(calibration.count == 1 && abs(calibration.brierScore - 0.04) < 1e-12)
  }

  /// Two seeds of two answers to each of two problems.
  @Test func figuresAreTakenOverEachSeedAndAveraged() {
    let plan = SamplePlan(samples: 2, seeds: [5, 9])
    let answers =
      SampledProblem(id: "a").sampled(["7", "3", "7", "7"], plan: plan)
      + SampledProblem(id: "b").sampled(["3", "7", "3", "3"], plan: plan)
    let report = SamplingReport(answers, plan: plan, passAt: [1, 2])
    #expect(report.passAtK.map(\.estimate.mean) == [0.5, 0.75])
    // Ties go to the first answer: right, right; wrong, wrong.
    #expect(report.majority.mean == 0.5)
    #expect(report.solved == [true, false])
    #expect(report.seeds.map(\.seed) == [5, 9] && report.seeds.map(\.accuracy) == [0.5, 0.5])
    #expect(report.seeds.map(\.majorityAccuracy) == [0.5, 0.5])
    #expect(report.seeds.map(\.passAtK) == [[0.5, 1], [0.5, 0.5]])
    #expect(report.spread?.standardDeviation == 0)
    let empty = SamplingReport([], plan: plan, passAt: [1])
    #expect(empty.majority.mean == 0 && empty.calibration == nil)
  }

  /// Sample standard deviation, by hand: deviations −1, 0, 1.
  @Test func spread() throws {
    let spread = try #require(Spread([2, 3, 4]))
    #expect(spread.median == 3 && Spread([4, 1, 2, 9])?.median == 3)
    #expect(spread == Spread([4, 2, 3]))
    #expect(spread.mean == 3 && spread.standardDeviation == 1 && spread.minimum == 2 && spread.maximum == 4)
    #expect(Spread([5])?.standardDeviation == 0 && Spread([]) == nil)
  }

  /// Eight equal answers to each of 50 problems know no more than one to each; independent ones know more.
  @Test func answersToOneProblemDoNotCountAsProblems() throws {
    let problems = (0..<50).map { SampledProblem(id: "\($0)") }
    let copies = problems.enumerated().flatMap { index, problem in
      (0..<8).map { _ in problem.graded(index % 2 == 0 ? "7" : "3") }
    }
    let report = AccuracyReport(copies, samples: 8)
    #expect(report.overall.problems == 50 && report.overall.answers == 400 && report.overall.accuracy == 0.5)
    let single = AccuracyReport(stride(from: 0, to: 400, by: 8).map { copies[$0] })
    let (wide, expected) = (report.overall.interval, single.overall.interval)
    #expect(abs((wide.high - wide.low) - (expected.high - expected.low)) < 0.03, "\(wide) \(expected)")
    let mixed = problems.flatMap { problem in (0..<8).map { problem.graded($0 % 2 == 0 ? "7" : "3") } }
    #expect(AccuracyReport(mixed, samples: 8).overall.interval.low == 0.5)
  }

  /// Drawing from problems that are all solved shows no doubt; five problems leave some.
  @Test func allRightLeavesDoubt() {
    let right = (0..<5).flatMap { id in (0..<4).map { _ in SampledProblem(id: "\(id)").graded("7") } }
    #expect(
      AccuracyReport(right, samples: 4).overall.interval
        == ConfidenceInterval(WilsonInterval(successes: 5, trials: 5)))
    #expect(ConfidenceInterval(overProblems: [0, 0]).high > 0.5)
    #expect(
      ConfidenceInterval(overProblems: []) == ConfidenceInterval(WilsonInterval(successes: 0, trials: 0)))
  }

  @Test func languageIsThatOfMostLettersWhereThereAreEnough() throws {
    let english = SampledProblem(language: "en"), korean = SampledProblem(language: "ko")
    let consistency = try #require(
      LanguageConsistency([
        english.graded("<think>Seven is three plus four.</think>7"),
        english.graded("<think>셋에 넷을 더하면 일곱이다, 그래서 seven.</think>7"),
        korean.graded("<think>셋에 넷을 더하면 일곱이다. OEE 계산.</think>7"),
        // The reasoning is measured, not the answer.
        korean.graded("<think>셋에 넷을 더하면 일곱이 됩니다.</think>seven of the machines are running"),
        korean.graded("B"), english.graded("7"),
        SampledProblem(language: "fi").graded("Vastaus on varmasti seitsemän."),
      ]))
    #expect(consistency.overall.answers == 4 && consistency.overall.share == 0.75)
    #expect(consistency.byLanguage.map(\.language) == ["en", "ko"])
    #expect(consistency.byLanguage.map(\.share) == [0.5, 1])
    #expect(LanguageConsistency([korean.graded("B")]) == nil)
  }
}
