import Corpus

/// A model's accuracy by language, as papers on cross-lingual transfer print it.
public struct LanguageReport: Sendable {
  public struct Row: Sendable {
    public let cell: AccuracyReport.Cell
    /// RA of this language / RA of English; nil where English is not above blind guessing, or not asked.
    public let ratioToEnglish: Double?
  }

  /// English first, the others by name.
  public let rows: [Row]
  /// nil without questions that ask the same in two languages.
  public let agreement: LanguageAgreement?

  /// - Parameters:
  ///   - choices: the options' texts, by the problem's id.
  ///   - parallelIDs: the group of each problem that has one, by the problem's id.
  public init(
    _ answers: [GradedAnswer], choices: [String: [String]] = [:], parallelIDs: [String: String] = [:]
  ) {
    let groups = Dictionary(grouping: answers, by: \.problem.language)
    let english = groups["en"].map { AccuracyReport.Cell(name: "en", answers: $0).rescaledAccuracy }
    rows = ParallelQuestions.ordered(groups.keys).map { language in
      let cell = AccuracyReport.Cell(name: language, answers: groups[language] ?? [])
      let ratio = english.flatMap { $0 > 0 ? cell.rescaledAccuracy / $0 : nil }
      return Row(cell: cell, ratioToEnglish: ratio)
    }
    func option(_ problem: Problem, _ reading: String?) -> String? {
      reading.flatMap { problem.answer.option($0, choices: choices[problem.id] ?? []) }
    }
    agreement = LanguageAgreement(
      ParallelQuestions(answers.map(\.problem), ids: parallelIDs),
      chosen: answers.map { option($0.problem, $0.verification.parsed) },
      right: answers.map { option($0.problem, $0.problem.answer.text) })
  }

  /// The mean RA of the languages but English; nil without any.
  public var meanRescaledAccuracy: Double? {
    let others = rows.filter { $0.cell.name != "en" }
    return others.isEmpty ? nil : others.reduce(0) { $0 + $1.cell.rescaledAccuracy } / Double(others.count)
  }
}
