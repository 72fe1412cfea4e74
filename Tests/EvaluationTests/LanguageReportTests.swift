import Corpus
import Evaluation
import Testing

@Suite struct LanguageReportTests {
  /// Three parallel questions in three languages: what each language chose, by question.
  private static let chosen = ["en": "ABC", "de": "ABD", "ko": "B-D"]
  private static let right = "ABD"

  private static func answers(_ order: [String] = ["ko", "en", "de"]) -> (
    answers: [GradedAnswer], ids: [String: String]
  ) {
    var ids: [String: String] = [:]
    let answers = order.flatMap { language in
      zip(right, chosen[language] ?? "").enumerated().map { index, pair in
        let problem = Problem(
          id: "\(index)-\(language)", domain: "general", family: "records", level: nil, language: language,
          prompt: "", reasoning: "", answer: .choice(String(pair.0), count: 4), group: "\(index)")
        ids[problem.id] = "\(index)"
        let verification = Verifier.verify(String(pair.1), against: problem.answer)
        return GradedAnswer(
          problem: problem, completion: String(pair.1), verification: verification, tokenCount: 1,
          stopped: true)
      }
    }
    return (answers, ids)
  }

  @Test func accuracyIsRescaledAndSetAgainstEnglish() throws {
    let (answers, ids) = Self.answers()
    let report = LanguageReport(answers, parallelIDs: ids)
    #expect(report.rows.map(\.cell.name) == ["en", "de", "ko"])
    // RA = (acc − ¼) / ¾: (2/3 − ¼)/¾ = 5/9, 1, (1/3 − ¼)/¾ = 1/9.
    for (row, expected) in zip(report.rows, [(5.0 / 9, 1.0), (1, 1.8), (1.0 / 9, 0.2)]) {
      #expect(abs(row.cell.rescaledAccuracy - expected.0) < 1e-12, "\(row)")
      #expect(abs(try #require(row.ratioToEnglish) - expected.1) < 1e-12, "\(row)")
    }
    #expect(abs(try #require(report.meanRescaledAccuracy) - 5.0 / 9) < 1e-12)
    let others = LanguageReport(answers.filter { $0.problem.language != "en" }, parallelIDs: ids)
    #expect(others.rows.allSatisfy { $0.ratioToEnglish == nil })
    #expect(others.agreement?.meanWithEnglish == nil)
  }

  /// By the option: English and Korean are both wrong on the third question, and not alike.
  @Test func agreementGoesByTheOptionChosen() throws {
    let (answers, ids) = Self.answers()
    let agreement = try #require(LanguageReport(answers, parallelIDs: ids).agreement)
    #expect(agreement.languages == ["en", "de", "ko"] && agreement.groups == 3 && agreement.leftOut == 0)
    #expect(agreement.alike == [[3, 2, 0], [2, 3, 1], [0, 1, 2]])
    #expect(agreement.share("ko", "de") == 1.0 / 3 && agreement.share("ko", "ko") == 2.0 / 3)
    #expect(agreement.meanWithEnglish == 1.0 / 3)
    let mean = try #require(agreement.meanOfPairs)
    #expect(abs(mean - 1.0 / 3) < 1e-12)  // (2/3 + 0 + 1/3) / 3
    #expect(LanguageReport(answers).agreement == nil)
    let fewer = LanguageReport(Array(answers.dropFirst()), parallelIDs: ids).agreement
    #expect(agreement.complete == 3 && fewer?.complete == 2 && fewer?.groups == 3)
  }

  /// 200 groups: English right in 150 of them, German in all, and wherever English is wrong it answers otherwise.
  private static func many(_ groups: Int = 200, id: (Int) -> String = { "\($0)" }) -> LanguageReport {
    var ids: [String: String] = [:]
    let answers = (0..<groups).flatMap { index in
      ["en", "de"].map { language in
        let problem = Problem(
          id: "\(index)-\(language)", domain: "general", family: "records", level: nil, language: language,
          prompt: "", reasoning: "", answer: .choice("A", count: 4), group: "\(index)")
        ids[problem.id] = id(index)
        let given = language == "en" && index % 4 == 0 ? "B" : "A"
        return GradedAnswer(
          problem: problem, completion: given,
          verification: Verifier.verify(given, against: problem.answer), tokenCount: 1, stopped: true)
      }
    }
    return LanguageReport(answers, parallelIDs: ids)
  }

