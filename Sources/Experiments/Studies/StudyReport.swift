import Evaluation
import Files
import Foundation
import Kernels
import Training

/// What came out of a study, finished or not.
public struct StudyReport: Sendable {
  /// Also tells that a directory holds a study.
  static let fileName = "study.json"
  public let study: Study
  public let ending: SweepReport.Ending
  public let rows: [StudyRow]
  /// Runs of the whole study.
  public let finished: (runs: Int, of: Int)
  /// Each run of the study: its seconds when it is finished, and why it failed.
  let runs: [(name: String, seconds: Double?, error: String?)]
  public let failures: [(run: String, error: String)]
  /// Students whose teacher failed, and those of sets whose teachers know too little.
  let lost: [String]
  let untaught: [String]
  /// Of all finished runs: loading, training, evaluating.
  public let trainingSeconds: Double
  /// Of collecting what the teachers say, and of timing decoding, as far as that was kept.
  public let signalSeconds: Double
  public let decodingSeconds: Double
  /// Whether those of all that was done are there: earlier programs did not keep them.
  public let hasAllTimes: Bool
  /// Finished runs whose models are on another machine.
  let copied: [String]
  /// Of everything together.
  public var seconds: Double { trainingSeconds + signalSeconds + decodingSeconds }
  public let command: String

  package init(
    _ plan: StudyPlan, _ results: [String: StudyResult], decoding: [String: DecodingComparison],
    collecting: [String: StageTime] = [:], copied: [String] = [], trainsUntaught: Bool = false,
    ending: SweepReport.Ending, command: String
  ) {
    study = plan.study
    self.ending = ending
    self.command = command
    rows = StudyRow.rows(plan, results, decoding: decoding)
    finished = (results.count, plan.trials.count)
    self.copied = copied
    runs = plan.trials.map { ($0.name, results[$0.name]?.seconds, results[$0.name]?.error) }
    failures = plan.trials.compactMap { trial in results[trial.name]?.error.map { (trial.name, $0) } }
    let failed = plan.trials.filter { $0.role == .teacher && results[$0.name]?.error != nil }
    lost = plan.trials.filter { trial in
      trial.role != .teacher && failed.contains { $0.set == trial.set && $0.seed == trial.seed }
    }.map(\.name)
    let left = Set(rows.filter { $0.hasTeacher == false }.map(\.set))
    untaught = plan.trials.filter { [lost] trial in
      !trainsUntaught && trial.role != .teacher && results[trial.name] == nil && left.contains(trial.set)
        && !lost.contains(trial.name)
    }.map(\.name)
    trainingSeconds = plan.trials.reduce(0) { $0 + (results[$1.name]?.seconds ?? 0) }
    signalSeconds = collecting.values.map(\.seconds).sorted().reduce(0, +)
    decodingSeconds = plan.trials.reduce(0) { $0 + (decoding[$1.name]?.seconds ?? 0) }
    hasAllTimes =
      decoding.values.allSatisfy { $0.seconds != nil }
      && plan.trials.allSatisfy { trial in
        results[trial.name] == nil || trial.signals.map { collecting[$0.name] != nil } ?? true
      }
  }

  /// 130 when interrupted, 65 when a run failed.
  public var exitCode: ExitCode {
    if ending == .interrupted { return .interrupted }
    return failures.isEmpty ? .done : .badData
  }

  /// `study.json` and `study.md`.
  func write(to directory: URL) throws {
    try AtomicFile.write(
      json.text(isPretty: true) + "\n", to: directory.appendingPathComponent(Self.fileName))
    try AtomicFile.write(markdown, to: directory.appendingPathComponent("study.md"))
  }

  var table: ReportTable {
    ReportTable(
      header: [
        "set, student's size", "problems", "seeds", "commonest answer", "teacher", "student",
        "keeps of the teacher's accuracy", "the same student without it", "difference, points",
        "decoding speed",
      ],
      rows: rows.map { row in
        [
          row.label, row.problems > 0 ? "\(row.problems)" : "–",
          row.seeds.counted == row.seeds.of ? "\(row.seeds.of)" : "\(row.seeds.counted) of \(row.seeds.of)",
          row.commonest.map(ReportNumber.percent) ?? "–", StudyReport.text(row.teacher),
          StudyReport.text(row.student),
          row.hasTeacher == false
            ? "no teacher" : row.retention.map { StudyReport.percent($0.value, $0.interval) } ?? "–",
          StudyReport.text(row.plain),
          row.difference.map { StudyReport.points($0.value, $0.interval) } ?? "–",
          row.decoding.map { String(format: "%.1f × (%.1f–%.1f)", $0.median, $0.least, $0.most) } ?? "–",
        ]
      })
  }

