import ArgumentParser
import Experiments
import Files
import Foundation
import Training

/// `swiftlet ledger MODEL`: what the road to a model took.
struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger",
    abstract: "Show every stage on the road to a model: tokens, operations, time, cost, data and licences.",
    discussion: """
      Example: swiftlet ledger runs/distill-finance/student --price 0.03

      train, distill and export write ledger.json beside the weights. Of a model without one, the stages are read from \
      the logs and recipes that its training left; what nobody recorded is said as "not recorded".
      """)

  @Argument(help: "A model directory, a GGUF file or a pulled name.")
  var model: String

  @OptionGroup var prices: PriceOptions
  @OptionGroup var result: ResultOptions

  func run() throws {
    let ledger = try Ledger.road(to: model)
    let totals = LedgerTotals(ledger, price: prices.price, watts: prices.watts)
    guard !result.json else {
      var document = ledger.json.object ?? JSONObject()
      document["totals"] = totals.json
      document["licence"] = .string(ledger.licence.name)
      return Terminal.printResult(JSONValue.object(document).text())
    }
    for stage in ledger.stages { Terminal.printResult(lines(stage)) }
    Terminal.printResult(
      "all\(totals.hasAllOperations && totals.hasAllTimes ? "" : " that is recorded"): \(sum(totals))")
    Terminal.printResult("licence of the weights: \(licence(ledger.licence))")
  }

  private func lines(_ stage: LedgerStage) -> String {
    var text = "\(stage.name), \(stage.method)"
    switch stage.origin {
    case .recorded: break
    case .logs: text += ", from its log"
    case .notRecorded where stage.teachers.isEmpty:
      text += ", not recorded (licence \(stage.licence ?? "not stated"))"
    case .notRecorded: text += ", not recorded"
    }
    let asked = [
      stage.requests.map { "\($0) requests answered" }, stage.readTokens.map { "\($0) tokens read" },
      stage.paid.map { String(format: "%.6f paid", $0) },
    ].compactMap { $0 }
    if !asked.isEmpty { text += "\n  " + asked.joined(separator: ", ") }
    let parts = amounts(
      stage.trainedTokens, stage.generatedTokens, stage.flops, stage.seconds, stage.coreSeconds,
      stage.cost(price: prices.price), stage.energy(watts: prices.watts))
    if !parts.isEmpty { text += "\n  " + parts }
    for row in stage.data {
      text +=
        "\n  \(row.records.map { "\($0) records" } ?? "records") of \(row.name), "
        + "licence \(row.licence ?? "not stated")"
    }
    for teacher in stage.teachers {
      text += "\n  teacher \(teacher.name), licence \(teacher.licence ?? "not known")"
      if let flops = teacher.flops { text += String(format: ", itself %.3e FLOPs", flops) }
    }
    return text
  }

  private func sum(_ totals: LedgerTotals) -> String {
    let text = amounts(
      totals.trainedTokens, totals.generatedTokens, totals.flops, totals.seconds, totals.coreSeconds,
      totals.cost, totals.energy)
    guard !text.isEmpty else { return "nothing" }
    return text + (totals.exportRuleShare.map { String(format: ", %.2e of 10^26 operations", $0) } ?? "")
  }

  /// What is known of them, in words.
  private func amounts(
    _ trained: Int?, _ generated: Int?, _ flops: Double?, _ seconds: Double?, _ coreSeconds: Double?,
    _ cost: Double?, _ energy: Double?
  ) -> String {
    let parts = [
      trained.map { "\($0) tokens trained" }, generated.map { "\($0) generated" },
      flops.map { String(format: "%.3e FLOPs", $0) }, seconds.map { String(format: "%.1f s", $0) },
      coreSeconds.map { String(format: "%.1f core-seconds", $0) },
      cost.map { String(format: "cost %.6f", $0) }, energy.map { String(format: "%.2f Wh", $0) },
    ]
    return parts.compactMap { $0 }.joined(separator: ", ")
  }

  private func licence(_ licence: DerivedLicence) -> String {
    switch licence {
    case .licensed(let name, _): name
    case .unknown(let sources): "unknown, as that of \(sources.joined(separator: ", ")) is"
    case .conflicting(let first, let second): "none, \(first) conflicts with \(second)"
    }
  }
}
