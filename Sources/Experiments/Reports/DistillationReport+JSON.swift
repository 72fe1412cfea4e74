import Evaluation
import Files

extension DistillationReport {
  /// The one document of `swiftlet distill --json`.
  public var json: JSONValue {
    var student = json(of: self.student)
    student["accuracy_before"] = .double(accuracyBefore.overall.accuracy)
    let controls = self.controls.map { ($0.name, JSONValue.object(json(of: $0))) }
    let tests = comparisons.map { ($0.control, JSONValue.double($0.mcNemar.p)) }
    var document = JSONObject([
      ("ending", "completed"), ("domain", .string(domain)), ("seconds", .double(seconds)),
      ("problems", .int(problems)),
      ("teacher", .object(json(of: teacher))), ("student", .object(student)),
      ("controls", .object(JSONObject(controls))), ("mcnemar_p", .object(JSONObject(tests))),
      ("flops", .double(flops)), ("core_seconds", .double(coreSeconds)), ("path", .string(path)),
    ])
    document["gates"] = .array(verdicts.map(\.json))
    if gains.count > 1 {
      document["stages"] = .array(
        gains.map { gain in
          [
            "stage": .string(gain.name.rawValue), "accuracy_before": .double(gain.accuracyBefore),
            "accuracy": .double(gain.accuracy), "mcnemar_p": .double(gain.mcNemar.p),
            "seconds": .double(gain.seconds),
          ]
        })
    }
    return .object(document)
  }

  private func json(of entry: Entry) -> JSONObject {
    let languages = entry.accuracy.byLanguage.map { ($0.name, JSONValue.double($0.accuracy)) }
    var object: JSONObject = JSONObject([
      ("parameters", .int(entry.parameters)), ("accuracy", .double(entry.accuracy.overall.accuracy)),
      ("accuracy_by_language", .object(JSONObject(languages))),
      ("unparsed", .int(entry.accuracy.overall.unparsed)),
    ])
    if let rate = entry.learningRate { object["learning_rate"] = .double(rate) }
    return object
  }
}
