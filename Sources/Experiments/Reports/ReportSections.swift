import Evaluation

/// The sections of a distillation report, in order. A new one: a case here and its parts below.
public enum ReportSection: String, CaseIterable, Sendable {
  case summary, accuracy, stages, comparisons, families, levels, languages, curves, collection, costs, base,
    samples,
    machine

  /// What a section is made of; the two writers turn parts into Markdown or HTML.
  enum Part {
    case paragraph(String)
    case list([String])
    case table(ReportTable)
    case picture(title: String, svg: String)
    case answers(student: GradedAnswer, teacher: GradedAnswer)
    case code(String)
  }

  var title: String {
    switch self {
    case .summary: "What came out"
    case .accuracy: "Accuracy on held-out problems"
    case .stages: "What each stage changed"
    case .comparisons: "Is the difference more than chance?"
    case .families: "By family"
    case .levels: "By level"
    case .languages: "By language"
    case .curves: "Learning curves"
    case .collection: "The teacher's answers"
    case .costs: "What it cost"
    case .base: "What the student's base has read"
    case .samples: "Twenty answers"
    case .machine: "How to repeat it"
    }
  }

  func parts(of report: DistillationReport) -> [Part] {
    let accuracies = [report.teacher, report.student]
    func chart(_ title: String, _ cells: (AccuracyReport) -> [AccuracyReport.Cell]) -> Part {
      let series = (accuracies + report.controls).map {
        IntervalChart.Series(name: $0.name, cells: cells($0.accuracy))
      }
      return .picture(title: title, svg: IntervalChart(title: title, series: series).svg)
    }
    switch self {
    case .summary:
      return [.paragraph(report.summary)]
        + (report.verdicts.isEmpty ? [] : [.list(report.verdicts.map(\.line))])
    case .accuracy: return [.table(report.accuracyTable)]
    case .stages:
      guard report.gains.count > 1 else {
        return [
          .paragraph("The student was fine-tuned alone; `--stages sft,on_policy,grpo` goes on from there.")
        ]
      }
      return [.table(report.stageTable)]
    case .comparisons:
      guard !report.controls.isEmpty else {
        return [.paragraph("No controls were trained in this run; `--controls` trains and compares them.")]
      }
      let longer = report.gains.count > 1
      return [.table(report.comparisonTable)]
        + (longer
          ? [.paragraph("The controls were fine-tuned alone; the student went through all stages.")] : [])
    case .families:
      return [chart("Accuracy by family", \.byFamily), .table(report.breakdown("family", \.byFamily))]
    case .levels:
      return [chart("Accuracy by level", \.byLevel), .table(report.breakdown("level", \.byLevel))]
    case .languages:
      return [
        chart("Accuracy by language", \.byLanguage), .table(report.breakdown("language", \.byLanguage)),
      ]
    case .curves:
      let plot = LineChart(
        title: "Training loss", xLabel: "step", yLabel: "loss", series: report.curves, isLogarithmic: true)
      return [.picture(title: "Training loss", svg: plot.svg)]
    case .collection: return [.table(report.collectionTable)]
    case .costs: return [.table(report.costTable)]
    case .base: return [.list(report.baseData)]
    case .samples: return report.samples.prefix(20).map { .answers(student: $0, teacher: $1) }
    case .machine:
      return (report.command.isEmpty ? [] : [.code(report.command)]) + [
        .list(report.machine.map { "\($0.key): \($0.value)" })
      ]
    }
  }
}

extension DistillationReport {
  /// What came out, in a few sentences.
  public var summary: String {
    let held = student.accuracy.overall
    return "On \(ReportNumber.count(problems)) held-out \(domain) problems the student, "
      + "\(ReportNumber.count(student.parameters)) parameters, solves \(ReportNumber.percent(held.accuracy)) "
      + "(95 % interval \(ReportNumber.interval(held))); the teacher, \(ReportNumber.count(teacher.parameters)) "
      + "parameters, solves \(ReportNumber.percent(teacher.accuracy.overall.accuracy)). The student keeps "
      + "\(ReportNumber.percent(retention)) of the teacher's accuracy with "
      + "1/\(PlotAxis.label(Double(teacher.parameters) / Double(max(1, student.parameters)), decimals: 1)) of its "
      + "parameters; before distillation it solved \(ReportNumber.percent(accuracyBefore.overall.accuracy)). "
      + "Collecting, training and evaluating took \(ReportNumber.seconds(seconds))."
      + gains.filter { $0.accuracy < $0.accuracyBefore }.map {
        " The stage \($0.name.rawValue) lost \(ReportNumber.points($0.accuracyBefore - $0.accuracy).dropFirst()) points "
          + "(McNemar p \(ReportNumber.probability($0.mcNemar.p)))."
      }.joined()
  }
}
