import Evaluation
import Files
import Foundation
import Training

/// The sections of a model's card, in order. A new one: a case here and its text below.
public enum CardSection: String, CaseIterable, Sendable {
  case model, data, stages, accuracy, serving, repeating

  public var title: String {
    switch self {
    case .model: "The model"
    case .data: "Data and licences"
    case .stages: "What it took"
    case .accuracy: "Accuracy"
    case .serving: "Serving"
    case .repeating: "How to repeat it"
    }
  }

  func text(of card: ModelCard) -> String {
    switch self {
    case .model: card.modelText
    case .data: card.dataText
    case .stages: card.stagesText
    case .accuracy: card.accuracyText
    case .serving: card.servingText
    case .repeating: card.repeatingText
    }
  }
}

extension ModelCard {
  /// The card with the front matter that Hugging Face reads.
  public var markdown: String {
    frontMatter + "\n\(CardFile.mark)\n\n# \(MarkdownText.line(name))\n\n"
      + CardSection.allCases.map { "## \($0.title)\n\n\($0.text(of: self))" }.joined(separator: "\n")
  }

  fileprivate var modelText: String {
    """
    - parameters: \(ReportNumber.count(parameters)) (a tied table counted once)
    - weights on disk: \(ReportNumber.count(bytes)) bytes
    - context: \(ReportNumber.count(context)) tokens, prompt and answer together
    - maximum output: \(ReportNumber.count(ModelCard.maximumOutput(context))) tokens, after a prompt of one
    - languages: \(ledger.languages.isEmpty ? "not recorded" : ledger.languages.map(MarkdownText.line).joined(separator: ", "))
    - licence of the weights: \(licence.name)

    """
  }

  // MARK: Data

  fileprivate var dataText: String {
    let rows = ledger.stages.flatMap { stage in
      stage.data.map { row in
        [
          MarkdownText.line(row.name), MarkdownText.line(stage.name),
          row.records.map(ReportNumber.count) ?? "not recorded",
          row.tokens.map(ReportNumber.count) ?? (stage.data.count > 1 ? "mixed" : "not recorded"),
          MarkdownText.line(row.licence ?? "not stated")
            + (row.teacherLicence.map { ", its writer's \(MarkdownText.line($0))" } ?? ""),
        ]
      }
    }
    let table =
      rows.isEmpty
      ? "Not recorded.\n"
      : ReportTable(header: ["source", "stage", "records", "tokens", "licence"], rows: rows).markdown
    let note = rows.isEmpty ? "" : "\nRecords are those of one pass; a stage may end within it.\n"
    return table + note + "\n" + licenceText
  }

  private var licenceText: String {
    let aid = " (Derived by a table of licences: bookkeeping, no legal advice.)"
    switch licence {
    case .licensed(let name, let attributions):
      let sources = attributions.map { "- \(MarkdownText.line($0))\n" }.joined()
      return "Licence of the weights: \(name).\(aid)"
        + (sources.isEmpty ? "\n" : " Sources to be named:\n\n\(sources)")
    case .unknown(let sources):
      let names = sources.map(MarkdownText.line).joined(separator: ", ")
      return "Licence of the weights: unknown, because that of \(names) is: state it in the recipe "
        + "(`dataset.license`) or in the model's files.\(aid)\n"
    case .conflicting(let first, let second):
      return "Licence of the weights: none that fits both \(MarkdownText.line(first)) and "
        + "\(MarkdownText.line(second)).\(aid)\n"
    }
  }

  // MARK: Stages

