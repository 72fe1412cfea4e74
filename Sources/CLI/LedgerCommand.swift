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
    Terminal.printResult("all\(totals.hasAllOperations ? "" : " that is recorded"): \(sum(totals))")
    Terminal.printResult("licence of the weights: \(licence(ledger.licence))")
  }

  private func lines(_ stage: LedgerStage) -> String {
    var text = "\(stage.name), \(stage.method)"
    switch stage.origin {
    case .recorded: break
    case .logs: text += ", from its log"
    case .notRecorded: text += ", not recorded (licence \(stage.licence ?? "not stated"))"
    }
    var parts: [String] = []
    if let tokens = stage.trainedTokens { parts.append("\(tokens) tokens trained") }
    if let tokens = stage.generatedTokens { parts.append("\(tokens) generated") }
    if let flops = stage.flops { parts.append(String(format: "%.3e FLOPs", flops)) }
    if let seconds = stage.seconds { parts.append(String(format: "%.1f s", seconds)) }
    if let seconds = stage.coreSeconds { parts.append(String(format: "%.1f core-seconds", seconds)) }
    if let cost = stage.cost(price: prices.price) { parts.append(String(format: "cost %.6f", cost)) }
    if let energy = stage.energy(watts: prices.watts) { parts.append(String(format: "%.2f Wh", energy)) }
    if !parts.isEmpty { text += "\n  " + parts.joined(separator: ", ") }
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
    var text = "\(totals.trainedTokens) tokens trained, \(totals.generatedTokens) generated, "
    text += String(format: "%.3e FLOPs (%.2e of 10^26), ", totals.flops, totals.exportRuleShare)
    text += String(format: "%.1f core-seconds", totals.coreSeconds)
    if !totals.hasAllTimes { text += " recorded" }
    if let cost = totals.cost { text += String(format: ", cost %.6f", cost) }
    if let energy = totals.energy { text += String(format: ", %.2f Wh", energy) }
    return text
  }

  private func licence(_ licence: DerivedLicence) -> String {
    switch licence {
    case .licensed(let name, _): name
    case .unknown(let sources): "unknown, as that of \(sources.joined(separator: ", ")) is"
    case .conflicting(let first, let second): "none, \(first) conflicts with \(second)"
    }
  }
}