  private static func text(_ accuracy: StudyRow.Accuracy?) -> String {
    accuracy.map { percent($0.mean, $0.interval) } ?? "–"
  }

  private static func percent(_ value: Double, _ interval: ConfidenceInterval?) -> String {
    ReportNumber.percent(value)
      + (interval.map { String(format: " (%.1f–%.1f)", $0.low * 100, $0.high * 100) } ?? "")
  }

  private static func points(_ value: Double, _ interval: ConfidenceInterval?) -> String {
    ReportNumber.points(value)
      + (interval.map { " (\(ReportNumber.points($0.low)) to \(ReportNumber.points($0.high)))" } ?? "")
  }

  /// What the teacher adds, the mean over the sets that have one, by the first pair of each; and over how many.
  public var meanDifference: (figure: StudyRow.Figure, sets: Int)? { mean(of: \.difference) }

  /// What a student keeps of its teacher's accuracy, over the same.
  public var meanRetention: (figure: StudyRow.Figure, sets: Int)? { mean(of: \.retention) }

  private func mean(of figure: KeyPath<StudyRow, StudyRow.Figure?>) -> (figure: StudyRow.Figure, sets: Int)? {
    let figures = study.sets.compactMap { set in
      rows.first { $0.set == set.name && $0.hasTeacher == true }?[keyPath: figure]
    }
    guard let first = figures.first else { return nil }
    let count = Double(figures.count)
    return (
      StudyRow.Figure(
        figures.reduce(0) { $0 + $1.value } / count,
        draws: first.draws.indices.map { draw in figures.reduce(0) { $0 + $1.draws[draw] } / count }),
      figures.count
    )
  }

  /// How to read the table.
  package var notes: [String] {
    var notes = [
      "Accuracy on the test side of the records, with 95 % bootstrap intervals over groups of problems that belong together and, "
        + "where there are several, over the seeds. The step of each model is chosen on the validation side where its recipe says so."
    ]
    if rows.contains(where: { $0.commonest != nil }) {
      notes.append(
        "The commonest answer: what always giving that of the training side reaches, or the test side's own where it is more "
          + "(not known of the results of earlier programs).")
    }
    let uneven = rows.filter(\.isUneven).map(\.label)
    if rows.contains(where: { $0.difference != nil }) {
      notes.append(
        uneven.isEmpty
          ? "Both students are the same cut of the teacher and were trained on as many tokens."
          : "Not on as many tokens as its twin, or ended by its time: \(uneven.joined(separator: "; ")).")
    }
    let machines = Set(rows.flatMap(\.machines)).sorted()
    if !machines.isEmpty {
      notes.append(
        "Decoding speed beside the teacher: one sequence of 64 tokens after 64, three turns of each, the median and the range "
          + "(\(machines.joined(separator: "; ")))."
      )
    }
    if rows.contains(where: { $0.hasTeacher == false }) {
      notes.append(
        "No teacher: it is not \(Int(StudyResult.leastLead * 100)) points above the commonest answer, so there is nothing to keep."
      )
    }
    let tests = rows.compactMap { row in
      row.mcNemarP.map { "\(row.label) \(ReportNumber.probability($0))" }
    }
    if !tests.isEmpty {
      notes.append(
        "Exact McNemar p of a student and its twin, where one seed is counted: \(tests.joined(separator: "; "))."
      )
    }
    func over(_ sets: Int) -> String { "the mean of \(sets) \(sets == 1 ? "set" : "sets") with a teacher" }
    if let (figure, sets) = meanRetention {
      notes.append(
        "What a student keeps of its teacher's accuracy, \(over(sets)): "
          + "\(StudyReport.percent(figure.value, figure.interval)).")
    }
    if let (figure, sets) = meanDifference {
      notes.append(
        "What the teacher adds, \(over(sets)): \(StudyReport.points(figure.value, figure.interval)) points.")
    }
    notes += targets.map(\.text)
    notes += failures.map { "\($0.run) failed: \($0.error)" }
    if !lost.isEmpty { notes.append("Not run, as their teacher failed: \(lost.joined(separator: ", ")).") }
    if !untaught.isEmpty {
      notes.append("Not run, as there is no teacher: \(untaught.joined(separator: ", ")).")
    }
    if !copied.isEmpty {
      notes.append(
        "Run elsewhere, taken without looking at their models: \(copied.joined(separator: ", ")).")
    }
    let left = finished.of - finished.runs - lost.count - untaught.count
    if left > 0 {
      notes.append("\(finished.runs) of \(finished.of) runs are finished; the same command goes on.")
    }
    func hours(_ seconds: Double) -> String { String(format: "%.1f", seconds / 3600) }
    notes.append(
      "All finished runs together took \(hours(trainingSeconds)) hours, collecting what the teachers say "
        + "\(hours(signalSeconds)) and timing \(hours(decodingSeconds)): \(hours(seconds)) in all"
        + (hasAllTimes ? "." : ", as far as it was kept."))
    return notes
  }