  fileprivate var stagesText: String {
    let totals = LedgerTotals(ledger, price: price, watts: watts)
    func amount(_ value: Double?, _ text: (Double) -> String) -> String { value.map(text) ?? "not recorded" }
    func row(
      _ name: String, _ trained: Int?, _ generated: Int?, _ flops: Double?, _ seconds: Double?,
      _ coreSeconds: Double?, _ cost: Double?, _ energy: Double?
    ) -> [String] {
      var cells = [
        MarkdownText.line(name), trained.map(ReportNumber.count) ?? "not recorded",
        generated.map(ReportNumber.count) ?? "not recorded", amount(flops, ReportNumber.scientific),
        amount(seconds, ReportNumber.seconds), amount(coreSeconds, ReportNumber.seconds),
      ]
      if totals.cost != nil { cells.append(amount(cost) { String(format: "%.6f", $0) }) }
      if totals.energy != nil { cells.append(amount(energy) { String(format: "%.2f", $0) }) }
      return cells
    }
    var rows = ledger.stages.map { stage in
      row(
        stage.name + (stage.origin == .logs ? " (from its log)" : ""), stage.trainedTokens,
        stage.generatedTokens,
        stage.flops, stage.seconds, stage.coreSeconds, stage.cost(price: price), stage.energy(watts: watts))
    }
    let isWhole = totals.hasAllOperations && totals.hasAllTimes
    rows.append(
      row(
        isWhole ? "all" : "all that is recorded", totals.trainedTokens, totals.generatedTokens, totals.flops,
        totals.seconds, totals.coreSeconds, totals.cost, totals.energy))
    var header = ["stage", "tokens trained", "tokens generated", "FLOPs", "time", "core time"]
    if totals.cost != nil { header.append("cost") }
    if totals.energy != nil { header.append("energy, Wh") }
    var lines = [
      "Of the 10^26 operations of export rules: "
        + (totals.exportRuleShare.map(ReportNumber.scientific).map {
          $0 + (totals.hasAllOperations ? "." : " at least.")
        } ?? "not recorded."),
      "Core time is the process's processor time; FLOPs are those of the result, without evaluations.",
    ]
    if let price, totals.cost != nil { lines.append("Cost at \(price) for an hour of one core.") }
    lines += ledger.stages.compactMap(ModelCard.askedText)
    lines += ledger.teachers.map(teacherText)
    return ReportTable(header: header, rows: rows).markdown + "\n"
      + lines.map { "- \($0)\n" }.joined()
  }

  /// What a stage asked of a teacher; nil where it asked nothing that was counted.
  private static func askedText(_ stage: LedgerStage) -> String? {
    let parts = [
      stage.requests.map { "\(ReportNumber.count($0)) requests answered" },
      stage.readTokens.map { "\(ReportNumber.count($0)) tokens read by the teacher" },
      stage.paid.map { String(format: "%.4f paid to its provider", $0) },
    ].compactMap { $0 }
    return parts.isEmpty ? nil : "\(MarkdownText.line(stage.name)): \(parts.joined(separator: ", "))."
  }

  private func teacherText(_ teacher: LedgerTeacher) -> String {
    let digest = teacher.sha256.map { ", weights SHA-256 \(MarkdownText.line(String($0.prefix(16))))…" } ?? ""
    guard let flops = teacher.flops else {
      return "Teacher \(MarkdownText.line(teacher.name))\(digest): its own road is not recorded."
    }
    let tokens = teacher.trainedTokens.map { "\(ReportNumber.count($0)) tokens trained, " } ?? ""
    return
      "Teacher \(MarkdownText.line(teacher.name))\(digest): \(tokens)\(ReportNumber.scientific(flops)) FLOPs"
      + (teacher.isComplete == true ? "" : " at least")
      + (ledger.stages.contains { $0.base == teacher.name }
        ? ", which are in the table: the model began from it." : ", which are not in the table.")
  }

  // MARK: Accuracy

  fileprivate var accuracyText: String {
    guard !evaluations.isEmpty else {
      let command = MarkdownText.code(ShellCommand.text(["swiftlet", "eval", name, "--suite", "DOMAIN"]))
      return "Not evaluated: run \(command), then write the card anew.\n"
    }
    let overall = evaluations.map { evaluation in
      let cell = evaluation.accuracy.overall
      return [
        MarkdownText.line(evaluation.model), MarkdownText.line(evaluation.suite),
        ReportNumber.count(cell.problems),
        "\(ReportNumber.percent(cell.accuracy)) (\(ReportNumber.interval(cell)))",
        ReportNumber.percent(cell.chance),
        evaluation.accuracy.answerPrior.map(ReportNumber.percent) ?? "not measured",
      ]
    }
    let languages = evaluations.flatMap { evaluation in
      evaluation.accuracy.byLanguage.map { cell in
        [
          MarkdownText.line(evaluation.model), MarkdownText.line(cell.name),
          ReportNumber.count(cell.problems),
          "\(ReportNumber.percent(cell.accuracy)) (\(ReportNumber.interval(cell)))",
          ReportNumber.percent(cell.chance), String(format: "%.3f", cell.rescaledAccuracy),
          ModelCard.ratioToEnglish(cell, in: evaluation.accuracy).map { String(format: "%.3f", $0) }
            ?? "none",
        ]
      }
    }
    let header = ["model", "suite", "problems", "accuracy (95 % interval)", "chance", "answer prior"]
    return ReportTable(header: header, rows: overall).markdown
      + (languages.isEmpty
        ? ""
        : "\nRA = (accuracy − chance) / (1 − chance).\n\n"
          + ReportTable(
            header: [
              "model", "language", "problems", "accuracy (95 % interval)", "chance", "RA", "RA / English",
            ], rows: languages
          ).markdown)
      + (areOfOtherWeights ? "\nMeasured before the weights were exported.\n" : "")
  }