  @Test func intervalsAreOverTheGroups() throws {
    let report = Self.many()
    let english = report.rows[0].rescaledInterval, german = report.rows[1].rescaledInterval
    // 0.75 ± 1.96 √(0.75 · 0.25 / 200), rescaled by (a − ¼) / ¾.
    #expect(abs(english.low - (0.69 - 0.25) / 0.75) < 0.02 && abs(english.high - (0.81 - 0.25) / 0.75) < 0.02)
    // All right: Wilson's for 200 of 200, rescaled.
    let wilson = WilsonInterval(successes: 200, trials: 200)
    #expect(abs(german.low - (wilson.low - 0.25) / 0.75) < 1e-12 && abs(german.high - 1) < 1e-12)
    let agreement = try #require(report.agreement)
    let alike = try #require(agreement.interval("en", "de"))
    #expect(abs(alike.low - 0.69) < 0.015 && abs(alike.high - 0.81) < 0.015)
    #expect(agreement.interval("de", "en") == alike && agreement.interval("en", "fr") == nil)
    #expect(abs(try #require(agreement.meanWithEnglishInterval).low - 0.69) < 0.015)
    #expect(abs(try #require(agreement.meanOfPairsInterval).high - 0.81) < 0.015)
    // Questions that ask the same are drawn together: of ten groups, each has as many right.
    let fewer = Self.many(id: { "\($0 / 20)" }).rows[0].rescaledInterval
    #expect(abs(fewer.high - fewer.low) < 1e-9 && english.high - english.low > 0.1)
    let whole = LanguageAgreement(
      ParallelQuestions(languages: ["en", "de"], ids: ["1", "1"]), chosen: ["A", "A"], right: ["A", "A"])
    let one = try #require(whole?.meanOfPairsInterval)
    #expect(one.low < 0.3 && abs(one.high - 1) < 1e-12, "one group leaves doubt")
    let (answers, ids) = Self.answers(["ko", "de"])
    #expect(LanguageReport(answers, parallelIDs: ids).agreement?.meanWithEnglishInterval == nil)
  }

  @Test func optionsInAnotherOrderAreNotCompared() throws {
    let questions = ParallelQuestions(languages: ["en", "de", "en", "de"], ids: ["1", "1", "2", "2"])
    let agreement = try #require(
      LanguageAgreement(questions, chosen: ["A", "A", "A", "B"], right: ["A", "A", "A", "B"]))
    #expect(agreement.groups == 1 && agreement.leftOut == 1 && agreement.share("en", "de") == 1)
    #expect(
      LanguageAgreement(questions, chosen: ["A", "A", "A", "A"], right: [nil, nil, "A", "A"])?.leftOut == 1)
  }

  @Test func wordsOfDifferentLanguagesNameTheSameOption() {
    let english = Answer.choice("No", count: 2).option("Yes", choices: ["Yes", "No"])
    #expect(
      english != nil && english == Answer.choice("Nein", count: 2).option("Ja", choices: ["Ja", "Nein"]))
    #expect(english != Answer.choice("Nein", count: 2).option("Nein", choices: ["Ja", "Nein"]))
    #expect(Answer.choice("B", count: 2).option("A", choices: ["x", "y"]) == "A")
    #expect(Answer.boolean(true).option("no", choices: []) == "no")
    #expect(Answer.text("a").option("a", choices: []) == nil)
  }

  @Test func groupsThatLackALanguageAreNamed() throws {
    let questions = ParallelQuestions(
      languages: ["en", "de", "ko", "en", "de", "de", "fr"], ids: ["1", "1", "1", "2", "2", "3", nil])
    #expect(questions.languages == ["en", "de", "ko"])
    #expect(questions.incomplete.map(\.id) == ["2", "3"])
    #expect(questions.incomplete.map(\.missing) == [["ko"], ["en", "ko"]])
    let error = try #require(questions.missingLanguages(place: "f.jsonl"))
    let line =
      "f.jsonl: parallel_id 2: expected records in en, de, ko, found none in ko (and 1 more such groups); "
    #expect(error.description.hasPrefix(line), "\(error)")
    #expect(ParallelQuestions(languages: ["en", "en"], ids: ["1", "2"]).missingLanguages(place: "") == nil)
  }

  /// Two collections in one folder, one of them with a file for each language.
  @Test func aGroupIsMeasuredByTheFilesThatItsCollectionStandsIn() {
    let questions = ParallelQuestions(
      languages: ["en", "de", "et", "ht", "et", "et", "ht"], ids: ["1", "1", "a", "a", "b", "c", "c"],
      files: ["x", "x", "c.et", "c.ht", "c.et", "c.et", "c.ht"])
    #expect(questions.languages == ["en", "de", "et", "ht"])
    #expect(questions.incomplete.map(\.id) == ["b"] && questions.incomplete.map(\.missing) == [["ht"]])
    let error = questions.missingLanguages(place: "f")?.description
    #expect(
      error?.contains("parallel_id b: expected records in et, ht, found none in ht") == true, "\(error ?? "")"
    )
  }

  @Test func fewerQuestionsTakeWholeGroups() {
    let ids = ["a", "b", nil, "a", "b", "c"]
    #expect(ParallelQuestions.first(2, ids: ids) == [0, 3])
    #expect(ParallelQuestions.first(3, ids: ids) == [0, 1, 3])
    #expect(ParallelQuestions.first(5, ids: ids) == [0, 1, 2, 3, 4])
    #expect(ParallelQuestions.first(99, ids: ids) == Array(0..<6))
    #expect(ParallelQuestions.first(0, ids: ids).isEmpty)
  }
}
