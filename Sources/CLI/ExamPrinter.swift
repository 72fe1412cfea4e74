import Evaluation
import Files
import Foundation
import Kernels

/// An evaluation as text and as JSON. The first result is the model's, a second one that of the model it is
/// compared with.
struct ExamPrinter {
  let exam: Exam
  let results: [ExamResult]

  // MARK: Text

  var text: String {
    var blocks = results.map(describe)
    if let comparison { blocks.append(comparison.text(results[0].model, results[1].model)) }
    var notes: [String] = []
    if exam.notAsked > 0 {
      let lack = results[0].likelihood == nil ? "question that can be checked" : "choices that can be scored"
      notes.append("\(exam.notAsked) records have no \(lack)")
    }
    let leftOut = exam.skipped.count + exam.leftOut
    if leftOut > 0 { notes.append("\(leftOut) records were left out") }
    return (blocks + notes).joined(separator: "\n")
  }

  private func describe(_ result: ExamResult) -> String {
    let report = result.report
    let overall = report.overall
    var lines = [
      "\(result.model) on \(exam.name): \(percent(overall.accuracy)) of \(overall.problems) problems, "
        + "95 % interval \(percent(overall.interval.low)) to \(percent(overall.interval.high))",
      "chance \(percent(overall.chance)), answer prior \(report.answerPrior.map(percent) ?? "not measured"), "
        + (report.commonestShare.map { "commonest answer here \(percent($0)), " } ?? "")
        + (report.balancedAccuracy.map { "balanced accuracy \(percent($0)), " } ?? "")
        + (report.macroF1.map { "macro-F1 \(percent($0)), " } ?? "")
        + (result.likelihood == nil
          ? "unparsed \(overall.unparsed), ended by itself \(percent(report.stopRate)), " : "")
        + String(format: "%.1f tokens an answer", report.meanTokens),
    ]
    lines +=
      result.likelihood.map { LikelihoodPrinter($0).lines } ?? ExamSamplingPrinter(result: result).lines
    for (name, cells) in tables(report) where cells.count > 1 {
      lines.append("")
      lines.append(column(name, 28) + "problems  accuracy  interval         unparsed  chance")
      for cell in cells {
        let interval = "\(percent(cell.interval.low)) to \(percent(cell.interval.high))"
        lines.append(
          column(cell.name, 28) + column("\(cell.problems)", 10) + column(percent(cell.accuracy), 10)
            + column(interval, 17) + column("\(cell.unparsed)", 10) + percent(cell.chance))
      }
    }
    lines += LanguagePrinter(result, exam).lines
    guard result.likelihood == nil else { return lines.joined(separator: "\n") + "\n" }
    lines.append("")
    lines.append("how the answers were read:")
    lines += result.parseMethods.map { column("\($0.count)", 8) + $0.method }
    return lines.joined(separator: "\n") + "\n"
  }

  private func tables(_ report: AccuracyReport) -> [(name: String, cells: [AccuracyReport.Cell])] {
    [
      ("domain", report.byDomain), ("family", report.byFamily), ("level", report.byLevel),
      ("language", report.byLanguage),
    ]
  }

  /// A line for each answer of the first model.
  var answers: [String] {
    results[0].answers.map { answer in
      let read = answer.verification
      return "\(exam.places[answer.problem.id] ?? answer.problem.id): \(read.verdict.rawValue), "
        + "expected \(answer.problem.answer.text), read \(read.parsed ?? "nothing") (\(read.method))"
    }
  }

  private func percent(_ share: Double) -> String { String(format: "%.1f %%", 100 * share) }

  private func column(_ text: String, _ width: Int) -> String {
    text.padding(toLength: max(width, text.count + 1), withPad: " ", startingAt: 0)
  }

  // MARK: JSON

  func json(precision: Precision) -> JSONValue {
    var document = describeWhole(results[0])
    document["exam"] = .string(exam.name)
    document["not_asked"] = .int(exam.notAsked)
    document["skipped"] = .int(exam.skipped.count + exam.leftOut)
    document["precision"] = .string(precision.rawValue)
    if let comparison {
      var other = describeWhole(results[1])
      for (key, value) in comparison.json { other[key] = value }
      document["against"] = .object(other)
    }
    return .object(document)
  }

  private func describeWhole(_ result: ExamResult) -> JSONObject {
    var document = describeJSON(result)
    document["method"] = .string((result.likelihood == nil ? ScoringMethod.generate : .likelihood).rawValue)
    for (key, value) in result.likelihood.map({ LikelihoodPrinter($0).json }) ?? [] { document[key] = value }
    document["languages"] = LanguagePrinter(result, exam).json
    return document
  }