  /// RA of a language by RA of English; nil where English was not asked, or has none above chance.
  static func ratioToEnglish(_ cell: AccuracyReport.Cell, in report: AccuracyReport) -> Double? {
    guard let english = report.byLanguage.first(where: { $0.name == "en" })?.rescaledAccuracy, english > 0
    else { return nil }
    return cell.rescaledAccuracy / english
  }

  // MARK: Serving

  fileprivate var servingText: String {
    let missing = "not measured"
    let rows = serving.map { model -> [String] in
      let measured = model.measured
      func cost(_ rate: Double?, stated: Double?) -> String {
        if let stated { return String(format: "%.4f, its provider's", stated) }
        guard let price = servingPrice else { return "no price stated" }
        guard let measured, let rate, let cost = measured.cost(ofMillionAt: rate, price: price) else {
          return missing
        }
        return String(format: "%.4f", cost)
      }
      return [
        MarkdownText.line(model.name), model.context.map(ReportNumber.count) ?? "not found here",
        model.context.map { ReportNumber.count(ModelCard.maximumOutput($0)) } ?? "not found here",
        cost(measured?.promptTokensPerSecond, stated: model.inputPrice),
        cost(measured?.tokensPerSecond, stated: model.outputPrice),
        measured.map { String(format: "%.1f ms", 1000 * $0.firstTokenSeconds) } ?? missing,
        measured.map { String(format: "%.0f tokens/s", $0.tokensPerSecond) } ?? missing,
      ]
    }
    let table = ReportTable(
      header: [
        "model", "context", "maximum output", "price in, per million tokens", "price out, per million tokens",
        "time to first token", "throughput",
      ], rows: rows)
    let note: String
    if let measured = serving.compactMap(\.measured).first {
      note =
        "Measured with one sequence of \(measured.promptTokens) + \(measured.newTokens) tokens on "
        + "\(measured.threads) threads\(measured.processor.map { " of \(MarkdownText.line($0))" } ?? ""), "
        + "weights in \(measured.format); prices are those of the machine's cores alone"
        + (servingPrice.map { ", at \($0) for an hour of one" } ?? "") + ", for one sequence at a time."
    } else {
      let price = servingPrice == nil ? ["--price", "P"] : []
      let command = ShellCommand.text(["swiftlet", "card", name, "--measure"] + price)
      note = "\(MarkdownText.code(command)) measures it."
    }
    return table.markdown + "\n" + note + "\n"
  }

  // MARK: Repeating

  fileprivate var repeatingText: String {
    let lines = ledger.stages.reduce(into: [String]()) { lines, stage in
      let line = stage.command ?? "# \(MarkdownText.oneLine(stage.name)): its command is not recorded"
      if lines.last != line { lines.append(line) }
    }
    let versions = Set(ledger.stages.compactMap(\.version)).sorted()
    return MarkdownText.block(lines.joined(separator: "\n"), language: "sh")
      + (versions.isEmpty
        ? "" : "\nVersion of the program: \(versions.map(MarkdownText.line).joined(separator: ", ")).\n")
  }

  // MARK: Front matter

  private var frontMatter: String {
    func quoted(_ text: String) -> String { JSONText.quoted(text) }
    var lines = ["---"]
    switch licence {
    case .licensed(let name, _): lines.append("license: \(name.lowercased())")
    case .unknown: lines.append("license: unknown")
    case .conflicting: lines.append("license: other")
    }
    if let base = ledger.stages.last(where: { $0.base != nil && $0.method != "export" })?.base {
      lines.append("base_model: \(quoted(base))")
    }
    if !ledger.languages.isEmpty {
      lines += ["language:"] + ledger.languages.map { "- \(quoted($0))" }
    }
    let methods = ledger.stages.map(\.method).filter { $0 != "unknown" && $0 != "export" }
    lines += ["pipeline_tag: text-generation", "tags:"]
    lines += ModelCard.unique(["swiftlet"] + methods).map { "- \(quoted($0))" }
    return (lines + ["---"]).joined(separator: "\n") + "\n"
  }

  private static func unique(_ words: [String]) -> [String] {
    var seen: Set<String> = []
    return words.filter { seen.insert($0).inserted }
  }
}
