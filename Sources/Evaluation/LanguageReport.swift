import Corpus

/// A model's accuracy by language, as papers on cross-lingual transfer print it.
public struct LanguageReport: Sendable {
  public struct Row: Sendable {
    public let cell: AccuracyReport.Cell
    /// Of RA, at 95 %: by bootstrap over the groups of questions that ask the same, or else belong together; where all answers
    /// are right, or none is, by Wilson's.
    public let rescaledInterval: ConfidenceInterval
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
  ///   - samples: answers to each problem, those of one problem together; the agreement goes by the first of them.
  public init(
    _ answers: [GradedAnswer], choices: [String: [String]] = [:], parallelIDs: [String: String] = [:],
    samples: Int = 1
  ) {
    let groups = Dictionary(grouping: answers, by: \.problem.language)
    func interval(_ cell: AccuracyReport.Cell) -> ConfidenceInterval {
      let answers = groups[cell.name] ?? []
      let problems = stride(from: 0, to: answers.count, by: samples).map { answers[$0].problem }
      let accuracies = answers.accuracies(samples: samples), chances = problems.map(\.answer.chance)
      let bootstrap = NestedBootstrap(groups: problems.map { parallelIDs[$0.id] ?? $0.group }, seeds: 1)
      let draws =
        cell.correct == 0 || cell.correct == cell.answers
        ? []
        : bootstrap.draws {
          RescaledAccuracy.of($0.mean([accuracies]), chance: $0.mean([chances]))
        }
      return ConfidenceInterval(draws: draws)
        ?? ConfidenceInterval(
          low: RescaledAccuracy.of(cell.interval.low, chance: cell.chance),
          high: RescaledAccuracy.of(cell.interval.high, chance: cell.chance))
    }
    func cell(_ language: String) -> AccuracyReport.Cell {
      AccuracyReport.Cell(name: language, answers: groups[language] ?? [], samples: samples)
    }
    let english = groups["en"].map { _ in cell("en").rescaledAccuracy }
    rows = ParallelQuestions.ordered(groups.keys).map { language in
      let cell = cell(language)
      let ratio = english.flatMap { $0 > 0 ? cell.rescaledAccuracy / $0 : nil }
      return Row(cell: cell, rescaledInterval: interval(cell), ratioToEnglish: ratio)
    }
    func option(_ problem: Problem, _ reading: String?) -> String? {
      reading.flatMap { problem.answer.option($0, choices: choices[problem.id] ?? []) }
    }
    let first = stride(from: 0, to: answers.count, by: samples).map { answers[$0] }
    agreement = LanguageAgreement(
      ParallelQuestions(first.map(\.problem), ids: parallelIDs),
      chosen: first.map { option($0.problem, $0.verification.parsed) },
      right: first.map { option($0.problem, $0.problem.answer.text) })
  }

  /// The mean RA of the languages but English; nil without any.
  public var meanRescaledAccuracy: Double? {
    let others = rows.filter { $0.cell.name != "en" }
    return others.isEmpty ? nil : others.reduce(0) { $0 + $1.cell.rescaledAccuracy } / Double(others.count)
  }
}
