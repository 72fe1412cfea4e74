import Corpus
import Evaluation
import Experiments
import Files
import Foundation
import Testing
import Training

/// What a study says of results whose figures are known.
@Suite struct StudyReportTests {
  private let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appendingPathComponent(
    "study-report-\(UUID().uuidString)")

  /// Two sets: one of three seeds with two pairs, one of a single seed.
  private func plan() throws -> StudyPlan {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    func write(_ name: String, _ text: String) throws {
      try AtomicFile.write(text, to: folder.appendingPathComponent(name))
    }
    let rest = "dataset: {path: x}\ntraining: {max_steps: 1}\n"
    let student = "model: {init: {from: y, prune: {num_hidden_layers: 2}}}\n" + rest
    try write("teacher.yaml", "method: sft\nmodel: y\n" + rest)
    try write("student.yaml", "method: logit_distillation\nteacher: y\n" + student)
    try write("plain.yaml", "method: sft\n" + student)
    let pair = "student: student.yaml, plain: plain.yaml"
    try write(
      "study.yaml",
      """
      name: known
      sets:
        - {name: a, seeds: [1, 2, 3], teacher: teacher.yaml, pairs: [{\(pair)}, {name: small, \(pair)}]}
        - {name: b, teacher: teacher.yaml, pairs: [{\(pair)}]}

      """)
    return try StudyPlan(
      file: folder.appendingPathComponent("study.yaml").path, data: nil, output: "out")
  }

  /// Answers to 20 questions, 12 of which are answered with yes; the first `right` of them are right.
  private func result(
    _ right: Int, tokens: Int = 100, groups: (Int) -> String = { "\($0)" }
  ) -> StudyResult {
    let answers = (0..<20).map { number -> GradedAnswer in
      let answer = Answer.boolean(number < 12)
      let completion = (number < right ? answer : .boolean(number >= 12)).text
      let problem = Problem(
        id: "\(number)", domain: "general", family: "records", level: nil, language: "en", prompt: "",
        reasoning: "", answer: answer, group: groups(number))
      return GradedAnswer(
        problem: problem, completion: completion, verification: Verifier.verify(completion, against: answer),
        tokenCount: 1, stopped: true)
    }
    var result = StudyResult(identity: "x")
    result.accuracy = AccuracyReport(answers, prior: AnswerPrior(training: answers.map(\.problem)))
    result.solved = answers.map(\.isCorrect)
    result.groups = answers.map(\.problem.group)
    result.tokens = tokens
    result.seconds = 1800
    return result
  }

  private func report(
    _ results: [String: StudyResult], _ decoding: [String: DecodingComparison] = [:],
    collecting: [String: Double] = [:]
  ) throws -> StudyReport {
    defer { try? FileManager.default.removeItem(at: folder) }
    let times = collecting.mapValues { seconds in
      var time = StageTime()
      time.seconds = seconds
      return time
    }
    return StudyReport(
      try plan(), results, decoding: decoding, collecting: times, ending: .running, command: "c")
  }

