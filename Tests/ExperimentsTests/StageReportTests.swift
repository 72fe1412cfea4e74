import Corpus
import Evaluation
import Experiments
import Files
import Testing
import Training

/// What a report says of its stages, from answers that the tests choose.
@Suite struct StageReportTests {
  /// Ten answers, of which those at `right` are correct.
  private static func answers(_ right: Range<Int>) -> [GradedAnswer] {
    (0..<10).map { index in
      let problem = Problem(
        id: "\(index)", domain: "finance", family: "sum", level: 1, language: "en", prompt: "3+4?",
        reasoning: "", answer: .number(7), group: "\(index)")
      let completion = right.contains(index) ? "7" : "8"
      return GradedAnswer(
        problem: problem, completion: completion,
        verification: Verifier.verify(completion, against: problem.answer), tokenCount: 1, stopped: true)
    }
  }

  private static func report(_ gains: [DistillationReport.StageGain], last: [GradedAnswer])
    -> DistillationReport
  {
    func entry(_ name: String, _ answers: [GradedAnswer]) -> DistillationReport.Entry {
      DistillationReport.Entry(
        name: name, about: "", parameters: 1000, accuracy: AccuracyReport(answers),
        solved: answers.map(\.isCorrect))
    }
    var report = DistillationReport(
      domain: "finance", command: "", seed: 1, budget: "5m", machine: [], problems: 10, seconds: 9,
      teacher: entry("teacher", answers(0..<10)), student: entry("student", last),
      accuracyBefore: AccuracyReport(answers(0..<1)), controls: [], stages: [], collection: .init(),
      curves: [], samples: [], baseData: [], path: "")
    report.gains = gains
    return report
  }

  @Test func aStageThatLosesIsNamed() throws {
    let (base, tuned, taught, rewarded) = (
      Self.answers(0..<1), Self.answers(0..<8), Self.answers(0..<5), Self.answers(4..<10)
    )
    let report = Self.report(
      [
        .init(.sft, before: base, after: tuned, seconds: 4),
        .init(.onPolicy, before: tuned, after: taught, seconds: 3, updates: 20),
        .init(.grpo, before: taught, after: rewarded, seconds: 2, updates: 10),
      ], last: rewarded)
    // Of the three that changed, none by the others' chance: 2 · 2⁻³.
    let sentence = "The stage on_policy lost 30.0 points (McNemar p 0.2500)."
    #expect(report.summary.hasSuffix(" " + sentence), "\(report.summary)")
    #expect(report.summary.components(separatedBy: "The stage").count == 2)
    for text in [report.markdown, report.html] { #expect(text.contains(sentence)) }
    #expect(report.markdown.contains("| on_policy | 80.0 % | 50.0 % | -30.0 | 0 / 3 | 0.2500 | 3.0 s |"))
    let stages = try #require(report.json["stages"]?.array)
    #expect(stages.map { $0["stage"]?.string } == ["sft", "on_policy", "grpo"])
    #expect(stages.map { $0["accuracy_before"]?.double } == [0.1, 0.8, 0.5])
    #expect(stages.map { $0["accuracy"]?.double } == [0.8, 0.5, 0.6])
    #expect(stages.map { $0["seconds"]?.double } == [4, 3, 2])
    #expect(stages[1]["mcnemar_p"]?.double.map { abs($0 - 0.25) < 1e-12 } == true)
  }

  @Test func whereNoStageLosesNoneIsNamed() {
    let (base, tuned) = (Self.answers(0..<1), Self.answers(0..<8))
    let report = Self.report(
      [
        .init(.sft, before: base, after: tuned, seconds: 4),
        .init(.grpo, before: tuned, after: tuned, seconds: 1, updates: 0),
      ], last: tuned)
    #expect(!report.summary.contains("The stage") && !report.summary.contains("lost"))
    #expect(report.markdown.contains("grpo (equal rewards: nothing to learn)"))
  }
}