  private func describeJSON(_ result: ExamResult) -> JSONObject {
    let report = result.report
    let overall = report.overall
    func accuracies(_ cells: [AccuracyReport.Cell]) -> JSONValue {
      .object(JSONObject(cells.map { ($0.name, .double($0.accuracy)) }))
    }
    let entries: [(String, JSONValue)] = [
      ("model", .string(result.model)), ("accuracy", .double(overall.accuracy)),
      ("problems", .int(overall.problems)), ("correct", .int(overall.correct)),
      ("unparsed", .int(overall.unparsed)), ("interval", overall.interval.json),
      ("chance", .double(overall.chance)), ("rescaled_accuracy", .double(overall.rescaledAccuracy)),
      ("answer_prior", report.answerPrior.map { .double($0) } ?? .null),
      ("commonest_share", report.commonestShare.map { .double($0) } ?? .null),
      ("balanced_accuracy", report.balancedAccuracy.map { .double($0) } ?? .null),
      ("macro_f1", report.macroF1.map { .double($0) } ?? .null),
      ("by_domain", accuracies(report.byDomain)), ("by_family", accuracies(report.byFamily)),
      ("by_level", accuracies(report.byLevel)), ("by_language", accuracies(report.byLanguage)),
      ("parse_methods", .object(JSONObject(result.parseMethods.map { ($0.method, .int($0.count)) }))),
      ("stop_rate", .double(report.stopRate)), ("mean_tokens", .double(report.meanTokens)),
      ("seconds", .double(result.seconds)),
      ("tables", .object(JSONObject(tables(report).map { ($0.name, .array($0.cells.map(row))) }))),
    ]
    return JSONObject(entries + ExamSamplingPrinter(result: result).json)
  }

  private func row(_ cell: AccuracyReport.Cell) -> JSONValue {
    [
      "name": .string(cell.name), "problems": .int(cell.problems), "correct": .int(cell.correct),
      "unparsed": .int(cell.unparsed), "accuracy": .double(cell.accuracy),
      "interval": cell.interval.json,
      "chance": .double(cell.chance),
    ]
  }

  /// Writes a line for each answer of `result`.
  static func writeSamples(of result: ExamResult, _ exam: Exam, to path: String) throws {
    try AtomicFile.write(to: URL(fileURLWithPath: path)) { file in
      for (index, answer) in result.answers.enumerated() {
        let problem = answer.problem
        var line = JSONObject([
          ("id", .string(problem.id)), ("place", exam.places[problem.id].map { .string($0) } ?? .null),
          ("family", .string(problem.family)), ("level", problem.level.map { .int($0) } ?? .null),
          ("lang", .string(problem.language)), ("prompt", .string(problem.prompt)),
          ("answer", .string(problem.answer.text)), ("completion", .string(answer.completion)),
          ("verdict", .string(answer.verification.verdict.rawValue)),
          ("parsed", answer.verification.parsed.map { .string($0) } ?? .null),
          ("method", .string(answer.verification.method)), ("tokens", .int(answer.tokenCount)),
          ("stopped", .bool(answer.stopped)),
        ])
        if !result.sampling.isGreedy {
          line["seed"] = .number(String(result.samples[index].seed))
          line["sample"] = .int(result.samples[index].sample)
        }
        try file.append(result.withScores(.object(line), of: index).text() + "\n")
      }
    }
  }
}

/// Two models on the same questions.
private struct ExamComparison {
  let test: McNemarTest
  let bootstrap: PairedBootstrap
  /// What solves a problem where it has several answers.
  let solver: String

  init(_ first: ExamResult, _ second: ExamResult) {
    test = McNemarTest(first.solved, second.solved)
    bootstrap = PairedBootstrap(first.accuracies, second.accuracies)
    let plan = first.sampling.plan
    let majority = plan.samples > 1 ? " by the majority" : ""
    solver = majority + (plan.seeds.count > 1 ? " of seed \(plan.seeds[0])" : "")
  }

  func text(_ first: String, _ second: String) -> String {
    String(
      format: "difference %+.1f points, 95 %% interval %+.1f to %+.1f (paired bootstrap)\n",
      100 * bootstrap.difference, 100 * bootstrap.low, 100 * bootstrap.high)
      + "solved\(solver) by \(first) alone: \(test.onlyFirst), by \(second) alone: \(test.onlySecond); "
      + String(format: "exact McNemar p = %.2g", test.p)
  }

  var json: [(String, JSONValue)] {
    [
      ("difference", .double(bootstrap.difference)),
      ("difference_interval", ["low": .double(bootstrap.low), "high": .double(bootstrap.high)]),
      ("mcnemar_p", .double(test.p)), ("only_model", .int(test.onlyFirst)),
      ("only_against", .int(test.onlySecond)),
    ]
  }
}

extension ExamPrinter {
  private var comparison: ExamComparison? {
    results.count == 2 ? ExamComparison(results[0], results[1]) : nil
  }
}