  /// For a terminal.
  public var text: String { table.text + "\n\n" + notes.joined(separator: "\n") }

  /// For a page.
  public var markdown: String {
    table.markdown + "\n" + notes.map { "- \(MarkdownText.line($0))\n" }.joined()
      + (command.isEmpty ? "" : "\n" + MarkdownText.block(command))
  }

  public var json: JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .double($0) } ?? .null }
    func accuracy(_ accuracy: StudyRow.Accuracy?) -> JSONValue {
      guard let accuracy else { return .null }
      return [
        "accuracy": .double(accuracy.mean), "low": number(accuracy.interval?.low),
        "high": number(accuracy.interval?.high), "seeds": .array(accuracy.seeds.map { .double($0) }),
        "balanced_accuracy": number(accuracy.balanced), "macro_f1": number(accuracy.macroF1),
        "parameters": .int(accuracy.parameters),
        "tokens": .double(accuracy.tokens), "seconds": .double(accuracy.seconds),
      ]
    }
    func figure(_ figure: StudyRow.Figure?) -> JSONValue {
      guard let figure else { return .null }
      return [
        "value": .double(figure.value), "low": number(figure.interval?.low),
        "high": number(figure.interval?.high),
      ]
    }
    return [
      "study": .string(study.name), "ending": .string(ending.rawValue), "command": .string(command),
      "runs": .int(finished.of), "finished": .int(finished.runs),
      "untaught": .array(untaught.map { .string($0) }), "seconds": .double(seconds),
      "training_seconds": .double(trainingSeconds), "signal_seconds": .double(signalSeconds),
      "decoding_seconds": .double(decodingSeconds), "has_all_times": .bool(hasAllTimes),
      "mean_retention": figure(meanRetention?.figure),
      "targets": .object(JSONObject(targets.map { ($0.goal.rawValue, $0.json) })),
      "mean_difference": figure(meanDifference?.figure), "sets_with_teacher": .int(meanDifference?.sets ?? 0),
      "rows": .array(
        rows.map { row in
          [
            "set": .string(row.set), "pair": .string(row.pair), "seeds": .int(row.seeds.counted),
            "seeds_asked": .int(row.seeds.of), "problems": .int(row.problems),
            "commonest_answer": number(row.commonest),
            "has_teacher": row.hasTeacher.map { .bool($0) } ?? .null, "teacher": accuracy(row.teacher),
            "student": accuracy(row.student), "plain": accuracy(row.plain),
            "retention": figure(row.retention),
            "difference": figure(row.difference), "mcnemar_p": number(row.mcNemarP),
            "decoding_ratio": number(row.decoding?.median), "uneven": .bool(row.isUneven),
          ]
        }),
      "copied": .array(copied.map { .string($0) }),
      "failures": .array(failures.map { ["run": .string($0.run), "error": .string($0.error)] }),
    ]
  }
}
