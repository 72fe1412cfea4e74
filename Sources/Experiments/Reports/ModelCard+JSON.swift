import Evaluation
import Files
import Training

extension ModelCard {
  /// The facts of the card as one document; what is not known is null.
  public var json: JSONValue {
    let totals = LedgerTotals(ledger, price: price, watts: watts)
    var licenceFields = JSONObject([("name", .string(licence.name))])
    switch licence {
    case .licensed(_, let attributions):
      licenceFields["attributions"] = .array(attributions.map { .string($0) })
    case .unknown(let sources): licenceFields["unknown"] = .array(sources.map { .string($0) })
    case .conflicting(let first, let second):
      licenceFields["conflict"] = .array([.string(first), .string(second)])
    }
    return [
      "name": .string(name), "parameters": .int(parameters), "bytes": .int(bytes), "context": .int(context),
      "maximum_output": .int(ModelCard.maximumOutput(context)),
      "languages": .array(ledger.languages.map { .string($0) }), "licence": .object(licenceFields),
      "ledger": ledger.json, "totals": totals.json,
      "evaluations": .array(evaluations.map(ModelCard.json)), "serving": .array(serving.map(json)),
      "price": price.map { .double($0) } ?? .null, "watts": watts.map { .double($0) } ?? .null,
      "serving_price": servingPrice.map { .double($0) } ?? .null,
    ]
  }

  private static func json(_ evaluation: ModelEvaluation) -> JSONValue {
    let report = evaluation.accuracy
    func row(_ cell: AccuracyReport.Cell) -> JSONValue {
      [
        "name": .string(cell.name), "problems": .int(cell.problems), "accuracy": .double(cell.accuracy),
        "low": .double(cell.interval.low), "high": .double(cell.interval.high),
        "chance": .double(cell.chance), "rescaled_accuracy": .double(cell.rescaledAccuracy),
        "ratio_to_english": ratioToEnglish(cell, in: report).map { .double($0) } ?? .null,
      ]
    }
    var overall = row(report.overall).object ?? JSONObject()
    overall["ratio_to_english"] = nil
    return [
      "model": .string(evaluation.model), "suite": .string(evaluation.suite), "overall": .object(overall),
      "by_language": .array(report.byLanguage.map(row)),
      "answer_prior": report.answerPrior.map { .double($0) } ?? .null,
    ]
  }

  private func json(_ model: Serving) -> JSONValue {
    func cost(_ rate: Double?, stated: Double?) -> JSONValue {
      if let stated { return .double(stated) }
      guard let price = servingPrice, let rate,
        let cost = model.measured?.cost(ofMillionAt: rate, price: price)
      else { return .null }
      return .double(cost)
    }
    let measured = model.measured
    return [
      "model": .string(model.name), "context": model.context.map { .int($0) } ?? .null,
      "maximum_output": model.context.map { .int(ModelCard.maximumOutput($0)) } ?? .null,
      "price_in": cost(measured?.promptTokensPerSecond, stated: model.inputPrice),
      "price_out": cost(measured?.tokensPerSecond, stated: model.outputPrice),
      "first_token_seconds": measured.map { .double($0.firstTokenSeconds) } ?? .null,
      "tokens_per_second": measured.map { .double($0.tokensPerSecond) } ?? .null,
      "threads": measured.map { .int($0.threads) } ?? .null,
      "processor": measured?.processor.map { .string($0) } ?? .null,
    ]
  }
}

extension LedgerTotals {
  private static func json(_ amount: Double?) -> JSONValue { amount.map { .double($0) } ?? .null }

  /// Sums; null where no stage says the amount, `cost` and `energy_wh` where nobody stated a price or watts.
  public var json: JSONValue {
    [
      "trained_tokens": trainedTokens.map { .int($0) } ?? .null,
      "generated_tokens": generatedTokens.map { .int($0) } ?? .null,
      "flops": LedgerTotals.json(flops), "seconds": LedgerTotals.json(seconds),
      "core_seconds": LedgerTotals.json(coreSeconds), "cost": LedgerTotals.json(cost),
      "energy_wh": LedgerTotals.json(energy), "share_of_1e26": LedgerTotals.json(exportRuleShare),
      "has_all_operations": .bool(hasAllOperations), "has_all_times": .bool(hasAllTimes),
    ]
  }
}

/// Text as JSON writes it, which YAML reads too.
enum JSONText {
  static func quoted(_ text: String) -> String { JSONValue.string(text).text() }
}
