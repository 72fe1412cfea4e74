import Evaluation
import Files
import Foundation
import LanguageModels

/// What an evaluation says beyond the accuracy of single answers: sampling, confidence and language.
struct ExamSamplingPrinter {
  let result: ExamResult

  // MARK: Text

  var lines: [String] {
    var lines: [String] = []
    if let report = result.sampled { lines += describe(report) }
    if let calibration = result.calibration {
      lines.append(
        String(
          format: "calibration of %@: expected error %.3f in %d bins, Brier score %.3f",
          result.confidence.text, calibration.expectedError, Calibration.binCount, calibration.brierScore))
    }
    if let language = result.language {
      let rows = language.byLanguage.count > 1 ? language.byLanguage : []
      let parts = rows.map { "\($0.language) \(percent($0.share))" }.joined(separator: ", ")
      lines.append(
        "written in the problem's language: \(percent(language.overall.share)) of the "
          + "\(language.overall.answers) answers that tell one" + (parts.isEmpty ? "" : " (\(parts))"))
    }
    return lines
  }

  private func describe(_ report: SamplingReport) -> [String] {
    let (plan, parameters) = (report.plan, result.sampling.parameters)
    let seeds = plan.seeds.map(String.init).joined(separator: ", ")
    var lines = [
      "\(plan.answersPerProblem) answers to each problem at temperature \(parameters.temperature), top-p "
        + "\(parameters.topP), \(plan.seeds.count == 1 ? "seed" : "seeds") \(seeds); intervals by bootstrap over problems"
    ]
    for (k, estimate) in report.passAtK { lines.append("pass@\(k): " + describe(estimate)) }
    if plan.samples > 1 { lines.append("maj@\(plan.samples): " + describe(report.majority)) }
    if let spread = report.spread, plan.seeds.count > 1 {
      lines.append(
        "accuracy over \(plan.seeds.count) seeds: mean \(percent(spread.mean)), standard deviation "
          + String(format: "%.1f points, ", 100 * spread.standardDeviation)
          + "\(percent(spread.minimum)) to \(percent(spread.maximum))")
    }
    return lines
  }

  private func describe(_ estimate: SamplingReport.Estimate) -> String {
    "\(percent(estimate.mean)), 95 % interval \(percent(estimate.interval.low)) to \(percent(estimate.interval.high))"
  }

  private func percent(_ share: Double) -> String { String(format: "%.1f %%", 100 * share) }

  // MARK: JSON

  var json: [(String, JSONValue)] {
    var entries: [(String, JSONValue)] = []
    if let report = result.sampled { entries += describeJSON(report) }
    if let calibration = result.calibration {
      entries.append(
        (
          "calibration",
          [
            "confidence": .string(result.confidence.rawValue), "answers": .int(calibration.count),
            "expected_calibration_error": .double(calibration.expectedError),
            "brier_score": .double(calibration.brierScore),
            "bins": .array(
              calibration.bins.map {
                [
                  "count": .int($0.count), "confidence": .double($0.confidence),
                  "accuracy": .double($0.accuracy),
                ]
              }),
          ]
        ))
    }
    if let language = result.language {
      entries.append(
        (
          "language_consistency",
          [
            "share": .double(language.overall.share), "answers": .int(language.overall.answers),
            "by_language": .object(
              JSONObject(language.byLanguage.map { ($0.language, .double($0.share)) })),
          ]
        ))
    }
    return entries
  }

  private func describeJSON(_ report: SamplingReport) -> [(String, JSONValue)] {
    let parameters = result.sampling.parameters
    func number(_ value: UInt64) -> JSONValue { .number(String(value)) }
    func interval(_ estimate: SamplingReport.Estimate) -> JSONValue {
      ["low": .double(estimate.interval.low), "high": .double(estimate.interval.high)]
    }
    var entries: [(String, JSONValue)] = [
      (
        "sampling",
        [
          "samples": .int(report.plan.samples), "seeds": .array(report.plan.seeds.map(number)),
          "temperature": .number("\(parameters.temperature)"), "top_p": .number("\(parameters.topP)"),
        ]
      ),
      ("answers", .int(result.report.overall.answers)),
      (
        "pass_at_k",
        .object(JSONObject(report.passAtK.map { (String($0.k), .double($0.estimate.mean)) }))
      ),
      (
        "pass_at_k_interval",
        .object(JSONObject(report.passAtK.map { (String($0.k), interval($0.estimate)) }))
      ),
      ("majority_accuracy", .double(report.majority.mean)),
      ("majority_interval", interval(report.majority)),
    ]
    if report.plan.seeds.count > 1, let spread = report.spread {
      let rows = report.seeds.map { row -> JSONValue in
        let passes = zip(report.passAtK, row.passAtK).map { (String($0.k), JSONValue.double($1)) }
        return [
          "seed": number(row.seed), "accuracy": .double(row.accuracy),
          "majority_accuracy": .double(row.majorityAccuracy), "pass_at_k": .object(JSONObject(passes)),
        ]
      }
      entries.append(("by_seed", .array(rows)))
      entries.append(
        (
          "accuracy_over_seeds",
          [
            "mean": .double(spread.mean), "standard_deviation": .double(spread.standardDeviation),
            "min": .double(spread.minimum), "max": .double(spread.maximum),
          ]
        ))
    }
    return entries
  }
}
