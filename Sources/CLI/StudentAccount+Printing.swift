import Files
import LanguageModels
import Training

extension StudentAccount {
  /// What each step took away, a line each, below a line with the whole.
  var lines: [String] {
    [summary]
      + steps.map { step in
        "  \(step.change): \(step.before.total) → \(step.after.total)"
          + (step.before == step.after ? "" : " (\(Self.differences(step).joined(separator: ", ")))")
      }
  }

  private static func differences(_ step: Step) -> [String] {
    zip(step.before.parts, step.after.parts).compactMap { before, after in
      before.count == after.count ? nil : "\(before.name) \(before.count) → \(after.count)"
    }
  }

  var json: JSONValue {
    [
      "from": .string(origin), "layers": .array(layers.map { .int($0) }),
      "before": Self.json(before), "after": Self.json(after),
      "steps": .array(
        steps.map { step in
          [
            "change": .string(step.change), "before": Self.json(step.before), "after": Self.json(step.after),
          ]
        }),
    ]
  }

  private static func json(_ counts: ParameterBreakdown) -> JSONValue {
    var object = JSONObject([("total", .int(counts.total))])
    for part in counts.parts { object[part.name.replacing("-", with: "_")] = .int(part.count) }
    return .object(object)
  }
}