  @Test func aRowComparesTheSeedsThatAreWhole() throws {
    var results = ["a/teacher": result(16), "a/student": result(14), "a/plain": result(12)]
    results["a/seed-2/teacher"] = result(18)
    results["a/seed-2/student"] = result(16)
    results["a/seed-2/plain"] = result(12)
    results["a/seed-3/teacher"] = result(20)
    results["a/seed-3/student"] = result(20)
    let row = try #require(try report(results).rows.first)
    #expect(row.set == "a" && row.pair == "" && row.seeds == (2, 3) && row.problems == 20)
    #expect(row.commonest == 0.6 && row.hasTeacher == true && row.mcNemarP == nil && !row.isUneven)
    #expect(
      row.teacher?.seeds == [0.8, 0.9] && row.student?.seeds == [0.7, 0.8] && row.plain?.seeds == [0.6, 0.6])
    #expect(abs(try #require(row.retention).value - 0.75 / 0.85) < 1e-12)
    let difference = try #require(row.difference)
    #expect(abs(difference.value - 0.15) < 1e-12)
    // The student is right wherever its twin is.
    let interval = try #require(difference.interval)
    #expect(interval.low >= 0 && interval.low < 0.15 && interval.high > 0.15 && interval.high <= 0.5)
  }

  @Test func ofASingleSeedMcNemarIsTold() throws {
    let row = try #require(
      try report(["b/teacher": result(20), "b/student": result(18), "b/plain": result(10)]).rows.last)
    // Eight questions that one alone answered: 2 · 2⁻⁸.
    #expect(row.set == "b")
    #expect(abs(try #require(row.mcNemarP) - 2.0 / 256) < 1e-12)
    let report = try report(["b/teacher": result(20), "b/student": result(18), "b/plain": result(10)])
    #expect(report.text.contains("where one seed is counted: b, 0.0 M 0.0078."), "\(report.text)")
  }

  @Test func aTeacherTenPointsAboveTheCommonestAnswerIsOne() throws {
    for (right, isTeacher) in [(13, false), (14, true), (12, false)] {
      let report = try report(["b/teacher": result(right), "b/student": result(13), "b/plain": result(12)])
      let row = try #require(report.rows.last)
      #expect(row.hasTeacher == isTeacher && (row.retention != nil) == isTeacher, "\(right)")
      #expect(report.text.contains("no teacher") == !isTeacher)
      #expect((report.meanDifference == nil) == !isTeacher, "what has no teacher is not counted")
    }
  }

  /// The commonest answer of the training side may be rare on the test side, where a constant one reaches more.
  @Test func aConstantAnswerIsNoTeacher() throws {
    // 12 of 20 are yes; the training side says no.
    var constant = result(12)
    let prior = AnswerPrior(training: [])
    let text = String(decoding: try JSONEncoder().encode(constant.accuracy), as: UTF8.self)
    #expect(text.contains("\"commonestShare\":0.6"))
    let lower = text.replacing("\"answerPrior\":0.6", with: "\"answerPrior\":\(prior.accuracy(on: []))")
    #expect(lower != text)
    constant.accuracy = try JSONDecoder().decode(AccuracyReport.self, from: Data(lower.utf8))
    let report = try report(["b/teacher": constant, "b/student": result(13), "b/plain": result(12)])
    #expect(report.rows.last?.hasTeacher == false)
    // Reports of an earlier program say nothing of it.
    let older = text.replacing("\"commonestShare\":0.6,", with: "")
    #expect(try JSONDecoder().decode(AccuracyReport.self, from: Data(older.utf8)).commonestShare == nil)
  }

  @Test func studentsOfASetWithoutATeacherAreLeftOut() throws {
    // The mean of a's teachers counts: 12 and 15 of 20 beside 12.
    for (second, isLeftOut) in [(15, true), (16, false)] {
      let report = try report([
        "a/teacher": result(12), "a/seed-2/teacher": result(second), "a/seed-2/student": result(12),
      ])
      #expect(report.rows[0].hasTeacher == !isLeftOut)
      #expect(
        report.json["untaught"]?.array?.count == (isLeftOut ? 11 : 0), "of twelve students one is there")
      #expect(report.text.contains("Not run, as there is no teacher: a/student, a/plain") == isLeftOut)
      #expect(report.text.contains("3 of 18 runs are finished"), "a third teacher may change it")
      var junit = JUnitReport("study")
      junit.add(report)
      #expect(junit.xml.contains("no teacher") == isLeftOut)
    }
  }

  @Test func whatIsNotThereYetIsNoVerdict() throws {
    let empty = try report([:])
    #expect(empty.rows.count == 3 && empty.rows.allSatisfy { $0.hasTeacher == nil && $0.teacher == nil })
    #expect(!empty.text.contains("as many tokens"))
    #expect(!empty.text.contains("no teacher") && empty.text.contains("0 of 18 runs are finished"))
    let begun = try report(["a/teacher": result(16), "a/student": result(14)])
    #expect(begun.rows[0].teacher?.seeds == [0.8] && begun.rows[0].seeds == (1, 3))
    #expect(begun.rows[0].student == nil && begun.rows[0].difference == nil && begun.rows[0].retention == nil)
  }

  @Test func theMeanIsOverSetsWithATeacherByTheirFirstPair() throws {
    var results: [String: StudyResult] = [:]
    for (name, right) in [
      ("a/teacher", 18), ("a/student", 16), ("a/plain", 14), ("a/student-small", 12), ("a/plain-small", 14),
      ("b/teacher", 18), ("b/student", 15), ("b/plain", 15),
    ] { results[name] = result(right) }
    let report = try report(results)
    let (figure, sets) = try #require(report.meanDifference)
    #expect(sets == 2 && abs(figure.value - 0.05) < 1e-12)
    let interval = try #require(figure.interval)
    #expect(interval.low < 0.05 && interval.high > 0.05)
    #expect(report.rows[1].pair == "small")
    #expect(abs(try #require(report.rows[1].difference).value + 0.1) < 1e-12)
    let kept = try #require(report.meanRetention)
    #expect(kept.sets == 2 && abs(kept.figure.value - (16.0 / 18 + 15.0 / 18) / 2) < 1e-12)
    #expect(
      report.text.contains(
        "What a student keeps of its teacher's accuracy, the mean of 2 sets with a teacher: 86.1 % ("))
    #expect(
      report.notes.last
        == "All finished runs together took 4.0 hours, collecting what the teachers say 0.0 and timing 0.0: 4.0 in all."
    )
    #expect(report.json["seconds"]?.double == 14_400.0)
  }

  @Test func eachTargetSaysWhoReachedIt() throws {
    var results: [String: StudyResult] = [:]
    for (name, right) in [
      ("a/teacher", 20), ("a/student", 19), ("a/plain", 18), ("a/student-small", 18), ("a/plain-small", 19),
      ("b/teacher", 20), ("b/student", 20), ("b/plain", 20),
    ] { results[name] = result(right) }
    func speed(_ ratio: Double, seconds: Double?) -> DecodingComparison {
      DecodingComparison(identities: [], machine: "m", teacher: [1], student: [ratio], seconds: seconds)
    }
    let report = try report(
      results, ["a/student": speed(3, seconds: 1800), "b/student": speed(2.9, seconds: nil)],
      collecting: ["a/signals": 3600, "b/signals": 5400])
    func has(_ line: String) -> Bool { report.notes.contains(line) && report.markdown.contains(line) }
    #expect(
      has(
        "Target, at least 95.0 % of the teacher's accuracy: reached by a, 0.0 M (95.0 %); b, 0.0 M (100.0 %); "
          + "missed by a small, 0.0 M (90.0 %)."), "\(report.notes)")
    #expect(
      has(
        "Target, decoding at least 3.0 × as fast as the teacher: reached by a, 0.0 M (3.0 ×); missed by b, 0.0 M (2.9 ×)."
      ))
    // (5 + 0) / 2 points.
    #expect(
      has(
        "Target, at least +2.0 points over the same student without a teacher, in the mean: reached by the mean (+2.5)."
      ))
    let json = report.json
    #expect(json["targets"]?["retention"]?["missed"]?.array == ["a small, 0.0 M"])
    #expect(json["targets"]?["decoding"]?["least"]?.double == 3)
    #expect(json["mean_retention"]?["value"]?.double == 0.975)
    // Eight runs of half an hour, both collections, and what the timing of one pair took.
    #expect(report.seconds == 8 * 1800 + 3600 + 5400 + 1800)
    #expect(
      report.notes.last
        == "All finished runs together took 4.0 hours, collecting what the teachers say 2.5 and timing 0.5: 7.0 in all, as far as it was kept."
    )
    #expect(json["signal_seconds"]?.double == 9000 && json["decoding_seconds"]?.double == 1800)
    let empty = try self.report([:])
    #expect(empty.text.contains("as fast as the teacher: not known yet."))
  }

  @Test func filesOfAnEarlierProgramAreRead() throws {
    let text = #"{"identities": ["a", "b"], "machine": "m", "student": [3], "teacher": [1]}"#
    let comparison = try JSONDecoder().decode(DecodingComparison.self, from: Data(text.utf8))
    #expect(comparison.seconds == nil && comparison.ratios == [3])
  }

  @Test func unequalTokensAndOtherQuestionsAreNotPassedOver() throws {
    let uneven = try report([
      "b/teacher": result(18), "b/student": result(16, tokens: 90), "b/plain": result(14),
    ])
    #expect(uneven.rows[2].isUneven && uneven.text.contains("Not on as many tokens as its twin"))
    #expect(!uneven.text.contains("were trained on as many tokens"))
    let other = try report([
      "b/teacher": result(18), "b/student": result(16), "b/plain": result(14, groups: { "q\($0)" }),
    ])
    #expect(other.rows[2].teacher != nil && other.rows[2].difference == nil)
  }

  @Test func aTeacherThatFailedIsNamedAndItsStudentsToo() throws {
    var failed = StudyResult(identity: "x")
    failed.error = "step 3, loss of the batch: expected a finite number"
    let report = try report(["b/teacher": failed])
    #expect(report.exitCode == .badData && report.failures.map(\.run) == ["b/teacher"])
    #expect(report.text.contains("Not run, as their teacher failed: b/student, b/plain."))
    #expect(report.text.contains("1 of 18 runs are finished"))
  }

  @Test func decodingIsTheMedianOfAllTurns() throws {
    let results = ["b/teacher": result(18), "b/student": result(16), "b/plain": result(14)]
    let comparison = DecodingComparison(
      identities: [], machine: "a machine", teacher: [10, 10, 20], student: [50, 30, 80])
    let report = try report(results, ["b/student": comparison])
    let decoding = try #require(report.rows[2].decoding)
    #expect(decoding == (4, 3, 5) && report.text.contains("(a machine)"))
  }

  @Test func anEvenNumberOfTurnsHasItsMedianBetweenTwo() throws {
    var results: [String: StudyResult] = [:]
    for place in ["a", "a/seed-2"] {
      for role in ["teacher", "student", "plain"] { results["\(place)/\(role)"] = result(16) }
    }
    func turns(_ student: [Double]) -> DecodingComparison {
      DecodingComparison(identities: [], machine: "m", teacher: [10, 10, 10], student: student)
    }
    let report = try report(
      results, ["a/student": turns([30, 40, 50]), "a/seed-2/student": turns([50, 70, 90])])
    #expect(report.rows.first?.decoding?.median == 5 && report.rows.first?.decoding?.most == 9)
    let uneven = try self.report(
      results, ["a/student": turns([30, 40, 50]), "a/seed-2/student": turns([60, 70, 90])])
    #expect(uneven.rows.first?.decoding?.median == 5.5)
  }
}
